INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'dockerd', 0, 0, 1);

-- fires: in clear
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 2375, 100, 110, NULL, 0);
INSERT INTO docker_apis(namespace, address, port, asked, is_tls, outcome) VALUES (1, '0.0.0.0', 2375, '192.0.2.1', 0, 'open');
-- expect: 0.0.0.0:2375/tcp

-- fires: on loopback, each user of this host is root
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '127.0.0.1', 2375, 100, 110, NULL, 0);
INSERT INTO docker_apis(namespace, address, port, asked, is_tls, outcome) VALUES (1, '127.0.0.1', 2375, '127.0.0.1', 0, 'open');
-- expect: 127.0.0.1:2375/tcp

-- fires: TLS alone keeps nobody out
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 2375, 100, 110, NULL, 0);
INSERT INTO docker_apis(namespace, address, port, asked, is_tls, outcome) VALUES (1, '0.0.0.0', 2375, '192.0.2.1', 1, 'open');
-- expect: 0.0.0.0:2375/tcp

-- quiet: a certificate is asked for
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 2375, 100, 110, NULL, 0);
INSERT INTO docker_apis(namespace, address, port, asked, is_tls, outcome) VALUES (1, '0.0.0.0', 2375, '192.0.2.1', 1, 'refused');

-- quiet: something else listens there
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 2375, 100, 110, NULL, 0);
INSERT INTO docker_apis(namespace, address, port, asked, is_tls, outcome) VALUES (1, '0.0.0.0', 2375, '192.0.2.1', 1, 'other');

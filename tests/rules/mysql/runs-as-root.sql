INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 3306, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'input', 1, '192.0.2.1', 3306, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO services(namespace, address, asked, port, service, is_tls, answer) VALUES (1, '0.0.0.0', '192.0.2.1', 3306, 'mysql', 0, 'answered');

-- fires: user id 0 of the host
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 0, 0, 1);
-- expect: 0.0.0.0:3306/tcp

-- quiet: its own user
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);

-- quiet: root inside a user namespace is not root
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 100000, 0, 1);

-- quiet: the proxy of an engine, which has to be
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'docker-proxy', 0, 0, 1);

INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 3306, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'input', 1, '192.0.2.1', 3306, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO services(namespace, address, asked, port, service, is_tls, answer) VALUES (1, '0.0.0.0', '192.0.2.1', 3306, 'mysql', 0, 'answered');

-- fires: many from one address of the internet
INSERT INTO connections(namespace, port, peer, open, closed) VALUES (1, 3306, '203.0.114.9', 0, 20);
-- expect: 0.0.0.0:3306/tcp

-- fires: "anywhere" in the policy names nobody
INSERT INTO connections(namespace, port, peer, open, closed) VALUES (1, 3306, '203.0.114.9', 0, 20);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 3306, 3306, '0.0.0.0/0');
-- expect: 0.0.0.0:3306/tcp

-- fires: the policy's own threshold
INSERT INTO connections(namespace, port, peer, open, closed) VALUES (1, 3306, '203.0.114.9', 0, 6);
INSERT INTO settings(key, value) VALUES ('bruteforce_connections', '5');
-- expect: 0.0.0.0:3306/tcp

-- quiet: a few
INSERT INTO connections(namespace, port, peer, open, closed) VALUES (1, 3306, '203.0.114.9', 0, 19);

-- quiet: an application that opens one for each page, from inside
INSERT INTO connections(namespace, port, peer, open, closed) VALUES (1, 3306, '10.1.2.3', 0, 500);

-- quiet: a replica that the policy names
INSERT INTO connections(namespace, port, peer, open, closed) VALUES (1, 3306, '203.0.114.9', 0, 500);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 3306, 3306, '203.0.114.0/24');

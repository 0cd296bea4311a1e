INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);

-- fires: at another port than its own
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 4406, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 4406, 'input', 1, '192.0.2.1', 4406, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO services(namespace, address, asked, port, service, is_tls, answer) VALUES (1, '0.0.0.0', '192.0.2.1', 4406, 'mysql', 0, 'answered');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 4406, 4406, '192.168.7.0/24');
-- expect: 0.0.0.0:4406/tcp

-- fires: the X Protocol
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 4407, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 4407, 'input', 1, '192.0.2.1', 4407, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO services(namespace, address, asked, port, service, is_tls, answer) VALUES (1, '0.0.0.0', '192.0.2.1', 4407, 'mysqlx', 0, 'answered');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '192.168.7.0/24');
-- expect: 0.0.0.0:4407/tcp

-- quiet: those who are meant to
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 4406, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 4406, 'input', 1, '192.0.2.1', 4406, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO services(namespace, address, asked, port, service, is_tls, answer) VALUES (1, '0.0.0.0', '192.0.2.1', 4406, 'mysql', 0, 'answered');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 4406, 4406, '10.0.0.0/8');

-- quiet: it is no MySQL
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 4406, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'java', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 4406, 'input', 1, '192.0.2.1', 4406, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO services(namespace, address, asked, port, service, is_tls, answer) VALUES (1, '0.0.0.0', '192.0.2.1', 4406, 'http', 0, 'answered');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '10.0.0.0/8');

-- quiet: at its own port exposure/data-port-open-to-internet says so
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 3306, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'input', 1, '192.0.2.1', 3306, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO services(namespace, address, asked, port, service, is_tls, answer) VALUES (1, '0.0.0.0', '192.0.2.1', 3306, 'mysql', 0, 'answered');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '10.0.0.0/8');

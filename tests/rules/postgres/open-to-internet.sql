INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'postgres', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 5432, 'input', 1, '192.0.2.1', 5432, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');

-- fires: let in unasked
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 110, NULL, 0);
INSERT INTO postgres_servers(namespace, address, port, asked, is_loopback, outcome, method, is_password_known) VALUES (1, '0.0.0.0', 5432, '192.0.2.1', 0, 'accepted', 'none', NULL);
-- expect: 0.0.0.0:5432/tcp

-- fires: a usual password
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 110, NULL, 0);
INSERT INTO postgres_servers(namespace, address, port, asked, is_loopback, outcome, method, is_password_known) VALUES (1, '0.0.0.0', 5432, '192.0.2.1', 0, 'wanted', 'scram', 1);
-- expect: 0.0.0.0:5432/tcp

-- quiet: a password is wanted
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 110, NULL, 0);
INSERT INTO postgres_servers(namespace, address, port, asked, is_loopback, outcome, method, is_password_known) VALUES (1, '0.0.0.0', 5432, '192.0.2.1', 0, 'wanted', 'scram', 0);

-- quiet: trust for loopback is usual
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '127.0.0.1', 5432, 100, 110, NULL, 0);
INSERT INTO postgres_servers(namespace, address, port, asked, is_loopback, outcome, method, is_password_known) VALUES (1, '127.0.0.1', 5432, '127.0.0.1', 1, 'accepted', 'none', NULL);

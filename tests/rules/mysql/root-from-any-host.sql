INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 3306, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'input', 1, '192.0.2.1', 3306, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');

-- fires: an official image, and nothing said about the host of root
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'denied', 1045, 0, 0, 0, 0);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'MYSQL_ROOT_PASSWORD', 'set', NULL);
-- expect: 0.0.0.0:3306/tcp

-- quiet: MYSQL_ROOT_HOST=localhost
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'denied', 1045, 0, 0, 0, 0);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'MYSQL_ROOT_PASSWORD', 'set', NULL);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'MYSQL_ROOT_HOST', 'set', 'localhost');

-- quiet: 1130: no account at all for others
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'host not allowed', 1130, 0, 0, 0, 0);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'MYSQL_ROOT_PASSWORD', 'set', NULL);

-- quiet: 1045 of a server that is no image: an account of an application is enough for it
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'denied', 1045, 0, 0, 0, 0);

-- quiet: root has no password either, which is told
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'accepted', 0, 1, 0, 0, 0);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'MYSQL_ROOT_PASSWORD', 'set', NULL);

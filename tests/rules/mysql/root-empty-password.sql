INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 3306, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'input', 1, '192.0.2.1', 3306, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');

-- fires: from another address of this host
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'accepted', 0, 1, 0, 0, 0);
-- expect: 0.0.0.0:3306/tcp

-- fires: from loopback alone, while the address for others is refused
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'host not allowed', 1130, 0, 0, 0, 0);
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '127.0.0.1', 1, 'accepted', 0, 1, NULL, 0, 0);
-- expect: 0.0.0.0:3306/tcp

-- quiet: 1045: a password is wanted
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'denied', 1045, 0, 0, 0, 0);
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '127.0.0.1', 1, 'denied', 1045, 0, NULL, 0, 0);

-- quiet: 1698: by the local socket root is who it is, and over TCP is refused
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'host not allowed', 1130, 0, 0, 0, 0);
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '127.0.0.1', 1, 'denied', 1698, 0, NULL, 0, 0);

-- quiet: any name is let in, which mysql/anonymous-user says
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'accepted', 0, 1, 0, 1, 0);

-- quiet: nothing is known: then the table is not complete
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'busy', 1040, NULL, NULL, NULL, NULL);

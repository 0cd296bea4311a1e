INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 3306, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);

-- fires: root without a password
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'input', 1, '192.0.2.1', 3306, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'accepted', 0, 1, 0, 0, 0);
-- expect: 0.0.0.0:3306/tcp

-- fires: a usual password
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'input', 1, '192.0.2.1', 3306, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'denied', 1045, 0, 1, 0, 0);
-- expect: 0.0.0.0:3306/tcp

-- fires: the anonymous user
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'input', 1, '192.0.2.1', 3306, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'accepted', 0, 1, 0, 1, 0);
-- expect: 0.0.0.0:3306/tcp

-- quiet: only from loopback root has none
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'input', 1, '192.0.2.1', 3306, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'host not allowed', 1130, 0, 0, 0, 0);
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '127.0.0.1', 1, 'accepted', 0, 1, NULL, 0, 0);

-- quiet: a private network reaches it, which mysql/root-empty-password says
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'input', 1, '192.0.2.1', 3306, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'accepted', 0, 1, 0, 0, 0);

-- quiet: the engine's proxy stands for a container, whose listener is told
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'docker-proxy', 999, 999, 1);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 3306, 'dnat to 172.17.0.2:3306', 2, '172.17.0.2', 3306, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO mysql_servers(namespace, address, port, asked, is_loopback, outcome, error, is_root_empty, is_password_known, is_anonymous, skips_grants) VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 0, 'accepted', 0, 1, 0, 0, 0);

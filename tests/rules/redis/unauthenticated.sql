INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'redis-server', 999, 999, 1);

-- fires: served to the private network
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known, may_write, may_config, may_eval, may_info) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'served', 0, 1, 1, 1, 1);
-- expect: 0.0.0.0:6379/tcp

-- fires: PING and INFO may be asked, which is more than nothing
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known, may_info, may_write, may_config, may_eval) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'served', 0, 1, 0, 0, 0);
-- expect: 0.0.0.0:6379/tcp

-- quiet: the internet reaches it, which redis/open-to-internet says
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known, may_write, may_config, may_eval, may_info) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'served', 0, 1, 1, 1, 1);

-- quiet: loopback is served by design; others are asked for a password
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known, may_write, may_config, may_eval, may_info) VALUES (1, '0.0.0.0', 6379, '127.0.0.1', 1, 0, 'served', 0, 1, 1, 1, 1);
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'noauth', 0);

-- quiet: the default user may PING and no more
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known, may_write, may_config, may_eval, may_info) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'served', 0, 0, 0, 0, 0);

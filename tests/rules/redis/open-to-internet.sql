INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'redis-server', 999, 999, 1);

-- fires: served, and the internet reaches it
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known, may_write, may_config, may_eval, may_info) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'served', 0, 1, 1, 1, 1);
-- expect: 0.0.0.0:6379/tcp

-- fires: a password that everybody tries is none
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known, may_write, may_config, may_eval, may_info) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'password', 1, 1, 1, 1, 1);
-- expect: 0.0.0.0:6379/tcp

-- quiet: the firewall lets in the private network alone
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known, may_write, may_config, may_eval, may_info) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'served', 0, 1, 1, 1, 1);

-- quiet: open to loopback alone; others are denied
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known, may_write, may_config, may_eval, may_info) VALUES (1, '0.0.0.0', 6379, '127.0.0.1', 1, 0, 'served', 0, 1, 1, 1, 1);
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'denied', 0);

-- quiet: lets in, and into nothing but PING
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known, may_write, may_config, may_eval, may_info) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'served', 0, 0, 0, 0, 0);

-- unknown: the server did not answer
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 6379, 'input', 1, '192.0.2.1', 6379, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO redis_servers(namespace, address, port, asked, is_loopback, is_tls, outcome, is_password_known) VALUES (1, '0.0.0.0', 6379, '192.0.2.1', 0, 0, 'unknown', 0);
INSERT INTO coverage VALUES ('redis_servers', 'partial', 'the server at port 6379 gave no answer', 1);

INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'memcached', 999, 999, 1);

-- fires: a private network, and nobody said that it may
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 11211, 100, 110, NULL, 0);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 11211, 'input', 1, '192.0.2.1', 11211, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO memcached_servers(namespace, protocol, address, port, asked, is_loopback, outcome) VALUES (1, 'tcp', '0.0.0.0', 11211, '192.0.2.1', 0, 'served');
-- expect: 0.0.0.0:11211/tcp

-- fires: more than the policy says
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 11211, 100, 110, NULL, 0);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 11211, 'input', 1, '192.0.2.1', 11211, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO memcached_servers(namespace, protocol, address, port, asked, is_loopback, outcome) VALUES (1, 'tcp', '0.0.0.0', 11211, '192.0.2.1', 0, 'served');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 11211, 11211, '10.1.0.0/16');
-- expect: 0.0.0.0:11211/tcp

-- quiet: the hosts that the policy names
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 11211, 100, 110, NULL, 0);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 11211, 'input', 1, '192.0.2.1', 11211, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO memcached_servers(namespace, protocol, address, port, asked, is_loopback, outcome) VALUES (1, 'tcp', '0.0.0.0', 11211, '192.0.2.1', 0, 'served');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 11211, 11211, '10.0.0.0/8');

-- quiet: loopback alone
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '127.0.0.1', 11211, 100, 110, NULL, 0);
INSERT INTO memcached_servers(namespace, protocol, address, port, asked, is_loopback, outcome) VALUES (1, 'tcp', '127.0.0.1', 11211, '127.0.0.1', 1, 'served');

-- quiet: the internet reaches it, which memcached/open-to-internet says
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 11211, 100, 110, NULL, 0);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 11211, 'input', 1, '192.0.2.1', 11211, 'network', '0.0.0.0/0', '', '', '0.0.0.0/0', 1, '');
INSERT INTO memcached_servers(namespace, protocol, address, port, asked, is_loopback, outcome) VALUES (1, 'tcp', '0.0.0.0', 11211, '192.0.2.1', 0, 'served');

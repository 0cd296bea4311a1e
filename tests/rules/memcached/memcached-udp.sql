INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'memcached', 999, 999, 1);

-- fires: a datagram is answered
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 11211, 100, 110, NULL, 0);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'udp', 'ipv4', '192.0.2.1', 11211, 'input', 1, '192.0.2.1', 11211, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO memcached_servers(namespace, protocol, address, port, asked, is_loopback, outcome) VALUES (1, 'udp', '0.0.0.0', 11211, '192.0.2.1', 0, 'served');
-- expect: 0.0.0.0:11211/udp

-- quiet: none is
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 11211, 100, 110, NULL, 0);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'udp', 'ipv4', '192.0.2.1', 11211, 'input', 1, '192.0.2.1', 11211, 'network', '10.0.0.0/8', '', '', '10.0.0.0/8', 0, '');
INSERT INTO memcached_servers(namespace, protocol, address, port, asked, is_loopback, outcome) VALUES (1, 'udp', '0.0.0.0', 11211, '192.0.2.1', 0, 'silent');

-- quiet: loopback alone
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '127.0.0.1', 11211, 100, 110, NULL, 0);
INSERT INTO memcached_servers(namespace, protocol, address, port, asked, is_loopback, outcome) VALUES (1, 'udp', '127.0.0.1', 11211, '127.0.0.1', 1, 'served');

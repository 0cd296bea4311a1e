-- fires: published on 127.0.0.1, before Docker 28
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '127.0.0.1', 6379, 100, 0, NULL, 0), (2, 'tcp', 'ipv4', '0.0.0.0', 6379, 101, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'docker-proxy', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '127.0.0.1', 6379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL);
-- expect: 127.0.0.1:6379/tcp

-- fires: the same without a proxy
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '127.0.0.1', 6379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL);
-- expect: 6379/tcp published

-- fires: a container that is not published, by its own address
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '172.17.0.2', 5432, 'forward', 2, '172.17.0.2', 5432, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL);
-- expect: db 0.0.0.0:5432/tcp

-- fires: on loopback and by its own address, by two interfaces: one finding
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '172.17.0.2', 6379, 'forward', 2, '172.17.0.2', 6379, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL),
	(1, 'eth1', 'tcp', 'ipv4', '172.17.0.2', 6379, 'forward', 2, '172.17.0.2', 6379, 'link', '10.0.0.0/16', '', '', NULL, '10.0.0.0/16', 0, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '127.0.0.1', 6379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL);
-- expect: 6379/tcp published

-- fires: bound to the bridge's address, for containers
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '172.17.0.1', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '172.17.0.1', 8080, 'input', 1, '172.17.0.1', 8080, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL);
-- expect: 172.17.0.1:8080/tcp

-- quiet: Docker 28 drops them in raw PREROUTING
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '127.0.0.1', 6379, 'dnat to 172.17.0.2:6379', NULL, NULL, NULL, 'link', '', '', '', NULL, '', 0, '0.0.0.0/0', 'ip raw PREROUTING handle 5: drop'),
	(1, 'eth0', 'tcp', 'ipv4', '172.17.0.2', 6379, 'forward', NULL, NULL, NULL, 'link', '', '', '', NULL, '', 0, '0.0.0.0/0', 'ip raw PREROUTING handle 4: drop');

-- quiet: published to the network anyway
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '172.17.0.2', 80, 'forward', 2, '172.17.0.2', 80, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL);

-- quiet: bound to every address: told with its other addresses
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '172.17.0.1', 22, 'input', 1, '172.17.0.1', 22, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL);

-- quiet: link-local addresses are for neighbours: exposure/port-open-not-in-intent
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', 'fe80::5', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv6', 'fe80::5', 8080, 'input', 1, 'fe80::5', 8080, 'link', '::/0', '', '', NULL, '::/0', 0, '', NULL);

-- quiet: only containers of this host reach it
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(2, 'eth0', 'tcp', 'ipv4', '172.17.0.2', 5432, 'input', 2, '172.17.0.2', 5432, 'host', '172.17.0.0/16', '', '', NULL, '172.17.0.0/16', 0, '', NULL);

-- quiet: forwarded to a container where nobody listens on it
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '127.0.0.1', 6379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL);

-- unknown: what decides is not modelled
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '127.0.0.1', 6379, 'dnat to 172.17.0.2:6379', NULL, NULL, NULL, 'link', '', '', '0.0.0.0/0', 'BPF', '', 0, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);

-- fires: two services of the host on bridges' addresses
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (1, 1, 'lo', NULL, 1), (1, 2, 'eth0', NULL, 0), (1, 3, 'docker0', 'bridge', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '172.17.0.1', 5432, 100, 0, NULL, 0), (1, 'tcp', 'ipv4', '172.18.0.1', 5432, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '172.17.0.1', 5432, 'input', 1, '172.17.0.1', 5432, 'link', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 0, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '172.18.0.1', 5432, 'input', 1, '172.18.0.1', 5432, 'link', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 172.17.0.1:5432/tcp
-- expect: 172.18.0.1:5432/tcp

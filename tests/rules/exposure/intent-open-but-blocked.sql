-- fires: nobody listens, and on another port only loopback
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '127.0.0.1', 5432, 100, 0, NULL, 0);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0'), ('policy', 'tcp', 443, 443, '::/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8'), ('policy', 'udp', 8000, 8100, '10.0.0.0/8');
-- expect: 443/tcp
-- expect: 5432/tcp
-- expect: 8000-8100/udp

-- fires: a listener inside a container's network is not one of the host's
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(2, 'eth0', 'tcp', 'ipv4', '172.17.0.2', 443, 'input', 2, '172.17.0.2', 443, 'host', '172.17.0.0/16', '', '', NULL, '172.17.0.0/16', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');
-- expect: 443/tcp

-- fires: the firewall stops all whom the intent names
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');
-- expect: 5432/tcp

-- fires: the firewall stops a part of them
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 443, 'input', 1, '192.0.2.10', 443, 'network', '0.0.0.0/1', '', '', NULL, '0.0.0.0/1', 0, '128.0.0.0/1', 'inet filter input handle 7: drop');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');
-- expect: 443/tcp

-- fires: over one family alone
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 443, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 443, 'input', 1, '192.0.2.10', 443, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 443, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '::/0', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0'), ('policy', 'tcp', 443, 443, '::/0');
-- expect: 443/tcp

-- fires: stopped by each interface
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0), (1, 3, 'eth1', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth1', 'tcp', 'ipv4', '10.0.0.5', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '10.0.0.0/16', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/16');
-- expect: 5432/tcp

-- fires: a published port whose forwarding is stopped
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (2, 'tcp', 'ipv4', '0.0.0.0', 80, 101, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'docker-proxy', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'ip filter DOCKER-USER handle 9: drop'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '0.0.0.0/0');
-- expect: 8080/tcp

-- fires: a group promises it as a policy does
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 443, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 443, 443, '0.0.0.0/0');
-- expect: 443/tcp

-- quiet: one port of a range is served; all ports and ICMP promise none
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8005, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8005, 'input', 1, '192.0.2.10', 8005, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8005, 'input', 1, '2001:db8::10', 8005, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8000, 8100, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('aws', 'all', 0, 65535, '10.0.0.0/8'), ('aws', 'tcp', 1, 65535, '10.0.0.0/8'), ('aws', 'icmp', NULL, NULL, '0.0.0.0/0');

-- quiet: blocked by one interface, open by another
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0), (1, 3, 'eth1', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth1', 'tcp', 'ipv4', '10.0.0.5', 5432, 'input', 1, '10.0.0.5', 5432, 'network', '0.0.0.0/0', '', '', NULL, '10.0.0.0/16', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/16');

-- quiet: blocked at one address, open at another
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.11', 443, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 443, 'input', 1, '192.0.2.10', 443, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');

-- quiet: of those who are stopped none is meant
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');

-- quiet: a limit lets them in now and then
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '', '0.0.0.0/0', '', 'limit', '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: published without a proxy: nobody on the host listens, and yet it answers
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '0.0.0.0/0');

-- quiet: published, and the proxy beside the rule gets nothing
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (2, 'tcp', 'ipv4', '0.0.0.0', 80, 101, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'docker-proxy', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '0.0.0.0/0');

-- quiet: a source that only the cloud resolves may be anyone
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0-9.255.255.255', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.11', 5432, 'input', 1, '192.0.2.11', 5432, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, NULL);

-- quiet: no IPv6 on this host, though the intent speaks of it
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 443, 'input', 1, '192.0.2.10', 443, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0'), ('policy', 'tcp', 443, 443, '::/0');

-- quiet: stopped on the way from containers alone
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 443, 'input', 1, '192.0.2.10', 443, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'docker0', 'tcp', 'ipv4', '172.17.0.1', 443, 'input', NULL, NULL, NULL, 'host', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');

-- unknown: absence cannot be claimed from partial facts
INSERT INTO coverage VALUES ('sockets', 'partial', NULL, 1);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');

-- unknown: what decides is not modelled, and so nothing is called blocked
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 443, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO coverage VALUES ('reachability', 'partial', 'firewall: BPF', 1);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');

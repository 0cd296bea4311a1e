-- fires: the policy allows nothing at all
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin) VALUES ('policy');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 22/tcp from 0.0.0.0/0 in sg-1

-- fires: the internet reaches PostgreSQL, which the policy keeps for the VPC
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');
-- expect: 5432/tcp from 0.0.0.0/0 in sg-1

-- fires: protocol -1 (all) has no ports of its own, and opens both transports
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0), (1, 'udp', 'ipv4', '0.0.0.0', 161, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL),
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 161, 'input', 1, '192.0.2.10', 161, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('terraform', 'aws_security_group.web', 'all', 0, 65535, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');
-- expect: all/tcp from 0.0.0.0/0 in aws_security_group.web
-- expect: all/udp from 0.0.0.0/0 in aws_security_group.web

-- fires: a published port that nobody on the host listens on
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 8080, 8080, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');
-- expect: 8080/tcp from 0.0.0.0/0 in sg-1

-- fires: a limit is no lock
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '', '0.0.0.0/0', '', 'limit', '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 22, 22, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '10.0.0.0/8');
-- expect: 22/tcp from 0.0.0.0/0 in sg-1

-- quiet: two entries of the policy cover the group only together
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 80, 'input', 1, '192.0.2.10', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 80, 80, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 80, 80, '0.0.0.0/1'), ('policy', 'tcp', 80, 90, '128.0.0.0/1');

-- quiet: what is wide is not served: another port, another family, loopback, a private source
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 0, NULL, 0), (1, 'tcp', 'ipv4', '127.0.0.1', 9100, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 443, 'input', 1, '192.0.2.10', 443, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 0, 65535, '0.0.0.0/0');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 443, 443, '::/0'), ('aws', 'sg-1', 'tcp', 443, 443, '10.0.0.0/8');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');

-- quiet: the host's own firewall keeps the internet out
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255', 'inet filter input policy');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');

-- quiet: only containers of this host reach it
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '172.17.0.1', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'docker0', 'tcp', 'ipv4', '172.17.0.1', 5432, 'input', 1, '172.17.0.1', 5432, 'host', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 0, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');

-- quiet: without a policy, the export itself is the intent
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 80, 'input', 1, '192.0.2.10', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 80, 80, '0.0.0.0/0');

-- unknown: who gets in is not known
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '0.0.0.0/0', 'BPF', '', 0, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');

-- quiet: those who get in are allowed by the policy, the others of the group are stopped
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '10.0.0.5', 22, 'input', 1, '10.0.0.5', 22, 'network', '8.8.8.0/24', '', '', NULL, '8.8.8.0/24', 1, '0.0.0.0-8.8.7.255, 8.8.9.0-255.255.255.255', 'inet filter input policy');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 22, 22, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '8.8.8.0/24');

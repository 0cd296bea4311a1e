INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);

-- fires: memcached and SNMP for everyone; without an intent too
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 11211, 100, 0, NULL, 0), (1, 'udp', 'ipv6', '::', 161, 101, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 11211, 'input', 1, '192.0.2.10', 11211, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 161, 'input', 1, '192.0.2.10', 161, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'udp', 'ipv6', '2001:db8::10', 161, 'input', 1, '2001:db8::10', 161, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:11211/udp
-- expect: [::]:161/udp

-- fires: the policy keeps it for the VPC
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 53, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 53, 'input', 1, '192.0.2.10', 53, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'udp', 53, 53, '10.0.0.0/8');
-- expect: 0.0.0.0:53/udp

-- fires: the policy allows DNS over TCP alone
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 53, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 53, 'input', 1, '192.0.2.10', 53, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 53, 53, '0.0.0.0/0');
-- expect: 0.0.0.0:53/udp

-- fires: published under another port
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'dns', 0);
INSERT INTO sockets VALUES (2, 'udp', 'ipv4', '0.0.0.0', 53, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 5300, 'dnat to 172.17.0.2:53', 2, '172.17.0.2', 53, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 5300/udp published

-- fires: a limit is no lock
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 123, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 123, 'input', 1, '192.0.2.10', 123, 'network', '', '0.0.0.0/0', '', 'limit', '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:123/udp

-- quiet: a DNS server that is meant for everyone
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 53, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 53, 'input', 1, '192.0.2.10', 53, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'udp', 53, 53, '0.0.0.0/0');

-- quiet: a group that opens it says so too
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 53, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 53, 'input', 1, '192.0.2.10', 53, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'udp', 53, 53, '0.0.0.0/0');

-- quiet: the group is a second lock
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 161, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 161, 'input', 1, '192.0.2.10', 161, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'udp', 161, 161, '10.0.0.0/8');

-- quiet: neighbours alone reach it: mDNS, DHCP servers, DNS of a bridge
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 5353, 100, 0, NULL, 0), (1, 'udp', 'ipv4', '172.17.0.1', 53, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 5353, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth1', 'udp', 'ipv4', '10.0.0.5', 5353, 'input', 1, '10.0.0.5', 5353, 'network', '10.0.0.0/16', '', '', NULL, '10.0.0.0/16', 0, '', NULL),
	(1, 'docker0', 'udp', 'ipv4', '172.17.0.1', 53, 'input', 1, '172.17.0.1', 53, 'host', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 0, '', NULL);

-- quiet: loopback, and TCP of that number
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '127.0.0.53', 53, 100, 0, NULL, 0), (1, 'tcp', 'ipv4', '0.0.0.0', 53, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 53, 'input', 1, '192.0.2.10', 53, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);

-- quiet: another UDP port (WireGuard)
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 51820, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 51820, 'input', 1, '192.0.2.10', 51820, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);

-- unknown: who gets in is not known
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 53, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 53, 'input', NULL, NULL, NULL, 'network', '', '', '0.0.0.0/0', 'BPF', '', 0, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

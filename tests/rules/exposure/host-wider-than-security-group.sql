INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);

-- fires: the host lets anyone in, the group some
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '10.0.0.0/8');
-- expect: 0.0.0.0:5432/tcp

-- fires: the group names a source that only the cloud resolves
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 8080, 8080, NULL);
-- expect: 0.0.0.0:8080/tcp

-- fires: the group speaks of IPv4, the host listens on both families
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8443, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8443, 'input', 1, '192.0.2.10', 8443, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8443, 'input', 1, '2001:db8::10', 8443, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 8443, 8443, '0.0.0.0/0');
-- expect: [::]:8443/tcp

-- fires: a published port that only the group closes
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 8000, 9000, '10.0.0.0/8');
-- expect: 8080/tcp published

-- fires: neighbours whom the group does not name
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 9100, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 9100, 'input', 1, '192.0.2.10', 9100, 'network', '10.0.0.0/16', '', '', NULL, '10.0.0.0/16', 0, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 9100, 9100, '10.0.1.0/24');
-- expect: 0.0.0.0:9100/tcp

-- fires: a port of IPv6, and the policy is narrower than the group
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 1, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 8080, 8080, '2600:1f18::/32');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '2600:1f18:1::/48');
-- expect: [::]:8080/tcp

-- quiet: the host says the same as the group
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '11.0.0.0-255.255.255.255', 'inet filter input policy');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '10.0.0.0/8');

-- quiet: several groups allow it only together
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '10.0.0.0/9');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-2', 'all', 0, 65535, '10.128.0.0/9');

-- quiet: the host is narrower than the group
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '10.0.0.0/16', '', '', NULL, '10.0.0.0/16', 0, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '10.0.0.0/8');

-- quiet: no group names the port: exposure/port-open-not-in-intent
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 443, 443, '0.0.0.0/0');

-- quiet: the group opens the database to the internet: exposure/data-port-open-to-internet
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '8.8.0.0/16');

-- quiet: a policy has no second lock behind it
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '10.0.0.0/8');

-- quiet: only containers of this host reach it
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '172.17.0.1', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'docker0', 'tcp', 'ipv4', '172.17.0.1', 5432, 'input', 1, '172.17.0.1', 5432, 'host', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 0, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '10.0.0.0/8');

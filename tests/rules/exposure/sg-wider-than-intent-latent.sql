INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);

-- fires: nothing listens there, or only private addresses come in
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 8080, 8080, '0.0.0.0/0'), ('aws', 'sg-1', 'tcp', 22, 22, '10.0.0.0/8');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '10.1.0.0/16');
-- expect: 22/tcp from 10.0.0.0/8 in sg-1
-- expect: 8080/tcp from 0.0.0.0/0 in sg-1

-- fires: the host's own firewall keeps the internet out, today
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255', 'inet filter input policy');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');
-- expect: 5432/tcp from 0.0.0.0/0 in sg-1

-- fires: a listener on all addresses that the firewall closes to everybody
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '10.0.0.0/8');
-- expect: 5432/tcp from 0.0.0.0/0 in sg-1

-- quiet: the same as the policy, and a group that only the cloud can resolve
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 22, 22, '10.1.0.0/16'), ('aws', 'sg-1', 'tcp', 5432, 5432, NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '10.0.0.0/8');

-- quiet: something listens and is reached: that is the other rule's
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '10.0.0.0/8');

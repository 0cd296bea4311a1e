-- fires: no intent, so what is open is listed
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:22/tcp

-- fires: what neighbours alone reach is open too
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth1', 'tcp', 'ipv4', '10.0.0.5', 5432, 'input', 1, '10.0.0.5', 5432, 'network', '10.0.0.0/16', '', '', NULL, '10.0.0.0/16', 0, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:5432/tcp

-- fires: a published port without a listener
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 8080/tcp published

-- quiet: with an intent, exposure/port-open-not-in-intent judges
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 80, 80, '0.0.0.0/0');

-- unknown: loopback alone is not listed, and without an intent nothing is judged
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '127.0.0.1', 22, 100, 0, NULL, 0);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

-- unknown: what the firewall stops is not listed
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

-- unknown: what has a rule of its own is not told twice
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0), (1, 'udp', 'ipv4', '0.0.0.0', 161, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 161, 'input', 1, '192.0.2.10', 161, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

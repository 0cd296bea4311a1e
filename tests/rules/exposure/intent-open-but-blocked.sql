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
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 0, NULL, 0);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');
-- expect: 443/tcp

-- quiet: one port of a range is served; all ports and ICMP promise none
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8005, 100, 0, 0, 0);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8000, 8100, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('aws', 'all', 0, 65535, '10.0.0.0/8'), ('aws', 'tcp', 1, 65535, '10.0.0.0/8'), ('aws', 'icmp', NULL, NULL, '0.0.0.0/0');

-- unknown: absence cannot be claimed from partial facts
INSERT INTO coverage VALUES ('sockets', 'partial', NULL, 1);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');

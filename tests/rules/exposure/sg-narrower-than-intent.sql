-- fires: the only group lets nobody in
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '10.0.0.0/8');
INSERT INTO intents(origin, security_group) VALUES ('aws', 'sg-1');
-- expect: 22/tcp from 10.0.0.0/8

-- fires: half of the source is missing in the group
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '10.0.0.0/9');
-- expect: 5432/tcp from 10.0.0.0/8

-- fires: the host has a public IPv6 address, and the group speaks IPv4 only
INSERT INTO addresses(namespace, ifindex, family, address, prefix_length, scope) VALUES (1, 2, 'ipv6', '2600:1f18::1', 64, 'global');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0'), ('policy', 'tcp', 443, 443, '::/0');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 443, 443, '0.0.0.0/0');
-- expect: 443/tcp from ::/0

-- quiet: several groups of one interface are a union, and one of them allows all protocols
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8'), ('policy', 'udp', 53, 53, '10.9.0.0/16');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5000, 6000, '10.0.0.0/9'), ('aws', 'sg-2', 'all', 0, 65535, '10.128.0.0/9'), ('aws', 'sg-2', 'udp', 53, 53, '10.9.0.0/16');

-- quiet: "anywhere", but no IPv6 packet from outside can come to this host
INSERT INTO addresses(namespace, ifindex, family, address, prefix_length, scope) VALUES (1, 2, 'ipv6', 'fe80::1', 64, 'link');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0'), ('policy', 'tcp', 443, 443, '::/0');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 443, 443, '0.0.0.0/0');

-- quiet: the missing part may come in by a group that only the cloud can resolve
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source, source_ref) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, NULL, 'group sg-9');

-- quiet: no export, so nothing to compare with
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');

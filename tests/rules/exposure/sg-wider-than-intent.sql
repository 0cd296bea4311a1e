-- fires: the policy allows nothing at all
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO intents(origin) VALUES ('policy');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 22/tcp from 0.0.0.0/0 in sg-1

-- fires: the internet reaches PostgreSQL, which the policy keeps for the VPC
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');
-- expect: 5432/tcp from 0.0.0.0/0 in sg-1

-- fires: protocol -1 (all) has no ports of its own, and opens both transports
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0), (1, 'udp', 'ipv4', '0.0.0.0', 161, 101, 0, NULL, 0);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('terraform', 'aws_security_group.web', 'all', 0, 65535, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');
-- expect: all/tcp from 0.0.0.0/0 in aws_security_group.web
-- expect: all/udp from 0.0.0.0/0 in aws_security_group.web

-- quiet: two entries of the policy cover the group only together
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 80, 80, '0.0.0.0/0');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 80, 80, '0.0.0.0/1'), ('policy', 'tcp', 80, 90, '128.0.0.0/1');

-- quiet: what is wide is not served: another port, another family, loopback, a private source
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 0, NULL, 0), (1, 'tcp', 'ipv4', '127.0.0.1', 9100, 101, 0, NULL, 0);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 0, 65535, '0.0.0.0/0');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 443, 443, '::/0'), ('aws', 'sg-1', 'tcp', 443, 443, '10.0.0.0/8');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 443, 443, '0.0.0.0/0');

-- quiet: without a policy, the export itself is the intent
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 80, 80, '0.0.0.0/0');

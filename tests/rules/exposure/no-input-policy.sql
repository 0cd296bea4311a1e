-- fires: no rules at all; each family for itself
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 0, 'default', 1, '2001:db8::10', 49151, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL),
	(1, 'eth0', 'udp', 'ipv6', '2001:db8::10', 0, 'default', 1, '2001:db8::10', 49151, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: eth0 ipv4
-- expect: eth0 ipv6

-- fires: ip6tables was forgotten
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 0, 'default', 1, '2001:db8::10', 49151, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: eth0 ipv6

-- fires: TCP is denied, UDP is not
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: eth0 ipv4

-- fires: one of two interfaces; a second address of it is no second finding
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth1', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth1', 'tcp', 'ipv4', '192.0.2.11', 0, 'default', 1, '192.0.2.11', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: eth1 ipv4

-- fires: a part of the internet
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '8.8.0.0/16', '', '', NULL, '8.8.0.0/16', 1, '0.0.0.0-8.7.255.255', 'inet filter input policy');
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: eth0 ipv4

-- fires: a limit is no lock
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '', '0.0.0.0/0', '', 'limit', '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: eth0 ipv4

-- fires: a container of its own on the wire
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'edge', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(2, 'eth0', 'tcp', 'ipv4', '192.0.2.20', 0, 'default', 2, '192.0.2.20', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: edge eth0 ipv4

-- quiet: denied by default, over both families
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '::/0', 'inet filter input policy'),
	(1, 'eth0', 'udp', 'ipv6', '2001:db8::10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '::/0', 'inet filter input policy');

-- quiet: a private interface, whose default route is elsewhere
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth1', 'tcp', 'ipv4', '10.0.0.5', 0, 'default', 1, '10.0.0.5', 49151, 'network', '0.0.0.0/0', '', '', NULL, '10.0.0.0/16', 0, '', NULL);

-- quiet: from containers, and from neighbours by link-local addresses
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'docker0', 'tcp', 'ipv4', '172.17.0.1', 0, 'default', 1, '172.17.0.1', 49151, 'host', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 0, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', 'fe80::5', 0, 'default', 1, 'fe80::5', 49151, 'link', '::/0', '', '', NULL, '::/0', 0, '', NULL);

-- quiet: a security group denies by default
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 443, 443, '0.0.0.0/0');

-- quiet: a listener that everyone reaches is no default
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');

-- unknown: what decides is not modelled
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '0.0.0.0/0', 'BPF', '', 0, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

-- quiet: the tap device of a rootless container: nothing comes in by it that was not handed in
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 2, 'tap0', 'tun', 0);
INSERT INTO processes(pid, comm, namespace, uid, inside_uid, container, unit) VALUES (50, 'nginx', 2, 1000, 0, NULL, NULL);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '10.0.0.5', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(2, 'tap0', 'tcp', 'ipv4', '10.0.2.100', 0, 'default', 2, '10.0.2.100', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- fires: ufw denies incoming, and the published port is open; without an intent too
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 8080/tcp published

-- fires: the intent does not know the port; the proxy beside the rule is the same publication
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (2, 'tcp', 'ipv4', '0.0.0.0', 80, 101, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'docker-proxy', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:8080/tcp

-- fires: SSH is let in, and the rest is denied
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0), (2, 'tcp', 'ipv4', '0.0.0.0', 80, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 8080/tcp published

-- fires: closed but for the private network
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '11.0.0.0-255.255.255.255', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 8080/tcp published

-- fires: over both families: one finding
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv6', '::', 80, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '::/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'dnat to [fd00::2]:80', 2, 'fd00::2', 80, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 8080/tcp published

-- quiet: the input rules are open to everyone: exposure/no-input-policy, and nothing is got past
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);

-- quiet: intended
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '0.0.0.0/0');

-- quiet: DOCKER-USER stops it
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'ip filter DOCKER-USER handle 9: drop');

-- quiet: only the private network gets in by the published port
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '', NULL);

-- quiet: published on loopback, which neighbours reach: exposure/loopback-publish-reachable-on-l2
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '127.0.0.1', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL);

-- quiet: closed on one interface, published on the other
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0), (1, 3, 'eth1', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth1', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth1', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);

-- quiet: closed over IPv6, published over IPv4
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '::/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);

-- quiet: a database for the internet: exposure/data-port-open-to-internet
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 16379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);

-- quiet: what a listener of the host takes goes past nothing
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);

-- quiet: the group names the port for fewer: exposure/host-wider-than-security-group
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 8080, 8080, '10.0.0.0/8');

-- unknown: whether the input rules deny is not known; what the kernel refuses by itself is no rule
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '0.0.0.0/0', 'BPF', '', 0, '', 'martian source'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

-- unknown: where the rules send it is not known
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', NULL, NULL, NULL, 'network', '', '', '0.0.0.0/0', 'a map', '', 0, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

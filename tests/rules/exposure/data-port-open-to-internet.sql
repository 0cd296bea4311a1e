-- fires: Redis for everyone; without an intent too
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:6379/tcp

-- fires: a policy that knows of SSH alone
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:6379/tcp

-- fires: a group that opens it is no excuse
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '0.0.0.0/0');
-- expect: 0.0.0.0:5432/tcp

-- fires: the group opens it to a part of the internet, and the policy to none of it
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 5432, 5432, '8.8.0.0/16');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');
-- expect: 0.0.0.0:5432/tcp

-- fires: a policy for IPv4 decides nothing for IPv6
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 3306, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 3306, 'input', 1, '192.0.2.10', 3306, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 3306, 'input', 1, '2001:db8::10', 3306, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 3306, 3306, '0.0.0.0/0');
-- expect: [::]:3306/tcp

-- fires: published under another port, with the proxy beside the rule: one finding
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 16379, 100, 0, NULL, 0), (2, 'tcp', 'ipv4', '0.0.0.0', 6379, 101, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'docker-proxy', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 16379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 16379, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:16379/tcp

-- fires: published, and no userland proxy
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 16379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 16379/tcp published

-- fires: a limit is no lock
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 23, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 23, 'input', 1, '192.0.2.10', 23, 'network', '', '0.0.0.0/0', '', 'limit', '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:23/tcp

-- fires: a part of the internet is the internet
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 27017, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 27017, 'input', 1, '192.0.2.10', 27017, 'network', '8.8.0.0/16', '', '', NULL, '8.8.0.0/16', 1, '0.0.0.0-8.7.255.255', 'inet filter input policy');
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:27017/tcp

-- quiet: the firewall stops the internet
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '11.0.0.0-255.255.255.255', 'inet filter input policy');

-- quiet: a policy that allows it in words is a decision
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 6379, 6379, '0.0.0.0/0');

-- quiet: two rows of the policy allow it only together
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 6379, 6379, '0.0.0.0/1'), ('policy', 'tcp', 6300, 6400, '128.0.0.0/1');

-- quiet: the group is a second lock: exposure/host-wider-than-security-group
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 6379, 6379, '10.0.0.0/8');

-- quiet: the group does not name the port at all: exposure/port-open-not-in-intent
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 443, 443, '0.0.0.0/0');

-- quiet: a private interface, whose default route is elsewhere
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth1', 'tcp', 'ipv4', '10.0.0.5', 5432, 'input', 1, '10.0.0.5', 5432, 'network', '0.0.0.0/0', '', '', NULL, '10.0.0.0/16', 0, '', NULL);

-- quiet: reached by containers and neighbours alone
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'db', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '172.17.0.1', 6379, 100, 0, NULL, 0), (2, 'tcp', 'ipv4', '0.0.0.0', 5432, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'docker0', 'tcp', 'ipv4', '172.17.0.1', 6379, 'input', 1, '172.17.0.1', 6379, 'host', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 0, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '172.17.0.2', 5432, 'forward', 2, '172.17.0.2', 5432, 'link', '192.0.2.0/24', '', '', NULL, '192.0.2.0/24', 0, '', NULL);

-- quiet: rootless: the tap device of a user namespace
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 2, 'tap0', 'tun', 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'redis-server', 100998, 999, '0123456789abcdef', 2);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(2, 'tap0', 'tcp', 'ipv4', '10.0.2.100', 6379, 'input', 2, '10.0.2.100', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);

-- quiet: SSH and HTTPS are made to be met by strangers; UDP of that number is something else
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0), (1, 'udp', 'ipv4', '0.0.0.0', 6379, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);

-- unknown: who gets in is not known
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', NULL, NULL, NULL, 'network', '', '', '0.0.0.0/0', 'BPF', '', 0, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

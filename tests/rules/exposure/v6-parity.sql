-- fires: iptables stops it, ip6tables is empty
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'ip filter INPUT policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: [::]:8080/tcp

-- fires: two sockets of one service
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (1, 'tcp', 'ipv6', '::', 8080, 101, 0, 1, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: [::]:8080/tcp

-- fires: over IPv4 only the office comes in
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '8.8.0.0/16', '', '', NULL, '8.8.0.0/16', 1, '0.0.0.0-8.7.255.255, 8.9.0.0-255.255.255.255', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: [::]:8080/tcp

-- fires: a port of Docker's: the rules drop IPv4, the proxy takes IPv6
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (1, 'tcp', 'ipv6', '::', 8080, 101, 0, 1, 0), (2, 'tcp', 'ipv4', '0.0.0.0', 80, 102, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'docker-proxy', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50), (101, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'ip filter DOCKER-USER handle 9: drop'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: [::]:8080/tcp

-- quiet: both are stopped
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '::/0', 'inet filter input policy');

-- quiet: both are open
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 80, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 80, 'input', 1, '192.0.2.10', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 80, 'input', 1, '2001:db8::10', 80, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);

-- quiet: open over IPv4 by another interface
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 80, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth1', 'tcp', 'ipv4', '192.0.2.10', 80, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 80, 'input', 1, '192.0.2.10', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 80, 'input', 1, '2001:db8::10', 80, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);

-- quiet: IPv6 is meant to be open, and IPv4 is not
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '::/0');

-- quiet: IPv4 has no listener, so no rule was forgotten
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 1, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);

-- quiet: over IPv4 a private network, whose answers go nowhere else; no rule stops anyone
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '10.0.0.5', 8080, 'input', 1, '10.0.0.5', 8080, 'network', '0.0.0.0/0', '', '', NULL, '10.0.0.0/16', 0, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);

-- quiet: over IPv6 the neighbours alone, by link-local addresses
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', 'fe80::5', 8080, 'input', 1, 'fe80::5', 8080, 'link', '::/0', '', '', NULL, '::/0', 0, '', NULL);

-- quiet: the same office over both
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '8.8.0.0/16', '', '', NULL, '8.8.0.0/16', 1, '0.0.0.0-8.7.255.255', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '2600:1f18::/32', '', '', NULL, '2600:1f18::/32', 1, '8000::/1', 'inet filter input policy');

-- quiet: another namespace has another firewall
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (2, 'tcp', 'ipv6', '::', 8080, 101, 0, 1, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(2, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 2, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);

-- unknown: IPv6 is not known
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '::/0', 'BPF', '', 0, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

-- unknown: what is stopped over IPv4 is not known of all
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '10.0.0.5', 8080, 'input', 1, '10.0.0.5', 8080, 'network', '', '', '0.0.0.0/1', 'an unknown match', '', 0, '128.0.0.0/1', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2600:1f18::5', 8080, 'input', 1, '2600:1f18::5', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

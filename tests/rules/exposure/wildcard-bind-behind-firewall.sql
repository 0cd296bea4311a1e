-- fires: only the firewall keeps strangers from Redis
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:6379/tcp

-- fires: over both families: one finding
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 6379, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 6379, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '::/0', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: [::]:6379/tcp

-- fires: by each of two interfaces
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 161, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 161, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth1', 'udp', 'ipv4', '10.0.0.5', 161, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '10.0.0.0/16', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 161, 161, '0.0.0.0/0');
-- expect: 0.0.0.0:161/udp

-- fires: containers of this host reach it
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'docker0', 'tcp', 'ipv4', '172.17.0.1', 5432, 'input', 1, '172.17.0.1', 5432, 'host', '172.17.0.0/16', '', '', NULL, '172.17.0.0/16', 0, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:5432/tcp

-- quiet: the private network needs it
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', 1, '192.0.2.10', 5432, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '11.0.0.0-255.255.255.255', 'inet filter input policy');

-- quiet: neighbours by another interface need it
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth1', 'tcp', 'ipv4', '10.0.0.5', 5432, 'input', 1, '10.0.0.5', 5432, 'network', '10.0.0.0/16', '', '', NULL, '10.0.0.0/16', 0, '', NULL);

-- quiet: open to everyone: other rules say so
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);

-- quiet: an intent names the port
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/8');

-- quiet: bound to one address, or to loopback
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '192.0.2.10', 6379, 100, 0, NULL, 0), (1, 'tcp', 'ipv4', '127.0.0.1', 5432, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');

-- quiet: no rule stops it: private addresses and no way out
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '10.0.0.5', 6379, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '', NULL);

-- quiet: open over one family
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);

-- quiet: the proxy beside a published port
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (2, 'tcp', 'ipv4', '0.0.0.0', 80, 101, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'docker-proxy', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '', NULL);

-- unknown: whether it is stopped is not known
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', NULL, NULL, NULL, 'network', '', '', '0.0.0.0/0', 'BPF', '', 0, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

-- quiet: a client of DHCP cannot be bound to one address
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 68, 100, 0, NULL, 0), (1, 'udp', 'ipv4', '0.0.0.0', 69, 101, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'dhclient', 0, 0, NULL, 1), (51, 'backdoor', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50), (101, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 68, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- unknown: whether the firewall stops all of them is not known
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '10.0.0.5', 6379, 'input', 1, '10.0.0.5', 6379, 'network', '', '', '0.0.0.0/1', 'an unknown match', '', 0, '128.0.0.0/1', 'inet filter input policy');
INSERT INTO coverage VALUES ('reachability', 'partial', NULL, 1);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- fires: the VPC comes in to 999 listeners by 12 ways each, to one nobody: no join without end
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets WITH RECURSIVE n(i) AS (SELECT 20000 UNION ALL SELECT i + 1 FROM n WHERE i < 20999) SELECT 1, 'tcp', 'ipv4', '0.0.0.0', i, i, 0, NULL, 0 FROM n;
INSERT INTO reachability WITH dev(name) AS (VALUES ('eth0'), ('eth1'), ('eth2')), at(address) AS (VALUES ('10.0.0.5'), ('10.0.0.6'), ('10.0.0.7'), ('10.0.0.8'))
	SELECT 1, dev.name, 'tcp', 'ipv4', at.address, s.port, 'input', 1, at.address, s.port, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '', NULL FROM sockets s, dev, at WHERE s.port < 20999;
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '10.0.0.5', 20999, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:20999/tcp

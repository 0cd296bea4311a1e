-- fires: the rules let anyone in to a web server, the intent knows of SSH alone
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (1, 'tcp', 'ipv4', '0.0.0.0', 22, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 22, 'input', 1, '192.0.2.10', 22, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:8080/tcp

-- fires: UDP is not TCP
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 5000, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 5000, 'input', 1, '192.0.2.10', 5000, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5000, 5000, '0.0.0.0/0');
-- expect: 0.0.0.0:5000/udp

-- fires: several sockets of one endpoint (SO_REUSEPORT) are one finding; IPv6 is another
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0), (1, 'tcp', 'ipv4', '0.0.0.0', 80, 101, 0, NULL, 0), (1, 'tcp', 'ipv6', '::', 80, 102, 0, 1, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 80, 'input', 1, '192.0.2.10', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 80, 'input', 1, '2001:db8::10', 80, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:80/tcp
-- expect: [::]:80/tcp

-- fires: two interfaces and two addresses are one finding
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0), (1, 3, 'eth1', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth1', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '10.0.0.0/16', '', '', NULL, '10.0.0.0/16', 0, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '10.0.0.5', 8080, 'input', 1, '10.0.0.5', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth1', 'tcp', 'ipv4', '10.0.0.5', 8080, 'input', 1, '10.0.0.5', 8080, 'network', '10.0.0.0/16', '', '', NULL, '10.0.0.0/16', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:8080/tcp

-- fires: an intent of one family says nothing about the other, though one socket serves both
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8443, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8443, 'input', 1, '192.0.2.10', 8443, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8443, 'input', 1, '2001:db8::10', 8443, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8443, 8443, '0.0.0.0/0');
-- expect: [::]:8443/tcp

-- fires: two rows of the intent leave a gap between them
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '0.0.0.0/1'), ('policy', 'tcp', 8000, 8100, '192.0.0.0/2');
-- expect: 0.0.0.0:8080/tcp

-- fires: a limit is no lock: now and then they get in
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '', '0.0.0.0/0', '', 'limit', '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:8080/tcp

-- fires: the neighbours of a private interface are not those whom the intent names
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 9100, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth1', 'tcp', 'ipv4', '10.0.0.5', 9100, 'input', 1, '10.0.0.5', 9100, 'network', '0.0.0.0/0', '', '', NULL, '10.0.0.0/16', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 9100, 9100, '10.0.7.0/24');
-- expect: 0.0.0.0:9100/tcp

-- fires: bound to one address, and reached by that one
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '192.0.2.10', 8080, 100, 0, NULL, 0), (1, 'tcp', 'ipv4', '192.0.2.11', 8081, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.11', 8081, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 192.0.2.10:8080/tcp

-- fires: an address of IPv4 that an IPv6 socket is bound to
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::ffff:192.0.2.10', 8005, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8005, 'input', 1, '192.0.2.10', 8005, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: [::ffff:192.0.2.10]:8005/tcp

-- fires: link-local addresses: neighbours reach it
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', 'fe80::5', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv6', 'fe80::5', 8080, 'input', 1, 'fe80::5', 8080, 'link', '::/0', '', '', NULL, '::/0', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: [fe80::5]:8080/tcp

-- fires: a namespace of its own on the wire (macvlan)
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'edge', 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 1, 'lo', NULL, 1), (2, 2, 'eth0', 'macvlan', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(2, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 2, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: edge 0.0.0.0:8080/tcp

-- fires: a container that the host routes to, with an address of the internet
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 2, 'eth0', 'veth', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv6', '::', 8080, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv6', '2600:1f18::2', 8080, 'forward', 2, '2600:1f18::2', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: web [::]:8080/tcp

-- fires: two system containers whose first processes have one name, each for itself
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0), (3, NULL, 0), (4, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 2, 'eth0', 'macvlan', 0), (3, 2, 'eth0', 'macvlan', 0), (4, 2, 'eth0', 'macvlan', 0);
INSERT INTO processes(pid, comm, cgroup, namespace) VALUES (50, 'init', '/lxc/a', 2), (60, 'init', '/lxc/b', 3), (70, 'init', NULL, 4);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (3, 'tcp', 'ipv4', '0.0.0.0', 8080, 101, 0, NULL, 0), (4, 'tcp', 'ipv4', '0.0.0.0', 8080, 102, 0, NULL, 0);
INSERT INTO reachability VALUES
	(2, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 2, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(3, 'eth0', 'tcp', 'ipv4', '192.0.2.11', 8080, 'input', 3, '192.0.2.11', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(4, 'eth0', 'tcp', 'ipv4', '192.0.2.12', 8080, 'input', 4, '192.0.2.12', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: init in /lxc/a 0.0.0.0:8080/tcp
-- expect: init in /lxc/b 0.0.0.0:8080/tcp
-- expect: init net:[4] 0.0.0.0:8080/tcp

-- fires: a process without a name is not the host
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 2, 'eth0', 'macvlan', 0);
INSERT INTO processes(pid, comm, namespace) VALUES (50, '', 2);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(2, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 2, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: net:[2] 0.0.0.0:8080/tcp

-- fires: published, and no userland proxy: nobody on the host listens
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 8080/tcp published

-- fires: published with the proxy beside the rule, over both families: one publication over IPv4, the proxy alone over IPv6
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (1, 'tcp', 'ipv6', '::', 8080, 101, 0, 1, 0), (2, 'tcp', 'ipv4', '0.0.0.0', 80, 102, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'docker-proxy', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50), (101, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8080, 'input', 1, '2001:db8::10', 8080, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:8080/tcp
-- expect: [::]:8080/tcp

-- fires: sent on to a machine behind this host
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 10.9.0.5:80', NULL, '10.9.0.5', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 8080/tcp published

-- fires: a tap device of a virtual machine on the host is no rootless container
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (1, 2, 'tap0', 'tun', 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (1, 'systemd', 0, 0, NULL, 1), (50, 'qemu', 64055, 64055, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'tap0', 'tcp', 'ipv4', '10.5.0.1', 8080, 'input', 1, '10.5.0.1', 8080, 'network', '10.5.0.0/24', '', '', NULL, '10.5.0.0/24', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:8080/tcp

-- quiet: the firewall stops everybody
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: intended exactly
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '10.0.0.0/8');

-- quiet: two rows of the intent cover it only together
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '0.0.0.0/1'), ('policy', 'tcp', 8000, 8100, '128.0.0.0/1');

-- quiet: a policy and a group cover it only together
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8080, 8080, '10.0.0.0/9');
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'all', 0, 65535, '10.128.0.0/9');

-- quiet: both families are intended
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 8443, 100, 0, 0, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8443, 'input', 1, '192.0.2.10', 8443, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv6', '2001:db8::10', 8443, 'input', 1, '2001:db8::10', 8443, 'network', '::/0', '', '', NULL, '::/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 8443, 8443, '0.0.0.0/0'), ('policy', 'tcp', 8443, 8443, '::/0');

-- quiet: a private interface, whose default route is elsewhere: answers go to the neighbours alone, and they are meant
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0), (1, 3, 'eth1', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 5432, 'input', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth1', 'tcp', 'ipv4', '10.0.0.5', 5432, 'input', 1, '10.0.0.5', 5432, 'network', '0.0.0.0/0', '', '', NULL, '10.0.0.0/16', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 5432, 5432, '10.0.0.0/16');

-- quiet: only containers of this host reach it
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '172.17.0.1', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'docker0', 'tcp', 'ipv4', '172.17.0.1', 8080, 'input', 1, '172.17.0.1', 8080, 'host', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: inside an unpublished container (what tools that count listeners call open)
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 2, 'eth0', 'veth', 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'postgres', 999, 999, '0123456789abcdef', 2);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(2, 'eth0', 'tcp', 'ipv4', '172.17.0.2', 5432, 'input', 2, '172.17.0.2', 5432, 'host', '172.17.0.0/16', '', '', NULL, '172.17.0.0/16', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: bound to loopback, in all its forms
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '127.0.0.53', 53, 100, 0, NULL, 0), (1, 'tcp', 'ipv6', '::1', 631, 101, 0, 1, 0), (1, 'tcp', 'ipv6', '::ffff:127.0.0.1', 8005, 102, 0, 0, 0), (1, 'tcp', 'ipv4', '0.0.0.0', 9000, 103, 0, NULL, 1);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: a namespace that has nothing but loopback (docker run --network none)
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'none', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (2, 1, 'lo', 1);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: rootless: what comes by the tap device of a user namespace, slirp4netns has handed in
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 2, 'tap0', 'tun', 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'rootlesskit', 1000, 0, NULL, 2), (51, 'nginx', 100032, 33, '0123456789abcdef', 2);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(2, 'tap0', 'tcp', 'ipv4', '10.0.2.100', 8080, 'input', 2, '10.0.2.100', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: the group names the port, if only for sources that the cloud resolves: exposure/host-wider-than-security-group
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8005, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8005, 'input', 1, '192.0.2.10', 8005, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, security_group, protocol, port_first, port_last, source) VALUES ('aws', 'sg-1', 'tcp', 8000, 8100, NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: data for the internet, a reflector, and what goes past the firewall have rules of their own
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'web', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0), (1, 'udp', 'ipv4', '0.0.0.0', 161, 101, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 161, 'input', 1, '192.0.2.10', 161, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', NULL, NULL, NULL, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet filter input policy'),
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: the port that nobody listens on is no listener
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL),
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 0, 'default', 1, '192.0.2.10', 49151, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: a client of DHCP waits for the answer
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 68, 100, 0, NULL, 0), (1, 'udp', 'ipv4', '0.0.0.0', 69, 101, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'dhclient', 0, 0, NULL, 1), (51, 'backdoor', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50), (101, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 68, 'input', 1, '192.0.2.10', 68, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- fires: something else on its port
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 68, 100, 0, NULL, 0), (1, 'udp', 'ipv4', '0.0.0.0', 69, 101, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (50, 'dhclient', 0, 0, NULL, 1), (51, 'backdoor', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 51), (101, 50);
INSERT INTO reachability VALUES
	(1, 'eth0', 'udp', 'ipv4', '192.0.2.10', 68, 'input', 1, '192.0.2.10', 68, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:68/udp

-- unknown: sockets could not be listed
INSERT INTO coverage VALUES ('sockets', 'denied', 'no permission', 1);

-- unknown: what decides at the port is not modelled
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', NULL, NULL, NULL, 'network', '', '', '0.0.0.0/0', 'BPF', '', 0, '', NULL);
INSERT INTO coverage VALUES ('reachability', 'partial', 'firewall: BPF', 1);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- unknown: without any intent nothing can be called unintended
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
INSERT INTO reachability VALUES
	(1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'input', 1, '192.0.2.10', 8080, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

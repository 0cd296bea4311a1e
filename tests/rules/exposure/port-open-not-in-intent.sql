-- fires: Redis on all addresses, the intent knows of SSH alone
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 110, NULL, 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 101, 0, NULL, 0);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');
-- expect: 0.0.0.0:6379/tcp

-- fires: UDP is not TCP
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'udp', 'ipv4', '0.0.0.0', 53, 100, 0, NULL, 0);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 53, 53, '0.0.0.0/0');
-- expect: 0.0.0.0:53/udp

-- fires: several sockets of one endpoint (SO_REUSEPORT) are one finding; IPv6 is another
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0), (1, 'tcp', 'ipv4', '0.0.0.0', 80, 101, 0, NULL, 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::', 80, 102, 0, 1, 0);
-- expect: 0.0.0.0:80/tcp
-- expect: [::]:80/tcp

-- fires: a namespace of its own on the wire (macvlan)
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'edge', 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 1, 'lo', NULL, 1), (2, 2, 'eth0', 'macvlan', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
-- expect: edge 0.0.0.0:8080/tcp

-- fires: a bridged system container (LXC) has no engine that publishes its ports
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 2, 'eth0', 'veth', 0);
INSERT INTO processes(pid, comm, unit, namespace) VALUES (50, 'init', NULL, 2);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
-- expect: init 0.0.0.0:8080/tcp

-- fires: two system containers whose first processes have one name, each for itself
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0), (3, NULL, 0), (4, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 2, 'eth0', 'veth', 0), (3, 2, 'eth0', 'veth', 0), (4, 2, 'eth0', 'veth', 0);
INSERT INTO processes(pid, comm, cgroup, namespace) VALUES (50, 'init', '/lxc/a', 2), (60, 'init', '/lxc/b', 3), (70, 'init', NULL, 4);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0), (3, 'tcp', 'ipv4', '0.0.0.0', 8080, 101, 0, NULL, 0), (4, 'tcp', 'ipv4', '0.0.0.0', 8080, 102, 0, NULL, 0);
-- expect: init in /lxc/a 0.0.0.0:8080/tcp
-- expect: init in /lxc/b 0.0.0.0:8080/tcp
-- expect: init net:[4] 0.0.0.0:8080/tcp

-- fires: a process without a name is not the host
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 2, 'eth0', 'veth', 0);
INSERT INTO processes(pid, comm, namespace) VALUES (50, '', 2);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 0, NULL, 0);
-- expect: net:[2] 0.0.0.0:8080/tcp

-- quiet: inside an unpublished container (what tools that count listeners call open)
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, kind, is_loopback) VALUES (2, 1, 'lo', NULL, 1), (2, 2, 'eth0', 'veth', 0);
INSERT INTO processes(pid, comm, container, engine, namespace) VALUES (50, 'postgres', '0123456789abcdef', 'docker', 2);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 0, NULL, 0);

-- quiet: bound to loopback, in all its forms
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '127.0.0.53', 53, 100, 0, NULL, 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::1', 631, 101, 0, 1, 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv6', '::ffff:127.0.0.1', 8005, 102, 0, 0, 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 9000, 103, 0, NULL, 1);

-- quiet: a namespace that has nothing but loopback (docker run --network none)
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'none', 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (2, 1, 'lo', 1);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 100, 0, NULL, 0);

-- quiet: a range, all protocols, and a source that only the cloud can resolve
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8005, 100, 0, NULL, 0), (1, 'udp', 'ipv4', '0.0.0.0', 53, 101, 0, NULL, 0);
INSERT INTO intents(origin, protocol, port_first, port_last, source, source_ref) VALUES ('aws', 'tcp', 8000, 8100, NULL, 'group sg-2');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('aws', 'all', 0, 65535, '10.0.0.0/8');

-- unknown: sockets could not be listed
INSERT INTO coverage VALUES ('sockets', 'denied', 'no permission', 1);

-- unknown: without any intent nothing can be called unintended
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO containers(id, pid, namespace, shares_network) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 50, 2, 0);

-- fires: the internet reaches what is usually Redis, whatever the port of the host; no intent says so
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'cache', 'tiny');
INSERT INTO container_ports(container, protocol, address, port, container_port, namespace, is_rule) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'tcp', '0.0.0.0', 7000, 6379, 1, 1);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 7000, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: cache 7000/tcp

-- fires: an image of a database on a port that nobody knows, with a registry, a tag and a digest
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'db', 'registry.example.org:5000/x/postgres:16@sha256:12');
INSERT INTO container_ports(container, protocol, address, port, container_port, namespace, is_rule) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'tcp', '0.0.0.0', 7000, 7000, 1, 1);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 7000, 'dnat to 172.17.0.2:7000', 2, '172.17.0.2', 7000, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: db 7000/tcp

-- fires: more of the network than the intent allows
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'cache', 'redis');
INSERT INTO container_ports(container, protocol, address, port, container_port, namespace, is_rule) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'tcp', '192.0.2.10', 6379, 6379, 1, 1);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 6379, 6379, '10.1.0.0/16');
-- expect: cache 6379/tcp

-- fires: by the engine's proxy, without a rule
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'cache', 'redis');
INSERT INTO container_ports(container, protocol, address, port, container_port, namespace, is_rule) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'tcp', '0.0.0.0', 6379, 6379, 1, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 0, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, container, namespace) VALUES (60, 'docker-proxy', 0, 0, NULL, 1);
INSERT INTO socket_owners(inode, pid) VALUES (100, 60);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'input', 1, '192.0.2.10', 6379, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: cache 6379/tcp

-- quiet: published on every address, and a firewall stops who comes
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'cache', 'redis');
INSERT INTO container_ports(container, protocol, address, port, container_port, namespace, is_rule) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'tcp', '0.0.0.0', 6379, 6379, 1, 1);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'dnat to 172.17.0.2:6379', NULL, '172.17.0.2', 6379, 'network', '', '', '', NULL, '', 0, '0.0.0.0/0', 'inet guard pre');
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: on loopback, where neighbours alone get in
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'cache', 'redis');
INSERT INTO container_ports(container, protocol, address, port, container_port, namespace, is_rule) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'tcp', '127.0.0.1', 6379, 6379, 1, 1);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '127.0.0.1', 6379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'link', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 22, 22, '0.0.0.0/0');

-- quiet: a web server, which exposure/* looks at; and what the intent allows
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'web', 'nginx');
INSERT INTO container_ports(container, protocol, address, port, container_port, namespace, is_rule) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'tcp', '0.0.0.0', 8080, 80, 1, 1);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 8080, 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80, 'network', '0.0.0.0/0', '', '', NULL, '0.0.0.0/0', 1, '', NULL);
INSERT INTO container_ports(container, protocol, address, port, container_port, namespace, is_rule) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'tcp', '0.0.0.0', 6379, 6379, 1, 1);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '', NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 6379, 6379, '10.0.0.0/8');

-- unknown: a network of the owner's own, and no intent that could forbid it
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'cache', 'redis');
INSERT INTO container_ports(container, protocol, address, port, container_port, namespace, is_rule) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'tcp', '0.0.0.0', 6379, 6379, 1, 1);
INSERT INTO reachability VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.10', 6379, 'dnat to 172.17.0.2:6379', 2, '172.17.0.2', 6379, 'network', '10.0.0.0/8', '', '', NULL, '10.0.0.0/8', 0, '', NULL);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);

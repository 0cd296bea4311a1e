INSERT INTO containers(id, pid, namespace, shares_network) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 50, 2, 0);

-- fires: the port of a database, in a network that says nothing of its default
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'cache', 'tiny');
INSERT INTO engine_networks VALUES ('docker', 'shop_default', 'aa', 'bridge', '172.17.0.0/16', 'docker0', 0, 1, 1, NULL, 1);
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 7000, 5432, '172.17.0.2', 'shop_default', 1, 1, 1, 1);
-- expect: shop_default

-- fires: an image of one, on a port that nobody knows
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'cache', 'redis:7');
INSERT INTO engine_networks VALUES ('docker', 'bridge', 'aa', 'bridge', '172.17.0.0/16', 'docker0', 0, 1, 1, '0.0.0.0', 1);
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 7000, 7000, '172.17.0.2', 'bridge', 1, 1, 1, 1);
-- expect: bridge

-- quiet: the default is loopback, whatever an older container still has
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'cache', 'redis:7');
INSERT INTO engine_networks VALUES ('docker', 'bridge', 'aa', 'bridge', '172.17.0.0/16', 'docker0', 0, 1, 1, '127.0.0.1', 1);
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 6379, 6379, '172.17.0.2', 'bridge', 1, 1, 1, 1);

-- quiet: data on loopback, and a web server on every address
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 0, 'cache', 'nginx');
INSERT INTO engine_networks VALUES ('docker', 'bridge', 'aa', 'bridge', '172.17.0.0/16', 'docker0', 0, 1, 1, '0.0.0.0', 1);
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '127.0.0.1', 6379, 6379, '172.17.0.2', 'bridge', 1, 1, 1, 1);
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 80, 80, '172.17.0.2', 'bridge', 1, 1, 1, 1);

-- quiet: what a user's own Docker publishes, in a network of the same name
INSERT INTO container_configs(id, engine, path, uid, name, image) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', '/c', 1000, 'cache', 'redis:7');
INSERT INTO engine_networks VALUES ('docker', 'bridge', 'aa', 'bridge', '172.17.0.0/16', 'docker0', 0, 1, 1, '0.0.0.0', 1);
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 6379, 6379, '172.17.0.2', 'bridge', 1, 1, 1, 1);

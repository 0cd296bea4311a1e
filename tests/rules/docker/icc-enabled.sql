-- fires: two containers in the default network
INSERT INTO engine_networks VALUES ('docker', 'bridge', 'aa', 'bridge', '172.17.0.0/16', 'docker0', 0, 1, 1, '0.0.0.0', 2);
-- expect: bridge

-- quiet: one alone; a network of a project; the option is off
INSERT INTO engine_networks VALUES ('docker', 'bridge', 'aa', 'bridge', '172.17.0.0/16', 'docker0', 0, 1, 1, '0.0.0.0', 1);
INSERT INTO engine_networks VALUES ('docker', 'shop_default', 'bb', 'bridge', '172.18.0.0/16', NULL, 0, NULL, NULL, NULL, 7);
INSERT INTO engine_networks VALUES ('podman', 'podman', 'cc', 'bridge', '10.88.0.0/16', NULL, 0, NULL, NULL, NULL, 7);

-- quiet: closed
INSERT INTO engine_networks VALUES ('docker', 'bridge', 'aa', 'bridge', '172.17.0.0/16', 'docker0', 0, 1, 0, '0.0.0.0', 5);

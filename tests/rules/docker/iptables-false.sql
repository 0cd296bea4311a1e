INSERT INTO containers(id, pid, namespace, shares_network) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 50, 2, 0);

-- fires: a proxy, and no rule
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, scope) VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 80, 'input', 1, 'network');
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 80, 80, '172.17.0.2', 'bridge', 1, 0, 1, 1);
-- expect: docker

-- quiet: a rule; by IPv6 there is none
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, scope) VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 80, 'input', 1, 'network');
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 80, 80, '172.17.0.2', 'bridge', 1, 1, 1, 1);
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '::', 80, 80, '172.17.0.2', 'bridge', 1, 0, 1, 1);

-- quiet: nothing is published

-- quiet: rules alone, without a proxy; and one that only the record has
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 80, 80, '172.17.0.2', 'bridge', 1, 1, 0, 1);
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 81, 81, '172.17.0.2', 'bridge', 1, 0, 0, 1);

-- quiet: a host without a network
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 80, 80, '172.17.0.2', 'bridge', 1, 0, 1, 1);

-- quiet: DOCKER-USER stops what its rules lead on; other containers come by the proxy
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, scope) VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 80, 'input', NULL, 'network');
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, scope) VALUES (1, 'docker0', 'tcp', 'ipv4', '192.0.2.1', 80, 'input', 1, 'host');
INSERT INTO container_ports VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', 80, 80, '172.17.0.2', 'bridge', 1, 0, 1, 1);

-- quiet: 8,000 ports of IPv4 that nothing comes to, beside as many ways to others; it is told in time
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)
INSERT INTO container_ports SELECT 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'tcp', '0.0.0.0', i, 80, '172.17.0.2', 'bridge', 1, 0, 1, 1 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, scope) SELECT 1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 10000 + i, 'input', 1, 'network' FROM n;

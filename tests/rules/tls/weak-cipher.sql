INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);

-- fires: 3DES
INSERT INTO tls_endpoints(namespace, address, port, asked, asked_at, outcome, version, accepts_tls10, accepts_tls11, accepts_tls12, accepts_tls13, weak_suites, wants_certificate, chain)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'served', 'TLS 1.3', 0, 0, 1, 1, 'RC4 3DES', 0, 'ok');
-- expect: 0.0.0.0:443/tcp

-- quiet: none
INSERT INTO tls_endpoints(namespace, address, port, asked, asked_at, outcome, version, accepts_tls10, accepts_tls11, accepts_tls12, accepts_tls13, weak_suites, wants_certificate, chain)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'served', 'TLS 1.3', 0, 0, 1, 1, '', 0, 'ok');

-- quiet: not known
INSERT INTO tls_endpoints(namespace, address, port, asked, asked_at, outcome, version, accepts_tls10, accepts_tls11, accepts_tls12, accepts_tls13, weak_suites, wants_certificate, chain)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'served', 'TLS 1.3', 0, 0, 1, 1, NULL, 0, 'ok');

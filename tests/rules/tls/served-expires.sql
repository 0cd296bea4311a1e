INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);

-- fires: 25 days are left of ninety
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1794384000, 1802160000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp www.example.org (ECDSA)

-- fires: 28 days are left of a year
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1770883200, 1802419200, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp www.example.org (ECDSA)

-- fires: the policy wants sixty days
INSERT INTO settings(key, value) VALUES ('certificate_warn_days', '60');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1772784000, 1804320000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp www.example.org (ECDSA)

-- quiet: a third is left, when it is renewed
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1794816000, 1802592000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: twenty-eight days of ninety: the timer that renews it may be a day late
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1794643200, 1802419200, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: sixty days are left of a year
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1773648000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: two days are left of six
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1799654400, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: ten days are left, which is for another rule
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1793088000, 1800864000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

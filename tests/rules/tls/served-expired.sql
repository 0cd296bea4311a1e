INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);

-- fires: it ended yesterday
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1792137600, 1799913600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp www.example.org (ECDSA)

-- fires: two days are left of ninety
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1792396800, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp www.example.org (ECDSA)

-- fires: of a pair the one for RSA has ended, by one of two names
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'rsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1792137600, 1799913600, 'RSA', 2048, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed, name, origin)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'rsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1792137600, 1799913600, 'RSA', 2048, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0, 'example.org', 'certificate');
-- expect: 0.0.0.0:443/tcp www.example.org (RSA)

-- fires: the intermediate that the chain needs has ended
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'expired', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'expired', 1, 'CN=R1', 'CN=R1', '01', '', 1540713600, 1799913600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp CN=R1

-- fires: no name in it: its subject
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=old', 'CN=R1', '01', '', 1792137600, 1799913600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp CN=old (ECDSA)

-- fires: the policy wants ten days
INSERT INTO settings(key, value) VALUES ('certificate_critical_days', '10');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1769068800, 1800604800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp www.example.org (ECDSA)

-- quiet: two days are left of six: that is its life
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1799654400, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: an old root that the chain does not need has ended
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 2, 'CN=X3', 'CN=R1', '01', '', 1540713600, 1799913600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: it ends in the year 9999, and one begins before 1970
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', -600000000, 253402300799, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: ten days are left, which is for another rule
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1793088000, 1800864000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

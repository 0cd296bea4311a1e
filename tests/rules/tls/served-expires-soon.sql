INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);

-- fires: ten days are left of ninety
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1793088000, 1800864000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp www.example.org (ECDSA)

-- fires: less than a sixth is left of 45 days
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1796716800, 1800604800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp www.example.org (ECDSA)

-- fires: the intermediate ends this week
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 1, 'CN=R1', 'CN=R1', '01', '', 1541232000, 1800432000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp CN=R1

-- quiet: thirty days are left of ten years
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1487232000, 1802592000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: eight days are left of 45
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1796803200, 1800691200, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: two days are left of six
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1799654400, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: it has ended, which is for another rule
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1792137600, 1799913600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- quiet: the root that is served along ends this week: nobody needs it
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 1, 'CN=R1', 'CN=R1', '01', '', 1541232000, 1800432000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 1);

INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);

-- fires: RSA with 1024 bits
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'rsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'RSA', 1024, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp www.example.org (RSA)

-- fires: the intermediate is signed by SHA-1
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 1, 'CN=R1', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA1', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp CN=R1

-- fires: signed by MD5
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'MD5', 'f1', 0, 0);
-- expect: 0.0.0.0:443/tcp www.example.org (ECDSA)

-- fires: signed by itself, with a small key
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'DSA', 1024, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 1);
-- expect: 0.0.0.0:443/tcp www.example.org (ECDSA)

-- quiet: the root along with it is signed by SHA-1, by itself
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 1, 'CN=root', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA1', 'f1', 0, 1);

-- quiet: Ed25519 has 256 bits and no digest of its own
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'ED25519', 256, 'ecdsa-with-SHA256', NULL, 'f1', 0, 0);

-- quiet: EC with 224 bits, RSA with 2048
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 224, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'rsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'RSA', 2048, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

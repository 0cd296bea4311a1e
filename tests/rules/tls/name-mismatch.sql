INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);

-- fires: server_name has a name that the certificate has not
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed, name, origin, name_matches)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0, 'shop.example.org', 'nginx', 0);
-- expect: 0.0.0.0:443/tcp shop.example.org

-- fires: the policy has a name that the certificate has not
INSERT INTO settings(key, value) VALUES ('tls_names', 'shop.example.org');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed, name, origin, name_matches)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0, 'shop.example.org', 'policy', 0);
-- expect: 0.0.0.0:443/tcp shop.example.org

-- quiet: it has
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed, name, origin, name_matches)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0, 'www.example.org', 'nginx', 1);

-- quiet: a name that was only read from a certificate
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed, name, origin, name_matches)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0, 'harden.example.org', 'certificate', 0);

-- quiet: a name that was made for a wildcard
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed, name, origin, name_matches)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0, 'harden.example.org', 'wildcard', 0);

-- quiet: no name was asked for
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, key, chain, position, subject, issuer, serial, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, is_ca, is_self_signed)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'ecdsa', 'ok', 0, 'CN=www.example.org', 'CN=R1', '01', 'www.example.org example.org', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', 0, 0);

-- fires: within the days of this step
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/srv/app.p12', '', 'java', 'PKCS12', 'server', 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1793952000, 1801728000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 1, 1800000000, 'read');
-- expect: /srv/app.p12 a.example

-- fires: in a jar, without a name of a server
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/srv/app.jar!/BOOT-INF/classes/k.jks', '', 'java', 'JKS', 'server', 1, '', 'CN=R3', '', 1793952000, 1801728000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 1, 1800000000, 'read');
-- expect: /srv/app.jar!/BOOT-INF/classes/k.jks server

-- fires: a trust store that the policy names
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/srv/app.p12', '', 'policy', 'JCEKS', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1793952000, 1801728000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
-- expect: /srv/app.p12 a.example

-- quiet: another step, or none
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/srv/app.p12', '', 'java', 'JKS', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1793088000, 1800864000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 1, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/srv/app.p12', '', 'java', 'JKS', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1795680000, 1803456000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 1, 1800000000, 'read');

-- quiet: an authority in a trust store
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/srv/app.p12', '', 'java', 'JKS', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1793952000, 1801728000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');

-- quiet: PEM, which is for another rule
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1793952000, 1801728000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/srv/a.jar!/a.pem', '', 'java', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1793952000, 1801728000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');

-- fires: within the days of this step
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1792396800, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
-- expect: /etc/ssl/a.pem a.example

-- fires: it ended years ago, in a container
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', 'container 0123456789ab', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1714464000, 1722240000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
-- expect: container 0123456789ab /etc/ssl/a.pem a.example

-- fires: an intermediate in a bundle counts
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 2, 'CN=R3', 'CN=R3', '', 1792396800, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
-- expect: /etc/ssl/a.pem CN=R3

-- fires: a certificate of six days, by its lifetime
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1799516160, 1800034560, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
-- expect: /etc/ssl/a.pem a.example

-- fires: two services use one file: one finding
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1792396800, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'redis', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1792396800, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
-- expect: /etc/ssl/a.pem a.example

-- fires: the policy names it, whatever it is
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'policy', 'PEM', NULL, 2, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1792396800, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 1, 0, 0, 1800000000, 'read');
-- expect: /etc/ssl/a.pem a.example

-- quiet: another step, or none
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1792569600, 1800345600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');

-- quiet: one of six days is not late all its life
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1799533440, 1800051840, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');

-- quiet: the old root at the end of a bundle
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 2, 'CN=X3', 'CN=R3', '', 1792396800, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 1, 0, 0, 1800000000, 'read');

-- quiet: a folder of letsencrypt that nothing uses
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'letsencrypt', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1792396800, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');

-- quiet: a key store, which is for another rule
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'java', 'JKS', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1792396800, 1800172800, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 1, 1800000000, 'read');

-- quiet: a certificate without end, and one before 1970
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 225019900799, 253402300799, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'letsencrypt', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', -92808000001, -92808000000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');

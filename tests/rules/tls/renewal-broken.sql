-- fires: nothing renews it
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/letsencrypt/live/a.example/cert.pem', '', 'letsencrypt', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1794729600, 1802505600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
-- expect: /etc/letsencrypt/live/a.example

-- fires: a line of cron that does nothing where systemd runs
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/letsencrypt/live/a.example/cert.pem', '', 'letsencrypt', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1794729600, 1802505600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO renewals(kind, path, tool, is_active, has_failed) VALUES ('cron', '/etc/cron.d/certbot', 'certbot', 0, 0);
-- expect: /etc/letsencrypt/live/a.example

-- fires: the last renewal failed
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/letsencrypt/live/a.example/cert.pem', '', 'letsencrypt', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1794729600, 1802505600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO renewals(kind, path, tool, is_active, has_failed) VALUES ('timer', '/etc/cron.d/certbot', 'certbot', 1, 0);
INSERT INTO renewals(kind, path, tool, is_active, has_failed) VALUES ('log', '/etc/cron.d/certbot', 'certbot', 0, 1);
-- expect: /etc/letsencrypt/live/a.example

-- fires: it ended long ago, once however often it is read
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/letsencrypt/live/a.example/cert.pem', '', 'letsencrypt', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1714464000, 1722240000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/letsencrypt/live/a.example/cert.pem', '', 'letsencrypt', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1714464000, 1722240000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
-- expect: /etc/letsencrypt/live/a.example

-- quiet: a timer, and a log that says nothing bad
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/letsencrypt/live/a.example/cert.pem', '', 'letsencrypt', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1794729600, 1802505600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO renewals(kind, path, tool, is_active, has_failed) VALUES ('timer', '/etc/cron.d/certbot', 'certbot', 1, 0);
INSERT INTO renewals(kind, path, tool, is_active, has_failed) VALUES ('log', '/etc/cron.d/certbot', 'certbot', 0, 0);

-- quiet: more than a third is left
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/letsencrypt/live/a.example/cert.pem', '', 'letsencrypt', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1794902400, 1802678400, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');

-- quiet: an intermediate, another service, and a container
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/letsencrypt/live/a.example/cert.pem', '', 'letsencrypt', 'PEM', NULL, 2, 'CN=a.example', 'CN=R3', 'a.example', 1794729600, 1802505600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1794729600, 1802505600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/letsencrypt/live/a.example/cert.pem', 'container 0123456789ab', 'letsencrypt', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1794729600, 1802505600, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');

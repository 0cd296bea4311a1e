-- fires: the key of an older certificate
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '52', 0, 0, 0, 1800000000, 'read');
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 384, 0, 0, 0, '51', '/etc/ssl/a.pem', NULL, NULL);
-- expect: /etc/ssl/a.key

-- fires: it belongs to the second of the file
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '52', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 2, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 384, 0, 0, 0, '51', '/etc/ssl/a.pem', NULL, NULL);
-- expect: /etc/ssl/a.key

-- quiet: they belong together, and the chain has keys of its own
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 2, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '52', 0, 0, 0, 1800000000, 'read');
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 384, 0, 0, 0, '51', '/etc/ssl/a.pem', NULL, NULL);

-- quiet: a key with a pass phrase is not verified
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '52', 0, 0, 0, 1800000000, 'read');
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 384, 0, 0, 1, NULL, '/etc/ssl/a.pem', NULL, NULL);

-- quiet: the same paths in another container
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', 'container 0123456789ab', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '52', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 384, 0, 0, 0, '51', '/etc/ssl/a.pem', NULL, NULL);

-- quiet: a certificate whose key cannot be read, and one that is not there
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example www.a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', NULL, 0, 0, 0, 1800000000, 'read');
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 384, 0, 0, 0, '51', '/etc/ssl/a.pem', NULL, NULL);
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/b.key', '', 'nginx', NULL, 384, 0, 0, 0, '51', NULL, NULL, NULL);

-- fires: a kubeconfig, one of whose users has the key of another certificate
INSERT INTO certificates(path, place, used_by, format, position, spki, outcome) VALUES ('/etc/kubernetes/admin.conf', '', 'kubernetes', 'kubeconfig', 1, '51', 'read');
INSERT INTO certificates(path, place, used_by, format, position, spki, outcome) VALUES ('/etc/kubernetes/admin.conf', '', 'kubernetes', 'kubeconfig', 2, '52', 'read');
INSERT INTO private_keys(path, place, used_by, mode, uid, gid, spki, certificate) VALUES ('/etc/kubernetes/admin.conf', '', 'kubernetes', 384, 0, 0, '51', '/etc/kubernetes/admin.conf');
INSERT INTO private_keys(path, place, used_by, mode, uid, gid, spki, certificate) VALUES ('/etc/kubernetes/admin.conf', '', 'kubernetes', 384, 0, 0, '53', '/etc/kubernetes/admin.conf');
-- expect: /etc/kubernetes/admin.conf

-- quiet: each of its users has their own
INSERT INTO certificates(path, place, used_by, format, position, spki, outcome) VALUES ('/etc/kubernetes/admin.conf', '', 'kubernetes', 'kubeconfig', 1, '51', 'read');
INSERT INTO certificates(path, place, used_by, format, position, spki, outcome) VALUES ('/etc/kubernetes/admin.conf', '', 'kubernetes', 'kubeconfig', 2, '52', 'read');
INSERT INTO certificates(path, place, used_by, format, position, spki, outcome) VALUES ('/etc/kubernetes/admin.conf', '', 'kubernetes', 'kubeconfig', 3, '53', 'read');
INSERT INTO private_keys(path, place, used_by, mode, uid, gid, spki, certificate) VALUES ('/etc/kubernetes/admin.conf', '', 'kubernetes', 384, 0, 0, '51', '/etc/kubernetes/admin.conf');
INSERT INTO private_keys(path, place, used_by, mode, uid, gid, spki, certificate) VALUES ('/etc/kubernetes/admin.conf', '', 'kubernetes', 384, 0, 0, '52', '/etc/kubernetes/admin.conf');

-- fires: everybody may read it
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 420, 0, 0, 0, '51', '/etc/ssl/a.pem', NULL, NULL);
-- expect: /etc/ssl/a.key

-- fires: everybody may write it
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 386, 0, 0, 0, '51', '/etc/ssl/a.pem', NULL, NULL);
-- expect: /etc/ssl/a.key

-- fires: a folder on the way belongs to somebody else
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 384, 0, 0, 0, '51', '/etc/ssl/a.pem', '/srv/x belongs to user 1000', NULL);
-- expect: /etc/ssl/a.key

-- fires: a group may write it, though others cannot enter the folder
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 432, 0, 110, 0, '51', '/etc/ssl/a.pem', NULL, '/etc/ssl/private');
-- expect: /etc/ssl/a.key

-- fires: with a pass phrase or without
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 292, 0, 0, 1, NULL, '/etc/ssl/a.pem', NULL, NULL);
-- expect: /etc/ssl/a.key

-- quiet: root alone, or the group ssl-cert
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/a.key', '', 'nginx', NULL, 384, 0, 0, 0, '51', '/etc/ssl/a.pem', NULL, NULL);
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/ssl/private/b.key', '', 'nginx', NULL, 416, 0, 110, 0, '51', '/etc/ssl/a.pem', NULL, '/etc/ssl/private');
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/c.key', '', 'nginx', NULL, 416, 999, 999, 0, '51', '/etc/ssl/a.pem', NULL, NULL);

-- quiet: an old key of certbot, 0644 in a folder that is closed
INSERT INTO private_keys(path, place, used_by, alias, mode, uid, gid, is_encrypted, spki, certificate, exposed, closed_by)
	VALUES ('/etc/letsencrypt/live/a/privkey.pem', '', 'nginx', NULL, 420, 0, 0, 0, '51', '/etc/ssl/a.pem', NULL, '/etc/letsencrypt/live');

-- fires: everyone reads the password
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO redis_files VALUES (1, '0.0.0.0', 6379, '/etc/redis/redis.conf', 420, 999, 999, 'password', 1, 0);
-- expect: /etc/redis/redis.conf

-- fires: everyone writes what the server runs with, though it holds no password
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO redis_files VALUES (1, '0.0.0.0', 6379, '/etc/redis/redis.conf', 438, 999, 999, NULL, 1, 1);
-- expect: /etc/redis/redis.conf

-- fires: the hash of a password, in a container's file; two listeners of one server are one finding
INSERT INTO namespaces VALUES (1, NULL, 1), (2, 'box', 0);
INSERT INTO redis_files VALUES (2, '0.0.0.0', 6379, '/users.acl', 420, 999, 999, 'hash', 1, 0),
	(2, '::', 6379, '/users.acl', 420, 999, 999, 'hash', 1, 0);
-- expect: box /users.acl

-- quiet: everyone reads what is no secret
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO redis_files VALUES (1, '0.0.0.0', 6379, '/etc/redis/redis.conf', 420, 999, 999, NULL, 1, 0);

-- quiet: Debian's own, and a mode that looks open below a folder that is not
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO redis_files VALUES (1, '0.0.0.0', 6379, '/etc/redis/redis.conf', 416, 999, 999, 'password', 0, 0),
	(1, '0.0.0.0', 6380, '/srv/redis/redis.conf', 420, 999, 999, 'password', 0, 0);

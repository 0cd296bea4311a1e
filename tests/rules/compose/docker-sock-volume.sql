-- fires: the socket, read-only too, folders above it, and a named volume that is one of them
INSERT INTO compose_mounts VALUES ('p', 'a', 'bind', NULL, '/var/run/docker.sock', '/s', 0, 0, 'c.yml', 3), ('p', 'b', 'bind', NULL, '/', '/host', 0, 0, 'c.yml', 4), ('p', 'c', 'volume', 'sneaky', '/var/run', '/v', 1, 0, 'c.yml', 5), ('p', 'd', 'bind', NULL, '/run/podman/podman.sock', '/s', 1, 0, 'c.yml', 6), ('p', 'e', 'bind', NULL, '/run/user/1000/docker.sock', '/s', 1, 0, 'c.yml', 7), ('p', 'f', 'bind', NULL, '/run/containerd', '/s', 1, 0, 'c.yml', 8);
-- expect: a /var/run/docker.sock
-- expect: b /
-- expect: c /var/run
-- expect: d /run/podman/podman.sock
-- expect: e /run/user/1000/docker.sock
-- expect: f /run/containerd

-- quiet: a folder whose name only begins alike, a volume without a source, a file of the project's
INSERT INTO compose_mounts VALUES ('p', 'a', 'bind', NULL, '/var/run-data', '/s', 0, 0, 'c.yml', 3), ('p', 'b', 'volume', 'data', NULL, '/data', 1, 0, 'c.yml', 4), ('p', 'c', 'bind', NULL, '/srv/docker.sock.d', '/v', 1, 0, 'c.yml', 5), ('p', 'd', 'tmpfs', NULL, NULL, '/run', 1, 0, 'c.yml', 6);

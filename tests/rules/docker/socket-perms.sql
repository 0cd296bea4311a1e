-- fires: everybody, another user, a group for an engine that has none
INSERT INTO engine_sockets VALUES ('/run/docker.sock', 438, 0, 998);
INSERT INTO engine_sockets VALUES ('/run/podman/podman.sock', 432, 0, 1000);
INSERT INTO engine_sockets VALUES ('/run/crio/crio.sock', 384, 1000, 0);
-- expect: /run/crio/crio.sock
-- expect: /run/docker.sock
-- expect: /run/podman/podman.sock

-- quiet: as they are installed, and those of users
INSERT INTO engine_sockets VALUES ('/run/docker.sock', 432, 0, 998);
INSERT INTO engine_sockets VALUES ('/run/containerd/containerd.sock', 432, 0, 0);
INSERT INTO engine_sockets VALUES ('/run/user/1000/podman/podman.sock', 438, 1000, 1000);

-- fires: --privileged
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 0, 1000, 1000, 1000, 'web', '000001ffffffffff', '000001ffffffffff', 0, 0, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
-- expect: aaaaaaaaaaaa

-- fires: --cap-add ALL is the same
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 0, 1000, 1000, 1000, 'web', '000001ffffffffff', '000001ffffffffff', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
-- expect: aaaaaaaaaaaa

-- fires: an ordinary user of it, too, has programs that make it root
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '000001ffffffffff', 0, 0, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
-- expect: aaaaaaaaaaaa

-- quiet: all capabilities of a user namespace
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 0, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 100000, 1000, 0, 1000, 'web', '000001ffffffffff', '000001ffffffffff', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 0);

-- quiet: a sandbox of its own inside (Chromium)
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (51, 50, 1000, 1000, 'sh', '000001ffffffffff', '000001ffffffffff', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (51, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 0);

-- quiet: the engine on its way in
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (51, 50, 0, 1000, 'runc:[2:INIT]', '000001ffffffffff', '000001ffffffffff', 0, 0, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 4999);
INSERT INTO container_processes VALUES (51, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, comm, started) VALUES (90, 1, 65534, 'harden-jail', 5000);

-- quiet: some
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 0, 1000, 1000, 1000, 'web', '00000000a82425fb', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);

-- quiet: where the internet reaches it, that is a finding of its own
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 0, 1000, 1000, 1000, 'web', '000001ffffffffff', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0), (2, 1, 'lo', 1), (2, 2, 'eth0', 0);
INSERT INTO sockets VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 8080, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO reachability(namespace, interface, protocol, family, address, port, path, to_namespace, to_address, to_port, scope, sources, temporal, unknown, answered, is_public, blocked)
	VALUES (1, 'eth0', 'tcp', 'ipv4', '192.0.2.1', 80, 'dnat', 2, '172.17.0.2', 8080, 'network', '198.51.100.0/24', '', '', '198.51.100.0/24', 1, '');

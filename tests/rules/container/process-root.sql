-- fires: user id 0 of the host
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 0, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
-- expect: aaaaaaaaaaaa

-- fires: a process that somebody started in it as root (exec -u 0, set-user-id)
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (51, 50, 0, 1000, 'sh', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (51, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
-- expect: aaaaaaaaaaaa

-- quiet: an image that starts as root and drops is not root
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 999, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);

-- quiet: root inside a user namespace is not
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 0, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 100000, 1000, 0, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 0);

-- quiet: the engine on its way in
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (51, 50, 0, 1000, 'runc:[2:INIT]', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 4999);
INSERT INTO container_processes VALUES (51, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, comm, started) VALUES (90, 1, 65534, 'harden-jail', 5000);

-- fires: one that has been on its way for too long, which any process may say of itself
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (51, 50, 0, 1000, 'runc:[2:INIT]', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 100);
INSERT INTO container_processes VALUES (51, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, comm, started) VALUES (90, 1, 65534, 'harden-jail', 5000);
-- expect: aaaaaaaaaaaa

-- fires: but not one that calls itself so
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 0, 1000, 1000, 1000, 'runc:[2:INIT]', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
-- expect: aaaaaaaaaaaa

-- quiet: with more than it is given it is another finding
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 0, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO container_mounts VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '/x', '/etc', 'ext4', 1);

-- quiet: a health check of an image that dropped root is root for a moment
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (50, 1, 999, 1000, 'mysqld', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 100);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (51, 1, 0, 1000, 'mysqladmin', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 4995);
INSERT INTO container_processes VALUES (51, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (52, 51, 0, 1000, 'sh', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 4999);
INSERT INTO container_processes VALUES (52, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, comm, started) VALUES (90, 1, 65534, 'harden-jail', 5000);

-- fires: exec -u 0, which stays
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (50, 1, 999, 1000, 'mysqld', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 100);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (51, 1, 0, 1000, 'bash', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 4990);
INSERT INTO container_processes VALUES (51, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, comm, started) VALUES (90, 1, 65534, 'harden-jail', 5000);
-- expect: aaaaaaaaaaaa

-- fires: what a set-user-id program of it has started, and stays
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (50, 1, 999, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 100);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (51, 50, 0, 1000, 'miner', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 4000);
INSERT INTO container_processes VALUES (51, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, comm, started) VALUES (90, 1, 65534, 'harden-jail', 5000);
-- expect: aaaaaaaaaaaa

-- fires: the main process of one that was started just now
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (50, 1, 0, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 5000);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, comm, started) VALUES (90, 1, 65534, 'harden-jail', 5000);
-- expect: aaaaaaaaaaaa

-- quiet: the engine on its way in, which is the main process yet
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (50, 1, 0, 1000, 'runc:[2:INIT]', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 4999);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, comm, started) VALUES (90, 1, 65534, 'harden-jail', 5000);

-- fires: which does not stay so
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace, started) VALUES (50, 1, 0, 1000, 'runc:[2:INIT]', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 4900);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, comm, started) VALUES (90, 1, 65534, 'harden-jail', 5000);
-- expect: aaaaaaaaaaaa

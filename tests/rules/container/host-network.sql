-- fires: the host's own
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 1, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
-- expect: aaaaaaaaaaaa

-- quiet: its own
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);

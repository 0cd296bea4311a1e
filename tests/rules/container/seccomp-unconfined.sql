-- fires: no filter
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 0, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
-- expect: aaaaaaaaaaaa

-- quiet: a filter
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);

-- quiet: a privileged one has none either: one finding
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 0, 1000, 1000, 1000, 'web', '000001ffffffffff', '00000000a80425fb', 0, 0, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);

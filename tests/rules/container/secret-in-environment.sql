-- fires: one that is set, in each process that inherits it: once
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO processes(pid, ppid, uid, gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (51, 50, 1000, 1000, 'sh', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (51, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'DB_PASSWORD', 'set', NULL);
INSERT INTO environments(pid, name, verdict, value) VALUES (51, 'DB_PASSWORD', 'set', NULL);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'API_TOKEN', 'weak', NULL);
-- expect: aaaaaaaaaaaa API_TOKEN
-- expect: aaaaaaaaaaaa DB_PASSWORD

-- quiet: an empty one, one in a file, and what is only about passwords
INSERT INTO containers VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 50, '/docker/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2, 0, 0, 0, 0, 1, 1, NULL, NULL);
INSERT INTO processes(pid, ppid, uid, gid, inside_uid, inside_gid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, container, namespace) VALUES (50, 1, 1000, 1000, 1000, 1000, 'web', '0000000000000000', '00000000a80425fb', 0, 2, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 2);
INSERT INTO container_processes VALUES (50, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, 0, 0, 0, 0, 1);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'DB_PASSWORD', 'empty', NULL);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'DB_PASSWORD_FILE', 'file', NULL);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'MYSQL_RANDOM_ROOT_PASSWORD', 'weak', NULL);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'ALLOW_EMPTY_PASSWORD', 'weak', NULL);
INSERT INTO environments(pid, name, verdict, value) VALUES (50, 'TOKEN_URL', 'set', NULL);

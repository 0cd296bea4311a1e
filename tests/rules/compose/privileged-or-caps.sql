-- fires: each of them, ALL too
INSERT INTO compose_services(project, service, privileged, cap_add, network_mode, pid_mode, ipc_mode, userns_mode, security_opt) VALUES
 ('p', 'a', 1, NULL, NULL, NULL, NULL, NULL, NULL), ('p', 'b', 0, 'CHOWN,SYS_ADMIN', NULL, NULL, NULL, NULL, NULL),
 ('p', 'c', 0, 'ALL', NULL, NULL, NULL, NULL, NULL), ('p', 'd', 0, NULL, 'host', NULL, NULL, NULL, NULL),
 ('p', 'e', 0, NULL, NULL, 'host', NULL, NULL, NULL), ('p', 'f', 0, NULL, NULL, NULL, 'host', NULL, NULL),
 ('p', 'g', 0, NULL, NULL, NULL, NULL, 'host', NULL), ('p', 'h', 0, NULL, NULL, NULL, NULL, NULL, 'seccomp:unconfined'),
 ('p', 'i', 0, NULL, NULL, NULL, NULL, NULL, 'label:disable');
-- expect: a
-- expect: b
-- expect: c
-- expect: d
-- expect: e
-- expect: f
-- expect: g
-- expect: h
-- expect: i

-- quiet: a harmless capability, the network of another service, a private IPC namespace, no new privileges
INSERT INTO compose_services(project, service, privileged, cap_add, network_mode, ipc_mode, security_opt) VALUES
 ('p', 'a', 0, 'NET_BIND_SERVICE,CHOWN', 'service:vpn', 'private', 'no-new-privileges:true,label:type:svirt_apache_t'), ('p', 'b', 0, NULL, NULL, NULL, NULL);

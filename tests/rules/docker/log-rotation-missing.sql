-- fires: one finding for all
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 'web', 'nginx', NULL, NULL, 'running', NULL, 'json-file', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'docker', 'db', 'nginx', NULL, NULL, 'running', NULL, 'json-file', NULL, NULL, NULL);
-- expect: docker

-- quiet: a size, another driver, another engine, none that runs
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 'web', 'nginx', NULL, NULL, 'running', NULL, 'json-file', '10m', NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'docker', 'b', 'nginx', NULL, NULL, 'running', NULL, 'local', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', 'podman', 'c', 'nginx', NULL, NULL, 'running', NULL, 'json-file', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', 'docker', 'd', 'nginx', NULL, NULL, 'exited', NULL, 'json-file', NULL, NULL, NULL);

-- quiet: no containers at all

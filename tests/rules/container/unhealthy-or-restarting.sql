-- fires: by its check, and again and again
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 'web', 'nginx', NULL, NULL, 'running', 'unhealthy', 'json-file', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'docker', 'db', 'nginx', NULL, NULL, 'restarting', NULL, 'json-file', NULL, NULL, NULL);
-- expect: db
-- expect: web

-- quiet: well, without a check, just begun, and ended on purpose
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 'web', 'nginx', NULL, NULL, 'running', 'healthy', 'json-file', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'docker', 'b', 'nginx', NULL, NULL, 'running', NULL, 'json-file', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', 'docker', 'c', 'nginx', NULL, NULL, 'running', 'starting', 'json-file', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', 'docker', 'd', 'nginx', NULL, NULL, 'exited', 'unhealthy', 'json-file', NULL, NULL, NULL);

-- fires: no tag, and one that moves
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 'web', 'nginx', NULL, NULL, 'running', NULL, 'json-file', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'docker', 'db', 'postgres:latest', 'latest', NULL, 'running', NULL, 'json-file', NULL, NULL, NULL);
-- expect: db
-- expect: web

-- quiet: a version, a digest, an image by its id, what is built here, what does not run
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'docker', 'a', 'nginx:1.27', '1.27', NULL, 'running', NULL, 'json-file', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'docker', 'b', 'nginx', NULL, 'sha256:00', 'running', NULL, 'json-file', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', 'docker', 'c', '0123456789ab', NULL, NULL, 'running', NULL, 'json-file', NULL, NULL, NULL);
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', 'docker', 'd', 'shop-web', NULL, NULL, 'running', NULL, 'json-file', NULL, 'shop', 'web');
INSERT INTO engine_containers(id, engine, name, image, tag, digest, status, health, log_driver, log_max_size, project, service) VALUES ('eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'docker', 'e', 'nginx', NULL, NULL, 'exited', NULL, 'json-file', NULL, NULL, NULL);

-- fires: none, latest
INSERT INTO compose_services(project, service, image, image_name, tag, digest, is_image_unknown, has_build) VALUES ('p', 'a', 'nginx', 'nginx', NULL, NULL, 0, 0), ('p', 'b', 'nginx:latest', 'nginx', 'latest', NULL, 0, 0);
-- expect: a
-- expect: b

-- quiet: a version, a digest, what is built here, and a tag that the deploy sets
INSERT INTO compose_services(project, service, image, image_name, tag, digest, is_image_unknown, has_build) VALUES ('p', 'a', 'nginx:1.25', 'nginx', '1.25', NULL, 0, 0), ('p', 'b', 'nginx:latest@sha256:00', 'nginx', 'latest', 'sha256:00', 0, 0), ('p', 'c', 'app', 'app', NULL, NULL, 0, 1), ('p', 'd', 'app:', 'app', '', NULL, 1, 0), ('p', 'e', NULL, NULL, NULL, NULL, 0, 1);

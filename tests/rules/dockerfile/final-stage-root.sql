-- fires: no USER, root by name and by number, scratch
INSERT INTO compose_services(project, service) VALUES ('p', 'a'), ('p', 'b'), ('p', 'c'), ('p', 'd');
INSERT INTO dockerfile_stages(project, service, file, stage, is_final, is_shipped, image, image_name, tag, user, line) VALUES ('p', 'a', 'a/Dockerfile', 0, 1, 1, 'node:20', 'node', '20', NULL, 1), ('p', 'b', 'b/Dockerfile', 0, 1, 1, 'node:20', 'node', '20', 'root', 4), ('p', 'c', 'c/Dockerfile', 0, 1, 1, 'node:20', 'node', '20', '0:0', 4), ('p', 'd', 'd/Dockerfile', 0, 1, 1, 'scratch', 'scratch', NULL, NULL, 1);
-- expect: a/Dockerfile
-- expect: b/Dockerfile
-- expect: c/Dockerfile
-- expect: d/Dockerfile

-- quiet: only an earlier stage is root; a base image that is not; a user of the Compose file's; one that is not known
INSERT INTO compose_services(project, service, user, user_line) VALUES ('p', 'a', NULL, NULL), ('p', 'b', NULL, NULL), ('p', 'c', '1000', 5), ('p', 'd', NULL, NULL);
INSERT INTO dockerfile_stages(project, service, file, stage, is_final, is_shipped, image, image_name, tag, user, line) VALUES ('p', 'a', 'a/Dockerfile', 0, 0, 0, 'node:20', 'node', '20', 'root', 2), ('p', 'a', 'a/Dockerfile', 1, 1, 1, 'node:20', 'node', '20', 'node', 9), ('p', 'b', 'b/Dockerfile', 0, 1, 1, 'gcr.io/distroless/static:nonroot', 'static', 'nonroot', NULL, 1), ('p', 'c', 'c/Dockerfile', 0, 1, 1, 'node:20', 'node', '20', 'root', 4), ('p', 'd', 'd/Dockerfile', 0, 1, 1, 'node:20', 'node', '20', '', 4);

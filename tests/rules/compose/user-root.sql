-- fires: by name, by number, written oddly, with a group; and where only the image decides
INSERT INTO compose_services(project, service, image, image_name, tag, has_build, user, user_line, line) VALUES ('p', 'a', 'x:1', 'x', '1', 0, 'root', 3, 2), ('p', 'b', 'x:1', 'x', '1', 0, '0', 3, 2), ('p', 'c', 'x:1', 'x', '1', 0, '00', 3, 2), ('p', 'd', NULL, NULL, NULL, 1, 'root:root', 3, 2), ('p', 'e', 'x:1', 'x', '1', 0, '0:1000', 3, 2), ('p', 'f', 'x:1', 'x', '1', 0, NULL, NULL, 2);
-- expect: a
-- expect: b
-- expect: c
-- expect: d
-- expect: e
-- expect: f

-- quiet: another user, one whose name begins with root, a Dockerfile decides, the image says so, and what depends on a variable
INSERT INTO compose_services(project, service, image, image_name, tag, has_build, user, user_line, line) VALUES ('p', 'a', 'x:1', 'x', '1', 0, '1000:0', 3, 2), ('p', 'b', 'x:1', 'x', '1', 0, 'rooter', 3, 2), ('p', 'c', NULL, NULL, NULL, 1, NULL, NULL, 2), ('p', 'd', 'nginxinc/nginx-unprivileged:1', 'nginx-unprivileged', '1', 0, NULL, NULL, 2), ('p', 'e', 'gcr.io/distroless/static:nonroot', 'static', 'nonroot', 0, NULL, NULL, 2), ('p', 'f', 'x:1', 'x', '1', 0, ':', 3, 2), ('p', 'g', 'x:1', 'x', '1', 0, '01000', 3, 2);

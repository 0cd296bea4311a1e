-- fires: on all addresses, by the port of a database, by its image, on a port that the engine takes, on a public address
INSERT INTO compose_services(project, service, image_name) VALUES ('p', 'db', 'own-build'), ('p', 'cache', 'redis'), ('p', 'six', 'mongo');
INSERT INTO compose_ports VALUES ('p', 'db', NULL, 15432, 15432, 5432, 5432, 'tcp', 0, 'docker-compose.yml', 7), ('p', 'cache', NULL, NULL, NULL, 7000, 7000, 'tcp', 0, 'docker-compose.yml', 9), ('p', 'six', '::', 1, 1, 2, 2, 'tcp', 0, 'docker-compose.yml', 11), ('p', 'six', '8.8.8.8', 1, 3, 2, 4, 'udp', 0, 'docker-compose.yml', 12);
-- expect: db 0.0.0.0:15432:5432/tcp
-- expect: cache 0.0.0.0:7000/tcp
-- expect: six [::]:1:2/tcp
-- expect: six 8.8.8.8:1-3:2-4/udp

-- quiet: on loopback and a private address, a web server, and what depends on a variable
INSERT INTO compose_services(project, service, image_name) VALUES ('p', 'db', 'postgres'), ('p', 'web', 'nginx');
INSERT INTO compose_ports VALUES ('p', 'db', '127.0.0.1', 5432, 5432, 5432, 5432, 'tcp', 0, 'c.yml', 7), ('p', 'db', '::1', 5432, 5432, 5432, 5432, 'tcp', 0, 'c.yml', 7), ('p', 'db', '10.1.2.3', 5432, 5432, 5432, 5432, 'tcp', 0, 'c.yml', 7), ('p', 'web', NULL, 80, 80, 8080, 8080, 'tcp', 0, 'c.yml', 9), ('p', 'db', NULL, NULL, NULL, 5432, 5432, 'tcp', 1, 'c.yml', 7);

-- quiet: expose, which is no publishing, makes no row; 22:22 is SSH
INSERT INTO compose_services(project, service, image_name) VALUES ('p', 'git', 'gitea');
INSERT INTO compose_ports VALUES ('p', 'git', NULL, 22, 22, 22, 22, 'tcp', 0, 'c.yml', 7);

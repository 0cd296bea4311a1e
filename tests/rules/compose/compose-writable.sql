-- fires: the file, and the folder above
INSERT INTO compose_files VALUES ('docker-compose.yml', 'compose', 1, 0, 1, 0, 'directory /srv/app: mode 0777 lets everyone write'), ('base.yml', 'compose', 0, 0, 1, 0, 'mode 0666 lets everyone write');
-- expect: docker-compose.yml
-- expect: base.yml

-- quiet: nobody else could; a file of variables has its own rule
INSERT INTO compose_files VALUES ('docker-compose.yml', 'compose', 1, 0, 1, 0, NULL), ('.env', 'variables', 0, 1, 1, 0, 'mode 0666 lets everyone write');

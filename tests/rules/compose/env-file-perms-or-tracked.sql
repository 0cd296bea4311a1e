-- fires: readable, writable, and in the repository
INSERT INTO compose_files VALUES ('.env', 'variables', 0, 1, 1, 0, NULL), ('db.env', 'variables', 0, 1, 0, 0, 'mode 0602 lets everyone write'), ('git.env', 'variables', 0, 1, 0, 1, NULL);
-- expect: git.env
-- expect: .env
-- expect: db.env

-- quiet: closed, without secrets, and the Compose file itself
INSERT INTO compose_files VALUES ('.env', 'variables', 0, 1, 0, 0, NULL), ('versions.env', 'variables', 0, 0, 1, 0, NULL), ('docker-compose.yml', 'compose', 1, 0, 1, 0, NULL);

-- fires: in the environment, as an argument of the build, and as an option of the command
INSERT INTO compose_environment VALUES ('p', 'web', 'DB_PASSWORD', 'literal', 'environment', 'c.yml', 5), ('p', 'web', 'NPM_TOKEN', 'literal', 'build_args', 'c.yml', 9), ('p', 'cache', 'requirepass', 'literal', 'command', 'c.yml', 12);
-- expect: cache requirepass
-- expect: web DB_PASSWORD
-- expect: web NPM_TOKEN

-- quiet: a reference, a file of its own, a name that ends in _FILE, nothing
INSERT INTO compose_environment VALUES ('p', 'web', 'DB_PASSWORD', 'reference', 'environment', 'c.yml', 5), ('p', 'web', 'API_TOKEN', 'literal', 'env_file', 'web.env', 1), ('p', 'web', 'DB_PASSWORD_FILE', 'plain', 'environment', 'c.yml', 6), ('p', 'web', 'SECRET', 'empty', 'environment', 'c.yml', 7);

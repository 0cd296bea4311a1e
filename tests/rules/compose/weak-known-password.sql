-- fires: in the file, and in a file of variables
INSERT INTO compose_environment VALUES ('p', 'db', 'MYSQL_ROOT_PASSWORD', 'weak', 'environment', 'c.yml', 5), ('p', 'db', 'PGPASSWORD', 'weak', 'env_file', 'db.env', 2);
-- expect: db MYSQL_ROOT_PASSWORD
-- expect: db PGPASSWORD

-- quiet: one that nobody knows, one from elsewhere, and a word that is no secret
INSERT INTO compose_environment VALUES ('p', 'db', 'MYSQL_ROOT_PASSWORD', 'literal', 'environment', 'c.yml', 5), ('p', 'db', 'PGPASSWORD', 'reference', 'environment', 'c.yml', 6), ('p', 'db', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'plain', 'environment', 'c.yml', 7);

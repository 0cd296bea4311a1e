-- fires: as text in any stage, and in the final one and those below what it is handed and keys
INSERT INTO dockerfile_stages(project, service, file, stage, is_final, is_shipped, secrets, secrets_line, handed, handed_line, keys, keys_line) VALUES ('p', 'a', 'Dockerfile', 0, 0, 0, 'ENV API_KEY', 3, NULL, NULL, NULL, NULL), ('p', 'a', 'Dockerfile', 1, 0, 1, NULL, NULL, 'ARG NPM_TOKEN', 8, NULL, NULL), ('p', 'a', 'Dockerfile', 2, 1, 1, NULL, NULL, NULL, NULL, 'id_rsa', 12), ('p', 'b', 'Dockerfile', 0, 0, 0, 'ENV API_KEY', 3, NULL, NULL, NULL, NULL);
-- expect: Dockerfile holds ENV API_KEY
-- expect: Dockerfile keeps ARG NPM_TOKEN
-- expect: Dockerfile copies id_rsa

-- quiet: a stage that is not shipped may be handed a token and a key
INSERT INTO dockerfile_stages(project, service, file, stage, is_final, is_shipped, secrets, handed, handed_line, keys, keys_line) VALUES ('p', 'a', 'Dockerfile', 0, 0, 0, NULL, 'ARG NPM_TOKEN', 3, 'id_rsa', 4), ('p', 'a', 'Dockerfile', 1, 1, 1, NULL, NULL, NULL, NULL, NULL);

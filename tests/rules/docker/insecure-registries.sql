-- fires: a name and a network
INSERT INTO engines(engine, insecure_registries) VALUES ('docker', '["127.0.0.0/8","10.0.0.0/8","registry.example.org:5000"]');
-- expect: 10.0.0.0/8
-- expect: registry.example.org:5000

-- quiet: loopback, which is always there; another engine has its own file
INSERT INTO engines(engine, insecure_registries) VALUES ('docker', '["127.0.0.0/8","::1/128","localhost:5000","127.0.0.1:5000","[::1]:5000"]');
INSERT INTO engines(engine, insecure_registries) VALUES ('podman', '[]');

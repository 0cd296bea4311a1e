-- fires: the tag was built anew, the container runs what was before; no tag is latest
INSERT INTO engine_containers(id, engine, name, image, tag, image_id, status) VALUES ('aa', 'docker', 'web', 'shop', NULL, 'sha256:1', 'running');
INSERT INTO images VALUES ('docker', 'sha256:2', 'shop:latest', NULL, 0, 1), ('docker', 'sha256:1', NULL, NULL, 0, 1);
-- expect: web

-- fires: written out as no other does
INSERT INTO engine_containers(id, engine, name, image, tag, image_id, status) VALUES ('aa', 'docker', 'cache', 'docker.io/library/redis:7', '7', 'sha256:1', 'running');
INSERT INTO images VALUES ('docker', 'sha256:2', 'redis:7', 'sha256:22', 0, 1);
-- expect: cache

-- quiet: it is the same; a tag that is gone; one that does not run; by digest
INSERT INTO engine_containers(id, engine, name, image, tag, digest, image_id, status) VALUES
	('aa', 'docker', 'same', 'docker.io/library/redis:7', '7', NULL, 'sha256:1', 'running'),
	('bb', 'docker', 'gone', 'shop:1', '1', NULL, 'sha256:3', 'running'),
	('cc', 'docker', 'ended', 'redis:7', '7', NULL, 'sha256:4', 'exited'),
	('dd', 'docker', 'pinned', 'redis:7@sha256:99', '7', 'sha256:99', 'sha256:4', 'running'),
	('ee', 'podman', 'other', 'docker.io/library/redis:7', '7', NULL, '5', 'running');
INSERT INTO images VALUES ('docker', 'sha256:1', 'redis:7', NULL, 0, 1), ('podman', 'sha256:5', 'docker.io/library/redis:7', NULL, 0, 1);

-- quiet: another tag of the same image moved on, not the one that was asked for
INSERT INTO engine_containers(id, engine, name, image, tag, image_id, status) VALUES ('aa', 'docker', 'web', 'shop:1', '1', 'sha256:1', 'running');
INSERT INTO images VALUES ('docker', 'sha256:1', 'shop:1', NULL, 0, 1), ('docker', 'sha256:2', 'shop:latest', NULL, 0, 1);

-- quiet: 8,000 containers and as many images, which are told in time
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)
INSERT INTO engine_containers(id, engine, name, image, tag, image_id, status) SELECT i, 'docker', 'c' || i, 'shop:' || i, i, 'sha256:' || i, 'running' FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)
INSERT INTO images(engine, id, name) SELECT 'docker', 'sha256:' || i, 'shop:' || i FROM n;

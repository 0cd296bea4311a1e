-- title:    A container is not well
-- severity: medium
-- why:      A deploy on top of it hides what is broken now. Look first: docker logs --tail 50 NAME, and
--           docker inspect --format '{{json .State}}' NAME, which has the output of its health check.
-- refs:     CIS Docker 5.27

SELECT DISTINCT coalesce(name, substr(id, 1, 12)) AS subject,
       'Container ' || coalesce(name, substr(id, 1, 12))
       || CASE WHEN status = 'restarting' THEN ' ends, and is started again and again.'
	       WHEN status = 'dead' THEN ' is dead: it could not be removed.'
	       ELSE ' says by its health check that it is not well.' END AS detail
  FROM engine_containers
 WHERE status IN ('restarting', 'dead') OR (status = 'running' AND health = 'unhealthy')

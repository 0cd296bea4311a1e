-- title:    Docker keeps logs without end
-- severity: low
-- why:      One day they have filled the disk, and a deploy or the database fails. In
--           /etc/docker/daemon.json: "log-driver": "local", which rotates, or "log-opts": {"max-size":
--           "10m", "max-file": "3"}; then systemctl restart docker. Containers that exist keep their
--           setting until they are made anew: docker compose up -d --force-recreate.
-- refs:     CWE-400

SELECT 'docker' AS subject,
       'Nothing ends the log of ' || group_concat(name, ', ') || CASE WHEN max(count) > 5 THEN ' and others.' ELSE '.' END
       AS detail
  FROM (SELECT coalesce(name, substr(id, 1, 12)) AS name, count(*) OVER () AS count,
	       row_number() OVER (ORDER BY name, id) AS rank
	  FROM engine_containers
	 WHERE engine = 'docker' AND log_driver = 'json-file' AND log_max_size IS NULL
	   AND status IN ('running', 'restarting', 'paused'))
 WHERE rank <= 5
HAVING count(*) > 0

-- title:    A container has a part of the host mounted that gives the host away
-- severity: high
-- why:      From there the host's keys can be read, or what the host runs as root can be changed. Mount
--           only the folder of the service's own data, and :ro where it only reads; -v
--           /etc/localtime:/etc/localtime:ro is fine, -v /etc:/etc is not. Then start it anew:
--           docker compose up -d SERVICE.
-- refs:     CWE-250, CIS Docker 5.6

-- One finding for all that a mount brings along. What has the engine's socket below is told by
-- container/docker-sock-mounted.
WITH tops AS (
	SELECT p.container, p.top, max(p.kind = 'engine') AS has_engine,
	       max(p.is_writable AND p.target = p.top) AS is_writable,
	       min(CASE WHEN p.target = p.top THEN p.source END) AS source, min(p.source) AS below
	  FROM container_host_paths p
	 GROUP BY p.container, p.top
)
SELECT f.label || ' ' || coalesce(t.source, t.below) AS subject,
       'Container ' || f.label || ' has ' || coalesce(t.source, t.below) || ' of the host mounted, as ' || min(t.top)
       || CASE WHEN max(t.is_writable) THEN ', and may write there.' ELSE ', to read.' END AS detail
  FROM tops t
  JOIN container_names f ON f.id = t.container
 WHERE NOT t.has_engine
 GROUP BY f.id, coalesce(t.source, t.below)

-- title:    A Compose file starts a container as root
-- severity: medium
-- why:      Root in a container is root for the kernel: one flaw in it, or one mount too many, and it is
--           root on the host. Try user: "10001:10001" for the service, own its volumes by that user
--           (chown -R 10001:10001 DIR), and look whether it comes up: docker compose up SERVICE. Where
--           only the image decides it is unverified until run: docker compose exec SERVICE id, and
--           docker compose top SERVICE, show it; an image that drops root by itself is fine.
-- refs:     CWE-250, CIS Docker 4.1

WITH users AS (
	SELECT s.*, CASE WHEN instr(user, ':') > 0 THEN substr(user, 1, instr(user, ':') - 1) ELSE user END AS name
	  FROM compose_services s
)
SELECT service AS subject,
       'Service ' || service
       || CASE WHEN coalesce(name, '') <> '' THEN ' runs as ' || name || '.'
	       ELSE ' names no user, so its image decides, which is most often root: unverified until run.' END AS detail,
       file AS file, coalesce(user_line, line) AS line
  FROM users
 WHERE name = 'root' OR (name GLOB '0*' AND trim(name, '0') = '')
    -- nothing says who: a Dockerfile has a rule of its own, and some images say it in their names
    OR (coalesce(name, '') = '' AND user_line IS NULL AND NOT has_build AND image IS NOT NULL
	AND NOT (coalesce(tag, '') LIKE '%nonroot%' OR coalesce(tag, '') LIKE '%rootless%'
		 OR coalesce(tag, '') LIKE '%unprivileged%'
		 OR image_name LIKE '%unprivileged%' OR image_name LIKE '%rootless%' OR image_name LIKE '%nonroot%'
		 OR image LIKE 'bitnami/%' OR image LIKE '%/bitnami/%' OR image LIKE 'bitnamilegacy/%'
		 OR image LIKE 'cgr.dev/%'))

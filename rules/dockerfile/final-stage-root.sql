-- title:    What a Dockerfile builds starts as root
-- severity: medium
-- why:      Root in a container is root for the kernel. End the last stage with a user of its own: RUN
--           useradd --system --uid 10001 app (Alpine has adduser -S -u 10001 app), then USER 10001;
--           COPY with --chown=10001 what it must write. Then: docker compose build SERVICE && docker
--           compose up -d SERVICE. If its entry point drops root by itself (gosu, su-exec), say so in a
--           waiver.
-- refs:     CWE-250, CIS Docker 4.1, CKV_DOCKER_3

WITH users AS (
	SELECT d.file, d.line, d.user, d.image, d.image_name, d.tag,
	       CASE WHEN instr(d.user, ':') > 0 THEN substr(d.user, 1, instr(d.user, ':') - 1) ELSE d.user END AS login
	  FROM dockerfile_stages d
	  JOIN compose_services s ON s.project = d.project AND s.service = d.service
	 WHERE d.is_final
	   AND s.user_line IS NULL -- else the Compose file decides
)
SELECT file AS subject,
       CASE WHEN user IS NULL AND image_name = 'scratch' THEN 'The image is built from nothing and names no USER, so it starts as root.'
	    WHEN user IS NULL THEN 'No USER is named, so the user of ' || image || ' is taken over, which is most often root: unverified until run.'
	    ELSE 'The last USER is ' || user || '.' END AS detail,
       file AS file, min(line) AS line
  FROM users
 WHERE login = 'root' OR (login GLOB '0*' AND trim(login, '0') = '')
    OR (user IS NULL
	AND NOT (coalesce(tag, '') LIKE '%nonroot%' OR coalesce(tag, '') LIKE '%rootless%'
		 OR coalesce(tag, '') LIKE '%unprivileged%'
		 OR image_name LIKE '%unprivileged%' OR image_name LIKE '%rootless%' OR image_name LIKE '%nonroot%'
		 OR image LIKE 'bitnami/%' OR image LIKE '%/bitnami/%' OR image LIKE 'cgr.dev/%'))
 GROUP BY file

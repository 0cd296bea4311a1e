-- title:    A Dockerfile puts a secret into the image
-- severity: high
-- why:      Whoever can pull the image reads it: docker history --no-trunc IMAGE, and docker inspect; a
--           later RUN rm takes nothing out. Make a new secret. While building, use RUN
--           --mount=type=secret,id=NAME with docker build --secret id=NAME,src=FILE; while running, hand
--           it over as a file (secrets). Then build again, and delete the old image from the registry.
-- refs:     CWE-798, CWE-522, CIS Docker 4.10

WITH found AS (
	SELECT file, secrets_line AS line, 'holds ' || secrets AS what FROM dockerfile_stages WHERE secrets IS NOT NULL
	UNION
	-- what a stage is handed stays in its history; one that only files are copied out of is not shipped
	SELECT file, handed_line, 'keeps ' || handed FROM dockerfile_stages WHERE handed IS NOT NULL AND is_shipped
	UNION
	SELECT file, keys_line, 'copies ' || keys FROM dockerfile_stages WHERE keys IS NOT NULL AND is_shipped
)
SELECT file || ' ' || what AS subject,
       file || ' ' || what
       || CASE WHEN what LIKE 'holds %' THEN ' as a text.' WHEN what LIKE 'keeps %' THEN ', which the build is given.'
	       ELSE ' into the image.' END AS detail,
       file AS file, min(line) AS line
  FROM found
 GROUP BY file, what

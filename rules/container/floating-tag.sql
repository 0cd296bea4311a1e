-- title:    A container was started from an image that may be another one tomorrow
-- severity: low
-- why:      When it is made anew, another version comes, or what somebody else has put in its place,
--           and nobody can say which one ran. Name a version, best with its digest: docker image
--           inspect --format '{{.RepoDigests}}' IMAGE shows what runs now; then IMAGE:TAG@sha256:….
-- refs:     CWE-1357, CIS Docker 5.28

-- What Compose built here has no tag either, and is what the Dockerfile says.
SELECT DISTINCT coalesce(e.name, substr(e.id, 1, 12)) AS subject,
       'Container ' || coalesce(e.name, substr(e.id, 1, 12)) || ' was started from ' || e.image
       || CASE WHEN e.tag IS NULL THEN ', which has no tag, so it is latest.' ELSE ', a tag that moves.' END AS detail
  FROM engine_containers e
 WHERE e.status IN ('running', 'restarting', 'paused') AND e.digest IS NULL AND e.image IS NOT NULL
   AND NOT (length(e.image) >= 12 AND e.image NOT GLOB '*[^0-9a-f]*') AND e.image NOT GLOB 'sha256:*'
   AND NOT (e.project IS NOT NULL AND e.tag IS NULL
	    AND e.image IN (e.project || '-' || e.service, e.project || '_' || e.service))
   AND coalesce(e.tag, 'latest')
       IN ('latest', 'edge', 'nightly', 'main', 'master', 'dev', 'develop', 'stable', 'lts', 'rolling')

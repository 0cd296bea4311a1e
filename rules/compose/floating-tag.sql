-- title:    A Compose file names an image that may be another one tomorrow
-- severity: low
-- why:      The next pull can bring another version, or what somebody else has put in its place, and
--           nobody can say which one ran. Write a version, best with its digest: docker buildx
--           imagetools inspect IMAGE:TAG shows it; then image: IMAGE:TAG@sha256:….
-- refs:     CWE-1357, CIS Docker 5.28

SELECT service AS subject,
       'Service ' || service || ' starts ' || image
       || CASE WHEN tag IS NULL THEN ', which has no tag, so it is latest.' ELSE ', a tag that moves.' END AS detail,
       file AS file, line AS line
  FROM compose_services
 WHERE digest IS NULL AND NOT has_build AND image_name <> ''
   AND NOT (is_image_unknown AND tag = '')
   AND coalesce(nullif(tag, ''), 'latest')
       IN ('latest', 'edge', 'nightly', 'main', 'master', 'dev', 'develop', 'stable', 'lts', 'rolling')

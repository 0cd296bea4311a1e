-- title:    A container runs an image that its tag does not name any more
-- severity: low
-- why:      The tag was built or pulled anew, and the container was not made anew: what runs is the old
--           one, without what was fixed since, and the next restart by hand brings a change that
--           nobody expects. docker compose up -d SERVICE makes it anew (docker run: stop, rm, run). Or
--           the old one is meant: then give it a tag of its own, docker tag ID NAME:OLD.
-- refs:     CWE-1104, CIS Docker 5.28

-- Names as Docker writes them: docker.io/library/redis is redis, and no tag is latest. A tag that is
-- not there any more says nothing, nor does an image that was asked for by its digest or id.
WITH asked AS (
	SELECT id, coalesce(name, substr(id, 1, 12)) AS label, engine, image_id, image,
	       CASE WHEN tag IS NULL THEN image || ':latest' ELSE image END AS reference
	  FROM engine_containers
	 WHERE status IN ('running', 'restarting', 'paused') AND digest IS NULL AND image_id IS NOT NULL
), named AS MATERIALIZED ( -- both in one form, so that they are joined by an index
	SELECT DISTINCT engine, replace(id, 'sha256:', '') AS image_id,
	       CASE WHEN name GLOB 'docker.io/library/*' THEN substr(name, 19)
		    WHEN name GLOB 'docker.io/*' THEN substr(name, 11)
		    WHEN name GLOB 'library/*' THEN substr(name, 9)
		    ELSE name END AS short
	  FROM images
	 WHERE name IS NOT NULL
), short AS MATERIALIZED (
	SELECT a.*,
	       CASE WHEN reference GLOB 'docker.io/library/*' THEN substr(reference, 19)
		    WHEN reference GLOB 'docker.io/*' THEN substr(reference, 11)
		    WHEN reference GLOB 'library/*' THEN substr(reference, 9)
		    ELSE reference END AS short
	  FROM asked a
)
SELECT s.label AS subject,
       'Container ' || s.label || ' was started from ' || s.image || ', which is another image now.' AS detail
  FROM short s
  JOIN named i ON i.engine = s.engine AND i.short = s.short
 GROUP BY s.engine, s.id
HAVING max(i.image_id = replace(s.image_id, 'sha256:', '')) = 0

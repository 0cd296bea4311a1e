-- title:    A container has a secret in its environment
-- severity: medium
-- why:      Every program in it inherits it, docker inspect shows it, and error pages and crash
--           reports print it. Put it into a file that only its owner reads (secrets: in Compose), hand
--           that over as NAME_FILE where the image takes it, and make a new one: this one is in the
--           history of whoever may use the engine.
-- refs:     CWE-526, CWE-522

-- Names that only say something about passwords hold none.
SELECT DISTINCT f.label || ' ' || e.name AS subject,
       'Container ' || f.label || ' has ' || e.name || ' in its environment.' AS detail
  FROM container_names f
  JOIN processes p ON p.container = f.id
  JOIN environments e ON e.pid = p.pid
 WHERE e.verdict IN ('set', 'weak')
   AND NOT (e.name LIKE '%RANDOM%' OR e.name LIKE 'ALLOW%' OR e.name LIKE '%ENABLE%' OR e.name LIKE '%DISABLE%'
	    OR e.name LIKE '%REQUIRE%' OR e.name LIKE '%EXPIR%' OR e.name LIKE '%!_PATH' ESCAPE '!'
	    OR e.name LIKE '%!_DIR' ESCAPE '!' OR e.name LIKE '%!_URL' ESCAPE '!' OR e.name LIKE '%!_TTL' ESCAPE '!'
	    OR e.name LIKE '%LENGTH' OR e.name LIKE '%POLICY' OR e.name LIKE '%ONETIME%' OR e.name LIKE '%!_NAME' ESCAPE '!')

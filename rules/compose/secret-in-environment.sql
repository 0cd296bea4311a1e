-- title:    A secret stands in a Compose file
-- severity: medium
-- why:      It is in the repository, in its history and in everybody's copy. Make a new one (the old
--           one is known), put it into a file that only its owner reads (umask 077; a file of
--           secrets or env_file, named in .gitignore), and write ${NAME} or NAME_FILE here.
-- refs:     CWE-798, CWE-538

SELECT service || ' ' || name AS subject,
       CASE origin WHEN 'build_args' THEN 'The build of service ' ELSE 'Service ' END || service
       || ' gets ' || name || ' as a text in the file'
       || CASE origin WHEN 'build_args' THEN ', which stays in the history of the image.'
		      WHEN 'command' THEN ', and every user of the host sees it in ps.' ELSE '.' END AS detail,
       file AS file, line AS line
  FROM compose_environment
 WHERE verdict = 'literal' AND origin <> 'env_file'

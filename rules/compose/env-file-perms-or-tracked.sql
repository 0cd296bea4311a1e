-- title:    Every user of the host can read or change the passwords of a project
-- severity: high
-- why:      Any service that is taken over, and any account, reads them. Now: chmod 600 FILE, as its
--           owner. If somebody could have read it, make new ones. It belongs into
--           no repository, either; take it out with git rm --cached FILE; echo FILE >>.gitignore.
-- refs:     CWE-732, CWE-538

SELECT file AS subject,
       'The file ' || file || ' holds secrets, and '
       || CASE WHEN exposed IS NULL THEN 'every user of this host can read it.'
	       ELSE 'others could change it: ' || exposed || '.' END AS detail,
       file AS file
  FROM compose_files
 WHERE role = 'variables' AND has_secret
   AND (is_readable OR exposed IS NOT NULL)

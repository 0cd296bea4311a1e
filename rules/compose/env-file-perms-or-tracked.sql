-- title:    Others can read or change the passwords of a project
-- severity: high
-- why:      Where every user of the host can read it, any service that is taken over does: chmod 600
--           FILE, as its owner. Where it is in the repository, everybody who has a copy has them, and the
--           history keeps them: git rm --cached FILE && echo FILE >>.gitignore, and commit. In both cases
--           make new ones, since the old ones may be known.
-- refs:     CWE-732, CWE-538

SELECT file AS subject,
       'The file ' || file || ' holds secrets, and '
       || CASE WHEN exposed IS NOT NULL THEN 'others could change it: ' || exposed || '.'
	       WHEN is_readable AND is_tracked THEN 'every user of this host can read it; it is in the repository, too.'
	       WHEN is_tracked THEN 'it is in the repository.'
	       ELSE 'every user of this host can read it.' END AS detail,
       file AS file
  FROM compose_files
 WHERE role = 'variables' AND has_secret
   AND (is_readable OR is_tracked OR exposed IS NOT NULL)

-- title:    Others can read Redis' password, or write its configuration
-- severity: medium
-- why:      Who reads the password gets in; who writes the file is Redis at its next start, and runs
--           code as its user. Close it: chmod o-rwx FILE; ls -l FILE must name Redis' user or group (chown
--           redis:redis FILE). If it was readable, set a new password there and in the clients.
--           A container's file is mounted from the host: docker inspect -f '{{.Mounts}}' NAME says whence.
-- refs:     CWE-732

SELECT DISTINCT CASE coalesce(n.label, '') WHEN '' THEN '' ELSE n.label || ' ' END || f.path AS subject,
       'Every user can '
       || CASE WHEN f.others_write THEN 'write'
	       WHEN f.secret = 'hash' THEN 'read the hash of a password in'
	       ELSE 'read the password in' END
       || ' ' || f.path || ', which Redis runs with.' AS detail
  FROM redis_files f
  LEFT JOIN namespace_names n ON n.id = f.namespace
 WHERE f.others_write OR f.others_read AND f.secret IS NOT NULL

-- title:    MySQL runs as root
-- severity: medium
-- why:      Whoever may write files with it (FILE, SELECT … INTO OUTFILE) then writes any file of the host. Run
--           it as its own user: user = mysql in its configuration, as Debian has it; a container: the official
--           image's own entrypoint, which drops root, or user: "999:999".
-- refs:     CWE-250

-- As the host counts: root inside a user namespace is not.
SELECT DISTINCT l.subject,
       'MySQL at ' || l.subject || ' runs with user id 0 of the host.' AS detail
  FROM services s
  JOIN data_listeners l ON l.namespace = s.namespace AND l.address = s.address AND l.port = s.port
   AND l.protocol = 'tcp'
 WHERE s.service IN ('mysql', 'mysqlx') AND l.uid = 0 AND NOT l.is_proxy

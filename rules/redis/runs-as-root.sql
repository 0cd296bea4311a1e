-- title:    Redis runs as root
-- severity: medium
-- why:      Whoever may write its CONFIG then writes any file of the host. Run it as its own user:
--           Debian's unit does (User=redis); a container: user: "999:999", or the official image's
--           own entrypoint, which drops root.
-- refs:     CWE-250, CIS Docker 4.1

-- As the host counts: root inside a user namespace is not.
SELECT DISTINCT l.subject,
       'Redis at ' || l.subject || ' runs with user id 0 of the host.' AS detail
  FROM services s
  JOIN data_listeners l ON l.namespace = s.namespace AND l.address = s.address AND l.port = s.port
   AND l.protocol = 'tcp'
 WHERE s.service = 'redis' AND l.uid = 0 AND NOT l.is_proxy

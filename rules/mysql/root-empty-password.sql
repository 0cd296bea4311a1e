-- title:    MySQL lets root in without a password
-- severity: high
-- why:      Whoever connects may read and change everything, and write files as the server's user. Set one:
--           ALTER USER root@localhost IDENTIFIED BY 'a long random one'; and the same for each host that
--           SELECT user, host FROM mysql.user WHERE user = 'root' names; better, drop those other than localhost.
-- refs:     CWE-306, CWE-521

-- Proven over TCP: by the local socket root is let in as who it is, which proves nothing. Where any
-- name is let in, so is "root": mysql/anonymous-user and mysql/skip-grant-tables say that.
SELECT subject,
       'MySQL at ' || subject || ' lets root in over TCP without a password'
       || CASE WHEN is_open_to_others THEN '.' ELSE ', from this host itself.' END AS detail
  FROM mysql_answers
 WHERE is_root_empty AND NOT is_anonymous AND NOT skips_grants AND NOT (is_open_to_others AND is_public)

-- title:    MySQL runs without its access control
-- severity: critical
-- why:      Any name and any password is root there; it is meant for the minute in which a forgotten password
--           is set anew. Take skip-grant-tables out of the configuration and off the command line, and start
--           it again; what happened meanwhile, no account explains.
-- refs:     CWE-306

-- Where the internet reaches it, mysql/open-to-internet says so.
SELECT subject,
       'MySQL at ' || subject || ' lets in a name that it does not have, with a password that nobody set.' AS detail
  FROM mysql_answers
 WHERE skips_grants AND NOT (is_open_to_others AND is_public)

-- title:    MySQL lets in any name without a password
-- severity: high
-- why:      There is an account without a name. It hides other accounts of the same host, too. Drop it:
--           SELECT host FROM mysql.user WHERE user = ''; DROP USER ''@'HOST'; for each.
-- refs:     CWE-306

-- Where the internet reaches it, mysql/open-to-internet says so.
SELECT subject,
       'MySQL at ' || subject || ' lets in a name that no account has, without a password'
       || CASE WHEN is_open_to_others THEN '.' ELSE ', from this host itself.' END AS detail
  FROM mysql_answers
 WHERE is_anonymous AND NOT skips_grants AND NOT (is_open_to_others AND is_public)

-- title:    MySQL lets root log in from other hosts
-- severity: high
-- why:      The official images make root@'%' unless MYSQL_ROOT_HOST says otherwise, so that one guessed
--           password is all that a stranger needs. In the container: DROP USER root@'%'; root@localhost stays.
--           Applications get accounts of their own.
-- refs:     CWE-284

-- Error 1045 alone does not tell: a server with any account for the host answers so for names that
-- it does not have. So this rests on the answer and on how the image was started.
SELECT DISTINCT a.subject,
       'MySQL at ' || a.subject || ' answers logins of other hosts, and its image made root@''%''.' AS detail
  FROM mysql_answers a
  JOIN environments v ON v.pid = a.pid
 WHERE a.has_account_for_others AND a.is_reachable AND NOT a.is_open_to_others
   AND v.name IN ('MYSQL_ROOT_PASSWORD', 'MYSQL_ROOT_PASSWORD_FILE', 'MYSQL_RANDOM_ROOT_PASSWORD',
		  'MYSQL_ALLOW_EMPTY_PASSWORD', 'MARIADB_ROOT_PASSWORD', 'MARIADB_ROOT_PASSWORD_FILE',
		  'MARIADB_ROOT_PASSWORD_HASH', 'MARIADB_RANDOM_ROOT_PASSWORD',
		  'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD')
   AND NOT EXISTS (SELECT 1 FROM environments h
		    WHERE h.pid = a.pid AND h.name IN ('MYSQL_ROOT_HOST', 'MARIADB_ROOT_HOST')
		      AND h.value NOT IN ('', '%'))

-- title:    MySQL opens to a root password that everybody tries
-- severity: high
-- why:      One of three was right: a weak one of a container's environment or of the policy's try_passwords,
--           or one of guides. Set a long random one: ALTER USER root@HOST IDENTIFIED BY 'NEW'; a container's
--           MYSQL_ROOT_PASSWORD counts only when its volume is made, so change it there as well.
-- refs:     CWE-1392, CWE-521

-- Where the internet reaches it, mysql/open-to-internet says so.
SELECT subject,
       'MySQL at ' || subject || ' lets root in by one of the most usual passwords.' AS detail
  FROM mysql_answers
 WHERE is_password_known AND NOT (is_open_to_others AND is_public)

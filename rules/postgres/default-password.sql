-- title:    PostgreSQL opens to a password that everybody tries
-- severity: high
-- why:      One of three was right: a weak one of a container's environment or of the policy's try_passwords,
--           or one of guides. Set a long random one: ALTER ROLE postgres PASSWORD 'NEW'; a container's
--           POSTGRES_PASSWORD counts only when its volume is made, so change it there as well.
-- refs:     CWE-1392

-- Where the internet reaches it, postgres/open-to-internet says so.
SELECT DISTINCT subject,
       'PostgreSQL at ' || subject || ' lets the role postgres in by one of the most usual passwords.' AS detail
  FROM postgres_answers
 WHERE is_password_known IS 1 AND NOT (is_public AND NOT is_loopback)

-- title:    PostgreSQL lets in whoever connects from other hosts
-- severity: critical
-- why:      The first matching line of pg_hba.conf says trust. Put scram-sha-256 there, set a password (ALTER
--           ROLE postgres PASSWORD …), and have it read again: SELECT pg_reload_conf(); a container: take
--           POSTGRES_HOST_AUTH_METHOD=trust away, and the line in its volume's pg_hba.conf.
-- refs:     CWE-306

-- trust for loopback and the local socket is usual, and not this. Where the internet reaches it,
-- postgres/open-to-internet says so.
SELECT DISTINCT subject,
       'PostgreSQL at ' || subject || ' lets the role postgres in without a password.' AS detail
  FROM postgres_answers
 WHERE NOT is_loopback AND NOT is_public AND outcome = 'accepted'

-- title:    A service is about to start with a password that everybody tries first
-- severity: high
-- why:      It is on the lists that bots work through, or so short that trying all is quick. Make one,
--           with openssl rand -base64 24; put it where ${NAME} of the Compose file comes from. A
--           database that was started with the old one keeps it: change it there, too (ALTER USER …;
--           for Redis CONFIG SET requirepass).
-- refs:     CWE-521, CWE-1392

SELECT service || ' ' || name AS subject,
       'What service ' || service || ' gets as ' || name || ' is a well-known password, or has fewer than 8 characters.'
       AS detail,
       file AS file, line AS line
  FROM compose_environment
 WHERE verdict = 'weak'

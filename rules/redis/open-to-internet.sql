-- title:    Redis takes commands from the internet, without a password
-- severity: critical
-- why:      Bots find it within hours, empty it, and leave a ransom note or a root shell. Close the
--           port now, in the firewall or by: redis-cli CONFIG SET bind 127.0.0.1; then set a
--           password, and look for what they left: redis-cli CONFIG GET dir, crontabs, .ssh
-- refs:     CWE-306

-- Proven by asking it from an address that is not loopback's.
SELECT subject,
       'Redis at ' || subject || CASE outcome WHEN 'password' THEN ' opens to one of the three most usual passwords'
       ELSE ' serves whoever connects' END
       || ', and the internet reaches it.' AS detail
  FROM redis_answers
 WHERE NOT is_loopback AND is_open AND is_public

-- title:    Redis takes commands from anyone, without a password
-- severity: high
-- why:      Whoever reaches it may read and change its data, and with CONFIG write files as its user.
--           Set a password (requirepass, or ACL SETUSER) and bind it to 127.0.0.1 or the
--           private address; a container: publish 127.0.0.1:6379:6379.
-- refs:     CWE-306

-- Where the internet reaches it, redis/open-to-internet says so.
SELECT subject,
       'Redis at ' || subject || ' serves whoever connects: one may '
       || CASE WHEN may_config THEN 'change its configuration.'
	       WHEN may_write THEN 'write.'
	       WHEN may_eval THEN 'run scripts.'
	       ELSE 'read about it.' END AS detail
  FROM redis_answers
 WHERE NOT is_loopback AND is_open AND outcome = 'served' AND NOT is_public

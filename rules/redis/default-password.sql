-- title:    Redis opens to a password that everybody tries
-- severity: high
-- why:      One of the three passwords of installation guides was right. Set a long random one:
--           redis-cli CONFIG SET requirepass NEW, and the same in redis.conf and in the clients.
-- refs:     CWE-1392, CWE-521

-- Where the internet reaches it, redis/open-to-internet says so.
SELECT DISTINCT subject,
       'Redis at ' || subject || ' opens to one of the three most usual passwords.' AS detail
  FROM redis_answers
 WHERE outcome = 'password' AND NOT (is_public AND NOT is_loopback)
   AND (NOT is_loopback
	OR NOT EXISTS (SELECT 1 FROM redis_answers o
			WHERE o.subject = redis_answers.subject AND NOT o.is_loopback AND o.outcome = 'password'))

-- title:    Only Redis' protected mode keeps others out
-- severity: medium
-- why:      It has no password and listens on more than loopback. One "protected-mode no", as the
--           Docker image has it, and it is open. Set a password (requirepass, or ACL SETUSER) and bind it to 127.0.0.1 or the
--           private address; a container: publish 127.0.0.1:6379:6379.
-- refs:     CWE-1188

SELECT DISTINCT a.subject,
       'Redis at ' || a.subject || ' has no password; it refuses others by protected mode alone.' AS detail
  FROM redis_answers a
  JOIN redis_answers o ON o.subject = a.subject AND o.is_loopback AND o.outcome = 'served'
 WHERE a.outcome = 'denied' AND NOT a.is_loopback

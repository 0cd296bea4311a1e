-- title:    Strangers try passwords of MySQL
-- severity: high
-- why:      Many short connections from the internet within a minute. Close the port to them now, and then
--           look who came in: the error log has "Access denied" for those who did not. How
--           many from one address are too many, the policy's settings say: bruteforce_connections (20).
-- refs:     CWE-307

-- A server that refuses a login hangs up first, so the kernel keeps the connection for a minute
-- (TIME_WAIT). Whom the policy names may connect as often as he likes; "anywhere" names nobody.
SELECT DISTINCT l.subject,
       'Addresses of the internet connect to MySQL at ' || l.subject || ' again and again, and are hung up on.' AS detail
  FROM connections c
  JOIN services s ON s.namespace = c.namespace AND s.port = c.port AND s.service IN ('mysql', 'mysqlx')
  JOIN data_listeners l ON l.namespace = s.namespace AND l.address = s.address AND l.port = s.port
   AND l.protocol = 'tcp'
 WHERE c.closed >= setting('bruteforce_connections', 20)
   AND is_public(c.peer)
   AND NOT EXISTS (SELECT 1 FROM intent_ports i
		    WHERE i.origin = 'policy' AND i.protocol = 'tcp' AND c.port BETWEEN i.port_first AND i.port_last
		      AND i.source NOT IN ('0.0.0.0/0', '::/0')
		      AND sources_minus(c.peer, i.source) IS NULL)

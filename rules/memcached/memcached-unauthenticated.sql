-- title:    Memcached serves whoever connects
-- severity: high
-- why:      It has no password by itself, so who reaches it is all that protects it. Bind it to 127.0.0.1 or
--           the private address (-l; Debian: /etc/memcached.conf), let the firewall name the hosts that use it,
--           and write them into the policy: then this is quiet.
-- refs:     CWE-306

-- Where the internet reaches it, memcached/open-to-internet says so.
SELECT DISTINCT subject,
       'Memcached at ' || subject || ' serves whoever connects.' AS detail
  FROM memcached_answers
 WHERE protocol = 'tcp' AND NOT is_loopback AND is_exposed AND outcome = 'served'
   AND NOT is_public AND NOT is_meant

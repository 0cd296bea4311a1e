-- title:    Memcached serves the internet, without a password
-- severity: critical
-- why:      Whoever connects reads sessions and whatever else it caches, and puts his own in their place. Close
--           the port now, in the firewall or by -l 127.0.0.1 (Debian: /etc/memcached.conf); a container: publish
--           127.0.0.1:11211:11211.
-- refs:     CWE-306

SELECT DISTINCT subject,
       'Memcached at ' || subject || ' serves whoever connects, and the internet reaches it.' AS detail
  FROM memcached_answers
 WHERE protocol = 'tcp' AND NOT is_loopback AND outcome = 'served' AND is_public

-- title:    The internet reaches a port where data or the keys to the host are
-- severity: critical
-- why:      Bots find it within hours: databases are emptied and a ransom note is left, engines and
--           remote desktops are taken over. Close it now: bind it to 127.0.0.1 (for a container:
--           publish 127.0.0.1:PORT:PORT), or let only the machines in that need it, in the firewall
--           and in the security group. Then look whether somebody was there already.
-- refs:     CWE-668, CWE-284, CIS Docker 5.14

-- A security group that opens it is no excuse, a policy that says so in words is: that is a decision.
SELECT subject,
       'Port ' || port || '/' || protocol || ' (usually ' || service || '), held by ' || who
       || ', is open to ' || open_to || ' by way of ' || interface
       || CASE WHEN path LIKE 'dnat%' THEN ', as a published port.' ELSE '.' END AS detail
  FROM open_ports
 WHERE kind = 'data'

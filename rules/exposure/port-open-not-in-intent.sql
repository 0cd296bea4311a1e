-- title:    A port is open to more than the intent allows
-- severity: high
-- why:      Whoever can send a packet to this host can talk to a service that nobody meant to
--           offer. If it belongs there, add it to "allow" in harden.yaml. If not, stop it
--           (systemctl disable --now UNIT, docker stop CONTAINER), bind it to 127.0.0.1, or let the
--           firewall stop the others. Who gets in, and by which rule, says: harden reach --to
--           ADDRESS:PORT
-- refs:     CWE-668, CWE-1327, CIS Docker 5.9

-- Without any intent nothing can be called unintended: the verdict is unknown, and
-- exposure/listening-without-intent lists what there is.
SELECT subject,
       'Port ' || port || '/' || protocol || ', held by ' || who || ', is open to ' || open_to || ' by way of '
       || interface || '; '
       || CASE WHEN intended IS NULL THEN 'no intent allows it.'
	       ELSE 'the intent allows ' || sources_words(intended) || '.' END AS detail
  FROM open_ports
 WHERE kind = 'plain'
   AND EXISTS (SELECT 1 FROM complete_tables WHERE name = 'intents')

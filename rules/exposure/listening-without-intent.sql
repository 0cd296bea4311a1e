-- title:    A port is open, and nothing says whether it is meant to be
-- severity: info
-- why:      No intent was given. Keep what belongs here under "allow" in harden.yaml, or export
--           the security group, and give the file with --intent: then whatever else is open is
--           a fault.
-- refs:     CWE-1327

SELECT subject,
       'Port ' || port || '/' || protocol || ', held by ' || who || ', is open to ' || open_to || ' by way of '
       || interface || '.' AS detail
  FROM open_ports
 WHERE kind = 'plain'
   AND NOT EXISTS (SELECT 1 FROM intents)
   AND NOT EXISTS (SELECT 1 FROM complete_tables WHERE name = 'intents')

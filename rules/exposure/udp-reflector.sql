-- title:    The internet reaches a UDP service that answers with more than it was asked
-- severity: high
-- why:      Others send it small questions in the name of their victim, and the large answers fall on
--           that one; the provider then cuts this host off. Bind it to 127.0.0.1, answer known
--           clients alone, or drop the port in the firewall.
-- refs:     CWE-406

-- Whether it answers strangers was not asked: that it can be asked is enough to look.
SELECT subject,
       'Port ' || port || '/udp (usually ' || service || '), held by ' || who || ', is open to '
       || open_to || ' by way of ' || interface || '.' AS detail
  FROM open_ports
 WHERE kind = 'reflector'

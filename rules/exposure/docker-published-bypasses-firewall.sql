-- title:    A published port is open although the firewall denies what it does not know
-- severity: high
-- why:      A published port is forwarded to its container before the input rules see it, so ufw
--           says "denied" while strangers get in. Publish it on 127.0.0.1 and let nginx stand in
--           front, or drop the others before the translation, in a table of your own: nft add
--           table inet guard; nft add chain inet guard pre '{ type filter hook prerouting priority
--           -150; }'; nft add rule inet guard pre iifname eth0 tcp dport PORT drop
-- refs:     CWE-668, CIS Docker 5.14

SELECT subject,
       'Port ' || port || '/' || protocol || ' is forwarded to ' || who || ' and open to ' || open_to
       || ' by way of ' || interface || ', past the input rules, which would stop it.' AS detail
  FROM open_ports
 WHERE kind = 'bypass'

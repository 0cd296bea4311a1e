-- title:    A neighbour on the network reaches what is meant for this host alone
-- severity: medium
-- why:      Published on 127.0.0.1 or not at all, a container's port is still open to any machine on
--           the same network that sends packets for the container's address to this host: it
--           forwards them. Docker from version 28 drops them; until then, drop them yourself: nft
--           add table inet guard; nft add chain inet guard pre '{ type filter hook prerouting
--           priority -350; }'; nft add rule inet guard pre iifname eth0 ip daddr { 127.0.0.0/8,
--           172.16.0.0/12 } drop
-- refs:     CWE-668

-- What the network reaches anyway by a published port is told there. A service that is bound to
-- every address is told with its other addresses.
WITH known AS MATERIALIZED (
	SELECT DISTINCT to_namespace, protocol, to_port
	  FROM exposures
	 WHERE scope = 'network' AND answered <> '' AND to_namespace IS NOT NULL
), ways AS MATERIALIZED (
	SELECT e.*, row_number() OVER (
		       PARTITION BY e.protocol, CASE WHEN e.path IN ('input', 'proxy') THEN e.subject
			       ELSE coalesce(e.to_namespace || ' ' || e.to_port, e.subject) END
		       ORDER BY e.path LIKE 'dnat%' DESC, e.interface, e.address) AS rank
	  FROM exposures e
	 WHERE e.scope = 'link' AND e.answered <> '' AND e.port > 0 AND e.subject IS NOT NULL
	   AND e.who IS NOT NULL
	   AND e.address NOT GLOB 'fe[89ab]?:*'
	   AND NOT EXISTS (SELECT 1 FROM known k
			    WHERE k.to_namespace = e.to_namespace AND k.protocol = e.protocol
			      AND k.to_port = e.to_port)
)
SELECT subject,
       'Port ' || port || '/' || protocol || ' of ' || address || ', held by ' || who
       || ', answers neighbours that send to it by way of ' || interface
       || CASE WHEN path LIKE 'dnat%' THEN ', though it is published on loopback.' ELSE '.' END AS detail
  FROM ways
 WHERE rank = 1

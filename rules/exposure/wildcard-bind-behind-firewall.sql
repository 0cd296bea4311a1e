-- title:    A service is bound to every address, and only the firewall keeps strangers out
-- severity: low
-- why:      When the rules are reloaded, flushed or fail to load at boot, it is open at once. If only
--           this host needs it, bind it to 127.0.0.1 (listen, bind-address and the like in its own
--           configuration).
-- refs:     CWE-1327

-- An intent that names the port says that others need it. What is open over the other family, or
-- published, is told there. That all are stopped cannot be said of a way that is not known of some.
WITH known AS MATERIALIZED (
	SELECT DISTINCT namespace, protocol, port FROM reachability WHERE is_public
), stopped AS MATERIALIZED (
	SELECT e.subject, e.protocol, e.port, min(e.who) AS who, min(e.blocked_by) AS blocked_by
	  FROM exposures e
	  LEFT JOIN known k ON k.namespace = e.namespace AND k.protocol = e.protocol AND k.port = e.port
	 WHERE e.path IN ('input', 'proxy') AND e.scope = 'network' AND e.is_wildcard
	   AND e.subject IS NOT NULL AND k.port IS NULL AND NOT e.is_dhcp_client
	 GROUP BY e.subject, e.protocol, e.port
	HAVING max(e.answered <> '') = 0 AND max(sources_public(e.blocked)) = 1
	   AND (max(e.unknown <> '') = 0
		OR EXISTS (SELECT 1 FROM complete_tables WHERE name = 'reachability'))
)
SELECT subject,
       'Port ' || port || '/' || protocol || ', held by ' || who || ', listens on every address; '
       || blocked_by || ' stops the internet.' AS detail
  FROM stopped s
 WHERE NOT EXISTS (
	SELECT 1
	  FROM intent_ports i
	 WHERE i.protocol = s.protocol AND s.port BETWEEN i.port_first AND i.port_last)

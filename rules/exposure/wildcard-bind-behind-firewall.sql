-- title:    A service is bound to every address, and only the firewall keeps strangers out
-- severity: low
-- why:      When the rules are reloaded, flushed or fail to load at boot, it is open at once. If only
--           this host needs it, bind it to 127.0.0.1 (listen, bind-address and the like in its own
--           configuration).
-- refs:     CWE-1327

-- An intent that names the port says that others need it. What is open over the other family, or
-- published, is told there.
SELECT subject,
       'Port ' || port || '/' || protocol || ', held by ' || min(who) || ', listens on every address; '
       || min(blocked_by) || ' stops the internet.' AS detail
  FROM exposures
 WHERE path IN ('input', 'proxy') AND scope = 'network' AND is_wildcard AND subject IS NOT NULL
   AND NOT is_dhcp_client
   AND NOT EXISTS (
	SELECT 1
	  FROM intent_ports i
	 WHERE i.protocol = exposures.protocol
	   AND exposures.port BETWEEN i.port_first AND i.port_last)
   AND NOT EXISTS (
	SELECT 1
	  FROM reachability r
	 WHERE r.namespace = exposures.namespace AND r.protocol = exposures.protocol
	   AND r.port = exposures.port AND r.is_public)
 GROUP BY subject, port, protocol
HAVING max(is_public) = 0 AND max(answered <> '') = 0 AND max(sources_public(blocked)) = 1

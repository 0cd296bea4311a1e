-- title:    Only the security group limits who reaches a port
-- severity: low
-- why:      The cloud's firewall holds today. One rule that is added in a hurry, or a neighbour in
--           the same network, and this host lets them in. Let the host's own firewall say the same
--           as the group, for two locks are better than one.
-- refs:     CWE-1327

SELECT subject,
       'This host opens port ' || port || '/' || protocol || ', held by ' || who || ', to ' || open_to
       || ' by way of ' || interface || '; the security group allows '
       || CASE WHEN has_unresolved THEN 'sources that only the cloud knows.'
	       ELSE sources_words(groups) || '.' END AS detail
  FROM open_ports
 WHERE kind = 'group'

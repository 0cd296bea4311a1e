-- title:    A port is meant to be open, but nobody gets an answer
-- severity: medium
-- why:      Clients that were promised this port are refused: after a deploy this looks like
--           wrong credentials or a dead database. See what runs with: ss -tulpnH; start the
--           service, or bind it to more than 127.0.0.1, or let the firewall pass it; which rule
--           decides says: harden reach --to ADDRESS:PORT --from CLIENT. If the port is no longer
--           wanted, remove it from the intent and from the security group.

-- Who listens nowhere cannot be said from partial facts: then there is no row, and the verdict is
-- unknown. A range of all ports promises none of them. Blocked is what is stopped on every way.
WITH wanted AS MATERIALIZED (
	SELECT protocol, port_first, port_last, ports, min(file) AS file, min(line) AS line
	  FROM intent_ports
	 WHERE ports NOT LIKE 'all/%'
	   AND (SELECT count(*) FROM complete_tables
		 WHERE name IN ('sockets', 'interfaces', 'namespaces', 'reachability')) = 4
	 GROUP BY protocol, port_first, port_last, ports
), host AS MATERIALIZED (
	SELECT protocol, port, is_exposed FROM listeners WHERE place = ''
	UNION ALL
	SELECT DISTINCT protocol, port, 1
	  FROM exposures
	 WHERE place = '' AND path LIKE 'dnat%' AND scope = 'network'
), answered AS MATERIALIZED (
	SELECT w.*,
	       (SELECT max(h.is_exposed) FROM host h
		 WHERE h.protocol = w.protocol AND h.port BETWEEN w.port_first AND w.port_last
	       ) AS is_exposed
	  FROM wanted w
), ways AS MATERIALIZED (
	SELECT protocol, port, family, group_concat(missing) AS stopped,
	       group_concat(answered || ',' || unknown) AS passed,
	       min(blocked_by) FILTER (WHERE missing IS NOT NULL) AS blocked_by
	  FROM exposures
	 WHERE place = '' AND scope = 'network' AND port > 0
	 GROUP BY protocol, port, family
), blocked AS MATERIALIZED (
	SELECT protocol, port, family, blocked_by,
	       sources_minus(stopped, passed) AS missing
	  FROM ways
	 WHERE stopped IS NOT NULL
)
SELECT a.ports AS subject,
       'The intent opens the port, but '
       || CASE WHEN a.is_exposed IS NULL THEN 'nothing on the host listens.'
	       ELSE 'only loopback is listened on.' END AS detail,
       a.file,
       a.line
  FROM answered a
 WHERE coalesce(a.is_exposed, 0) = 0
UNION ALL
SELECT a.ports,
       'The intent opens port ' || min(b.port) || '/' || a.protocol || ' to '
       || sources_words(coalesce(group_concat(b.missing) FILTER (WHERE b.family = 'ipv4'),
				 group_concat(b.missing))) || ', but ' || min(b.blocked_by) || ' stops them.',
       a.file,
       a.line
  FROM answered a
  JOIN blocked b ON b.protocol = a.protocol AND b.port BETWEEN a.port_first AND a.port_last
 WHERE a.is_exposed = 1 AND b.missing IS NOT NULL
 GROUP BY a.ports, a.protocol, a.file, a.line

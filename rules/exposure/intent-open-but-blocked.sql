-- title:    A port is meant to be open, but nobody listens
-- severity: medium
-- why:      Clients that were promised this port are refused: after a deploy this looks like
--           wrong credentials or a dead database. See what runs with: ss -tulpnH; start the
--           service, or bind it to more than 127.0.0.1; if the port is no longer wanted, remove
--           it from the intent and from the security group.

-- Who listens nowhere cannot be said from partial facts: then there is no row, and the verdict is
-- unknown. A range of all ports promises none of them.
WITH wanted AS MATERIALIZED (
	SELECT protocol, port_first, port_last, ports, min(file) AS file, min(line) AS line
	  FROM intent_ports
	 WHERE ports NOT LIKE 'all/%'
	   AND (SELECT count(*) FROM complete_tables
		 WHERE name IN ('sockets', 'interfaces', 'namespaces')) = 3
	 GROUP BY protocol, port_first, port_last, ports
), host AS MATERIALIZED (
	SELECT protocol, port, is_exposed FROM listeners WHERE place = ''
), answered AS MATERIALIZED (
	SELECT w.*,
	       (SELECT max(h.is_exposed) FROM host h
		 WHERE h.protocol = w.protocol AND h.port BETWEEN w.port_first AND w.port_last
	       ) AS is_exposed
	  FROM wanted w
)
SELECT a.ports AS subject,
       'The intent opens the port, but '
       || CASE WHEN a.is_exposed IS NULL THEN 'nothing on the host listens.'
	       ELSE 'only loopback is listened on.' END AS detail,
       a.file,
       a.line
  FROM answered a
 WHERE coalesce(a.is_exposed, 0) = 0

-- title:    PostgreSQL can be reached by others than are meant
-- severity: high
-- why:      It answers there, whatever the port is; PgBouncer has a pg_hba.conf of its own. Set
--           listen_addresses to 'localhost' or the private address, or close the port in the firewall;
--           a container: publish 127.0.0.1:5432:5432.
-- refs:     CWE-668

-- At its usual ports exposure/data-port-open-to-internet says so, where the internet gets in.
SELECT DISTINCT o.subject,
       'PostgreSQL answers at ' || o.subject || ', and is open to ' || o.open_to || '.' AS detail
  FROM open_ports o
  JOIN exposures e ON e.subject = o.subject AND e.excess IS NOT NULL AND e.scope = 'network'
  JOIN services s ON s.namespace = coalesce(e.to_namespace, e.namespace) AND s.port = coalesce(e.to_port, e.port)
 WHERE o.protocol = 'tcp' AND o.kind <> 'data' AND s.service = 'postgresql'

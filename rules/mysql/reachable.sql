-- title:    MySQL can be reached by others than are meant
-- severity: high
-- why:      It answers there, whatever the port is. Bind it to 127.0.0.1 or the private address
--           (bind-address; mysqlx-bind-address for the X Protocol of 33060, or mysqlx=0), or close the port in
--           the firewall; a container: publish 127.0.0.1:3306:3306.
-- refs:     CWE-668

-- At its usual ports exposure/data-port-open-to-internet says so, where the internet gets in.
SELECT DISTINCT o.subject,
       CASE s.service WHEN 'mysqlx' THEN 'MySQL''s X Protocol' ELSE 'MySQL' END
       || ' answers at ' || o.subject || ', and is open to ' || o.open_to || '.' AS detail
  FROM open_ports o
  JOIN exposures e ON e.subject = o.subject AND e.excess IS NOT NULL AND e.scope = 'network'
  JOIN services s ON s.namespace = coalesce(e.to_namespace, e.namespace) AND s.port = coalesce(e.to_port, e.port)
 WHERE o.protocol = 'tcp' AND o.kind <> 'data' AND s.service IN ('mysql', 'mysqlx')

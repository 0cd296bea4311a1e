-- title:    A Compose file publishes a database on every address of the host
-- severity: high
-- why:      Docker publishes past ufw and the INPUT chain: whoever reaches the host reaches the
--           data. Write it as "127.0.0.1:PORT:PORT", or take the entry out of ports: other services
--           of the project reach it by its name without. From your own machine: ssh -L
--           PORT:127.0.0.1:PORT HOST. Then: docker compose up -d SERVICE.
-- refs:     CWE-1327, CWE-668, CIS Docker 5.14

SELECT p.service || ' '
       || CASE WHEN p.address LIKE '%:%' THEN '[' || p.address || ']' ELSE coalesce(p.address, '0.0.0.0') END
       || coalesce(':' || p.host_first, '')
       || CASE WHEN p.host_last > p.host_first THEN '-' || p.host_last ELSE '' END
       || ':' || p.port_first || CASE WHEN p.port_last > p.port_first THEN '-' || p.port_last ELSE '' END
       || '/' || p.protocol AS subject,
       'Service ' || p.service || ' publishes port ' || p.port_first
       || CASE WHEN p.port_last > p.port_first THEN '-' || p.port_last ELSE '' END || '/' || p.protocol
       || coalesce(' (usually ' || max(r.service) || ')', ' of the image ' || s.image_name)
       || ' on ' || CASE WHEN p.address IS NULL THEN 'all addresses of the host'
			 WHEN p.address = '::' THEN 'all IPv6 addresses of the host'
			 ELSE 'the public address ' || p.address END
       || CASE WHEN p.host_first IS NULL THEN ', by a port that the engine takes.' ELSE '.' END AS detail,
       p.file AS file, p.line AS line
  FROM compose_ports p
  JOIN compose_services s ON s.project = p.project AND s.service = p.service
  LEFT JOIN risky_ports r ON r.protocol = p.protocol AND r.protocol = 'tcp'
   AND (r.port BETWEEN p.port_first AND p.port_last OR r.port BETWEEN p.host_first AND p.host_last)
 WHERE NOT p.is_unknown
   AND (p.address IS NULL OR p.address = '::' OR is_public(p.address))
   AND (r.port IS NOT NULL OR s.image_name IN (SELECT name FROM data_images))
 GROUP BY p.project, p.service, p.address, p.host_first, p.host_last, p.port_first, p.port_last, p.protocol

-- title:    Docker publishes on all addresses what names none, and so it did with data
-- severity: low
-- why:      -p 6379:6379 is then open to whoever reaches the host, and the next one who forgets the
--           address makes the same hole. Let it be loopback by default: "ip": "127.0.0.1" in
--           /etc/docker/daemon.json, then systemctl restart docker; for a network of Compose,
--           com.docker.network.bridge.host_binding_ipv4: "127.0.0.1" under driver_opts of that network.
--           Containers that exist keep their ports until they are made anew: docker compose up -d
--           --force-recreate. What everybody is to reach is then published as 0.0.0.0:443:443.
-- refs:     CWE-1327, CIS Docker 5.14

-- Who does get in now, container/published-any says. A user's own Docker has networks of the same names.
SELECT n.name AS subject,
       'The network ' || n.name || ' publishes on all addresses by default, as it does ' || group_concat(n.port, ', ') || '.' AS detail
  FROM (SELECT DISTINCT e.name, l.label || ' ' || p.port || '/' || p.protocol AS port
	  FROM engine_networks e
	  JOIN container_ports p ON p.network = e.name
	  JOIN container_names l ON l.id = p.container
	  JOIN container_images i ON i.id = p.container
	  JOIN container_configs f ON f.id = p.container AND f.engine = e.engine AND f.uid = 0
	 WHERE e.engine = 'docker' AND e.driver = 'bridge' AND coalesce(e.host_binding, '0.0.0.0') = '0.0.0.0'
	   AND p.address = '0.0.0.0'
	   AND (i.image_name IN (SELECT name FROM data_images)
		OR EXISTS (SELECT 1 FROM risky_ports r
			    WHERE r.protocol = p.protocol AND p.protocol = 'tcp' AND r.port = p.container_port))
	 ORDER BY 1, 2) n
 GROUP BY n.name

-- title:    A server shows another certificate than the file has that it is configured with
-- severity: high
-- why:      What was renewed is not served before the server has read it, and the old one ends. nginx -
--           nginx -t && systemctl reload nginx; in a container, docker kill -s HUP NAME. PostgreSQL -
--           SELECT pg_reload_conf(). MariaDB - FLUSH SSL; MySQL - ALTER INSTANCE RELOAD TLS. Redis -
--           redis-cli CONFIG SET tls-cert-file FILE tls-key-file FILE, with the same names again. Docker -
--           systemctl restart docker. So that it happens by itself the next time, certbot renew
--           --deploy-hook 'systemctl reload nginx', or with the command of that server.
-- refs:     CWE-324

-- By SHA-256 of the leaf. Of nginx among all files of the servers of that name, or of the default one for
-- those who give none; what a variable chooses is not compared. Of others among all files that their own
-- settings name, at the ports that these are for: so Java is not compared, which may have many key stores,
-- nor Galera's port of MySQL and the one of Docker's swarm (4567, 2377), which have certificates of their own.
WITH files AS MATERIALIZED (
	SELECT n.namespace, n.address, n.port, n.server_name, n.name_kind, n.is_default, n.certificate,
	       c.fingerprint
	  FROM nginx_servers n
	  JOIN certificates c ON c.used_by = 'nginx' AND c.place = n.place AND c.path = n.certificate
	   AND c.position = 1
	 WHERE n.is_ssl AND n.transport = 'tcp'
), own AS MATERIALIZED (
	SELECT DISTINCT s.namespace, s.address, s.port, u.pid, u.used_by, u.path, c.fingerprint
	  FROM certificate_uses u -- in this order: sockets and certificates share nothing
	 CROSS JOIN certificates c ON c.used_by = u.used_by AND c.place = u.place AND c.path = u.path
	   AND c.position = 1
	 CROSS JOIN socket_owners o ON o.pid = u.pid
	 CROSS JOIN sockets s ON s.inode = o.inode AND s.protocol = 'tcp'
	 WHERE u.is_served AND (u.used_by <> 'docker' OR s.port IN (2375, 2376))
), compared AS (
	SELECT s.namespace, s.address, s.port, s.name, 'nginx' AS used_by, min(f.certificate) AS certificate
	  FROM served_certificates s
	  JOIN files f ON f.namespace = s.namespace AND f.address = s.address AND f.port = s.port
	   AND (f.server_name = s.name AND f.name_kind = 'name' OR s.name IS NULL AND f.is_default)
	 WHERE s.position = 0
	 GROUP BY s.namespace, s.address, s.port, s.asked, s.name, s.fingerprint
	HAVING max(f.fingerprint = s.fingerprint) = 0
	UNION
	SELECT s.namespace, s.address, s.port, NULL, min(w.used_by), min(w.path)
	  FROM served_certificates s
	  JOIN own w ON w.namespace = s.namespace AND w.address = s.address AND w.port = s.port
	   AND CASE w.used_by WHEN 'mysql' THEN s.starttls = 'mysql' WHEN 'postgres' THEN s.starttls = 'postgresql'
			      ELSE w.used_by IN ('redis', 'docker') AND s.starttls IS NULL END
	 WHERE s.position = 0
	 GROUP BY s.namespace, s.address, s.port, s.asked, s.fingerprint
	HAVING max(w.fingerprint = s.fingerprint) = 0 AND min(w.used_by) = max(w.used_by)
)
SELECT DISTINCT l.subject || coalesce(' ' || c.name, '') AS subject,
       'What ' || CASE c.used_by WHEN 'mysql' THEN 'MySQL' WHEN 'postgres' THEN 'PostgreSQL'
				 WHEN 'redis' THEN 'Redis' WHEN 'docker' THEN 'Docker' ELSE 'nginx' END
       || ' serves at ' || l.subject || coalesce(' for ' || c.name, '')
       || ' is not the certificate in ' || c.certificate || '.' AS detail,
       c.certificate AS file
  FROM compared c
  JOIN listeners l ON l.namespace = c.namespace AND l.address = c.address AND l.port = c.port
   AND l.protocol = 'tcp'

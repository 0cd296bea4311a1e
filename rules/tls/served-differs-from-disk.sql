-- title:    nginx serves another certificate than its configuration has
-- severity: high
-- why:      It reads its files at start and at reload alone: what was renewed since is not served, and
--           the old one ends. Reload it: nginx -t && systemctl reload nginx; in a container, docker
--           kill -s HUP NAME. So that it happens by itself the next time, certbot renew
--           --deploy-hook 'systemctl reload nginx'.
-- refs:     CWE-324

-- By SHA-256 of the leaf, among all files of the servers of that name, or of the default one for those
-- who give none. What a variable chooses is not compared.
WITH files AS MATERIALIZED (
	SELECT n.namespace, n.address, n.port, n.server_name, n.name_kind, n.is_default, n.certificate,
	       c.fingerprint
	  FROM nginx_servers n
	  JOIN certificates c ON c.used_by = 'nginx' AND c.place = n.place AND c.path = n.certificate
	   AND c.position = 1
	 WHERE n.is_ssl AND n.transport = 'tcp'
), compared AS (
	SELECT s.namespace, s.address, s.port, s.name, min(f.certificate) AS certificate
	  FROM served_certificates s
	  JOIN files f ON f.namespace = s.namespace AND f.address = s.address AND f.port = s.port
	   AND (f.server_name = s.name AND f.name_kind = 'name' OR s.name IS NULL AND f.is_default)
	 WHERE s.position = 0
	 GROUP BY s.namespace, s.address, s.port, s.asked, s.name, s.fingerprint
	HAVING max(f.fingerprint = s.fingerprint) = 0
)
SELECT DISTINCT l.subject || coalesce(' ' || c.name, '') AS subject,
       'What nginx serves at ' || l.subject || coalesce(' for ' || c.name, '')
       || ' is not the certificate in ' || c.certificate || '.' AS detail,
       c.certificate AS file
  FROM compared c
  JOIN listeners l ON l.namespace = c.namespace AND l.address = c.address AND l.port = c.port
   AND l.protocol = 'tcp'

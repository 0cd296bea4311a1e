-- title:    Docker's API answers whoever connects, without a certificate
-- severity: critical
-- why:      One request starts a privileged container: whoever connects is root on the host, on
--           127.0.0.1 too, where each user and each program that can be made to fetch a URL does.
--           Take -H tcp://… out (systemctl cat docker; "hosts" in /etc/docker/daemon.json; a socat
--           beside it), then systemctl restart docker, and look for containers and keys that are not
--           yours. From afar: docker -H ssh://USER@HOST, or --tlsverify with certificates of clients.
-- refs:     CWE-306, CIS Docker 2.7

SELECT DISTINCT l.subject,
       'An engine''s API at ' || l.subject || ' answered ' || CASE WHEN a.is_tls THEN 'over TLS' ELSE 'in clear' END
       || ' to GET /version without a certificate'
       || CASE WHEN l.is_public THEN '; the internet reaches it.' ELSE '.' END AS detail
  FROM docker_apis a
  JOIN data_listeners l ON l.namespace = a.namespace AND l.address = a.address AND l.port = a.port
   AND l.protocol = 'tcp'
 WHERE a.outcome = 'open'

-- title:    A TLS server serves a name with a certificate that is for others
-- severity: high
-- why:      Every client of that name refuses it. Have a certificate issued that names it, with certbot
--           --expand -d NAME, or take the name out of server_name. Often it is the default server
--           that answers, for want of a block with this name and ssl_certificate: nginx -T | grep
--           -n server_name. The common name of a certificate has not counted for years.
-- refs:     CWE-297

-- Only names that somebody meant, in server_name or in the policy: tls_names, NAME:PORT ...
SELECT listener || ' ' || name AS subject,
       min('The certificate that ' || listener || ' serves for ' || name || ' does not name it. See: ' || look
	   || ' </dev/null | openssl x509 -noout -ext subjectAltName') AS detail
  FROM served_chains
 WHERE position = 0 AND name_matches = 0 AND (origin = 'nginx' OR origin = 'policy' AND setting('tls_names', '') <> '')
 GROUP BY listener, name

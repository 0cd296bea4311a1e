-- title:    A TLS server leaves out an intermediate certificate
-- severity: high
-- why:      Browsers often find it by themselves and hide the fault; curl, Java, Android and other servers
--           refuse. Serve the whole chain: with nginx, ssl_certificate must name fullchain.pem and
--           not cert.pem; then nginx -t && systemctl reload nginx. The issuer's own certificate
--           is where this says: openssl x509 -noout -ext authorityInfoAccess -in FILE
-- refs:     CWE-295

SELECT subject,
       min('Nobody who has only the roots of this host gets from the certificate that ' || listener
	   || ' serves to one of them: ' || issuer || ' is missing. See: ' || look || ' -showcerts </dev/null') AS detail
  FROM served_chains
 WHERE chain = 'incomplete' AND position = 0
 GROUP BY subject

-- title:    A TLS server that others reach has a certificate that it signed itself
-- severity: medium
-- why:      Clients cannot tell it from whoever stands in between, and those that go on all the same learn
--           to. Have one issued: certbot certonly -d NAME, or by the authority of your own whose
--           root all clients have. Meant so, for clients that know the very certificate: waive it.
-- refs:     CWE-295

SELECT c.subject,
       min('The certificate that ' || c.listener || ' serves, ' || c.certificate || ', is signed by itself.') AS detail
  FROM served_chains c
  JOIN port_reach r ON r.namespace = c.namespace AND r.protocol = 'tcp' AND r.port = c.port AND r.is_reachable
 WHERE c.chain = 'self-signed' AND c.position = 0
 GROUP BY c.subject

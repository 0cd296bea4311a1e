-- title:    A TLS server that others reach has a certificate of an authority that this host does not know
-- severity: low
-- why:      An authority of your own is as good as any where all clients have its root. Then let this host
--           have it, too: cp ROOT.pem /usr/local/share/ca-certificates/NAME.crt &&
--           update-ca-certificates; so that its chains can be checked here. Else have the certificate
--           issued by one that clients know: certbot certonly -d NAME.
-- refs:     CWE-295

SELECT c.subject,
       min('The certificate that ' || c.listener || ' serves was issued by ' || c.issuer
	   || ', which the roots of this host do not lead to.') AS detail
  FROM served_chains c
  JOIN port_reach r ON r.namespace = c.namespace AND r.protocol = 'tcp' AND r.port = c.port AND r.is_reachable
 WHERE c.chain IN ('unknown root', 'unknown issuer') AND c.position = 0
 GROUP BY c.subject

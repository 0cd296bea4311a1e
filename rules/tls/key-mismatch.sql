-- title:    A private key does not belong to the certificate that it is configured with
-- severity: high
-- why:      The service does not start with these two, and a reload keeps the old ones until it must
--           start anew. See which is the wrong one; both must print the same: openssl x509 -noout
--           -pubkey -in CERTIFICATE | sha256sum; openssl pkey -pubout -in KEY | sha256sum. Then put the
--           right pair in place, certificate and key of the same renewal.
-- refs:     CWE-295

-- By public key. A key with a pass phrase is not verified. The first certificate is the server's own.
SELECT CASE k.place WHEN '' THEN '' ELSE k.place || ' ' END || k.path AS subject,
       min('The key ' || k.path || ' of ' || k.used_by || ' does not belong to the first certificate in '
	   || c.path || '.') AS detail,
       k.path AS file
  FROM private_keys k
  JOIN certificates c ON c.place = k.place AND c.path = k.certificate AND c.used_by = k.used_by AND c.position = 1
 WHERE k.spki <> c.spki
   AND NOT (c.format IS 'kubeconfig' AND EXISTS ( -- which may be of several users
	SELECT 1
	  FROM certificates o
	 WHERE o.place = k.place AND o.path = k.path AND o.used_by = k.used_by AND o.spki = k.spki))
 GROUP BY subject

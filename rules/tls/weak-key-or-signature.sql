-- title:    A certificate that is served has a key or a signature that is too weak
-- severity: medium
-- why:      RSA below 2,048 bits is within reach of those who can pay for it, and SHA-1 and MD5 can be
--           made to fit another certificate; clients refuse both. Have it issued again, with a new
--           key, by: certbot renew --cert-name NAME --key-type ecdsa --force-renewal; or openssl genpkey
--           -algorithm EC -pkeyopt ec_paramgen_curve:P-256
-- refs:     CWE-326, CWE-327

-- Nobody checks a signature that is a certificate's own.
WITH weak AS (
	SELECT *,
	       CASE WHEN key_type IN ('RSA', 'RSA-PSS', 'DSA') AND key_bits < 2048
		    THEN 'a key of ' || key_type || ' with ' || key_bits || ' bits'
		    WHEN key_type = 'EC' AND key_bits < 224 THEN 'a key of EC with ' || key_bits || ' bits'
		    WHEN digest IN ('MD2', 'MD4', 'MD5', 'SHA1') AND NOT is_self_signed
		    THEN 'a signature by ' || replace(digest, 'SHA1', 'SHA-1')
	       END AS weakness
	  FROM served_chains
	 WHERE position = 0 OR NOT is_self_signed
)
SELECT subject,
       min('A certificate that ' || listener || ' serves has ' || weakness || '. See: ' || look || ' -showcerts </dev/null') AS detail
  FROM weak
 WHERE weakness IS NOT NULL
 GROUP BY subject

-- title:    A TLS server takes TLS 1.0 or 1.1
-- severity: medium
-- why:      Both rest on MD5 and SHA-1 and were given up in 2021 (RFC 8996); no client since 2014 needs
--           them. nginx: ssl_protocols TLSv1.2 TLSv1.3; Apache: SSLProtocol -all +TLSv1.2 +TLSv1.3;
--           then reload. Redis: tls-protocols "TLSv1.2 TLSv1.3". PostgreSQL:
--           ssl_min_protocol_version = 'TLSv1.2'.
-- refs:     CWE-327

SELECT subject,
       who || ' at ' || subject || ' takes ' || CASE WHEN tls10 AND tls11 THEN 'TLS 1.0 and TLS 1.1'
						  WHEN tls10 THEN 'TLS 1.0' ELSE 'TLS 1.1' END || '.' AS detail
  FROM tls_listeners
 WHERE tls10 OR tls11

-- title:    A TLS server sends its chain of certificates out of order
-- severity: low
-- why:      TLS up to 1.2 wants each certificate to be followed by its issuer's (RFC 5246, 7.4.2). Newer
--           clients put it right, old and small ones refuse. Put the server's own first, then its
--           issuer's, and so on, without others: cat cert.pem chain.pem >fullchain.pem; then nginx
--           -t && systemctl reload nginx.
-- refs:     CWE-295

SELECT subject,
       min('The certificates that ' || listener || ' serves are not in order. See: ' || look || ' -showcerts </dev/null') AS detail
  FROM served_chains
 WHERE chain = 'disordered' AND position = 0
 GROUP BY subject

-- title:    A TLS server sends a chain of certificates that no client can accept
-- severity: high
-- why:      A signature in it is wrong, or one of it may not be what it is used as: a certificate for
--           clients, an issuer that is none. The command of the finding says which, behind
--           "Verify return code". Have the certificate issued again, for a server.
-- refs:     CWE-295

SELECT subject,
       min('The chain that ' || listener || ' serves does not hold. See: ' || look || ' </dev/null') AS detail
  FROM served_chains
 WHERE chain = 'invalid' AND position = 0
 GROUP BY subject

-- title:    A TLS server takes a cipher suite that is broken
-- severity: low
-- why:      NULL does not encrypt, anon lets anybody be the server; EXPORT, DES and RC4 can be read, and
--           3DES too by who sees enough of it (Sweet32). nginx: ssl_ciphers HIGH:!aNULL:!3DES; then
--           nginx -t && systemctl reload nginx. Others: the same list, by the name of their option.
-- refs:     CWE-327

SELECT subject,
       who || ' at ' || subject || ' takes: ' || weak_suites || '.' AS detail
  FROM tls_listeners
 WHERE weak_suites IS NOT NULL

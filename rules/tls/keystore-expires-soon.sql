-- title:    A certificate in a key store expires soon, and should have been renewed by now
-- severity: high
-- why:      Nothing renews a key store by itself, and the program must be restarted to read it: plan it
--           now. A new certificate goes in with keytool -importcert -alias ALIAS -file NEW.pem -keystore FILE.
--           Look: keytool -list -v -keystore FILE
-- refs:     CWE-324, CWE-298

-- Within 15 days (certificate_soon_days), or a sixth of its lifetime where that is less.
SELECT subject,
       'The key store of ' || min(used_by) || CASE WHEN min(used_by) <> max(used_by) THEN ' and ' || max(used_by) ELSE '' END || ' has a certificate that ends at ' || min(ends) || '.' AS detail,
       path AS file
  FROM file_certificates
 WHERE step = 'soon' AND counts AND is_store
 GROUP BY subject

-- title:    A certificate in a key store has expired, or does so within days
-- severity: critical
-- why:      The program that uses it cannot be connected to, or is refused by others. A new certificate goes
--           in with keytool -importcert -alias ALIAS -file NEW.pem -keystore FILE; a new store is made with
--           openssl pkcs12 -export -in fullchain.pem -inkey privkey.pem -out FILE. Restart the program then,
--           since Java reads a store once. Look: keytool -list -v -keystore FILE
-- refs:     CWE-324, CWE-298

-- Within 3 days (certificate_critical_days), or a twelfth of its lifetime where that is less.
SELECT subject,
       'The key store of ' || min(used_by) || CASE WHEN min(used_by) <> max(used_by) THEN ' and ' || max(used_by) ELSE '' END || ' has a certificate that ends at ' || min(ends) || '.' AS detail,
       path AS file
  FROM file_certificates
 WHERE step = 'ended' AND counts AND is_store
 GROUP BY subject

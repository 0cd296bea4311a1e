-- title:    A certificate in a key store is near its end
-- severity: medium
-- why:      Nothing renews a key store by itself. Order a new certificate, and plan the restart of the
--           program that reads it; settings of the policy move the line (certificate_warn_days). To
--           look, keytool -list -v -keystore FILE
-- refs:     CWE-324, CWE-298

-- Within 30 days (certificate_warn_days), or three tenths of its lifetime where that is less.
SELECT subject,
       'The key store of ' || min(used_by) || CASE WHEN min(used_by) <> max(used_by) THEN ' and ' || max(used_by) ELSE '' END || ' has a certificate that ends at ' || min(ends) || '.' AS detail,
       path AS file
  FROM file_certificates
 WHERE step = 'late' AND counts AND is_store
 GROUP BY subject

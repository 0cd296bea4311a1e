-- title:    A certificate in a file that a service uses has expired, or does so within days
-- severity: critical
-- why:      Clients refuse the service when it reads this file, if it does not serve it already. Renew it: certbot
--           renew --cert-name NAME, kubeadm certs renew all, or as it came to this host; then let the service read it:
--           nginx -t && systemctl reload nginx. Look: openssl x509 -noout -subject -enddate -in FILE
-- refs:     CWE-324, CWE-298

-- Within 3 days (certificate_critical_days), or a twelfth of its lifetime where that is less.
SELECT subject,
       'The file of ' || min(used_by) || CASE WHEN min(used_by) <> max(used_by) THEN ' and ' || max(used_by) ELSE '' END || ' has a certificate that ends at ' || min(ends) || '.' AS detail,
       path AS file
  FROM file_certificates
 WHERE step = 'ended' AND counts AND NOT is_store
 GROUP BY subject

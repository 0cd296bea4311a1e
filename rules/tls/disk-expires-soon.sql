-- title:    A certificate in a file that a service uses expires soon, and should have been renewed by now
-- severity: high
-- why:      Renewal is broken, or nobody does it. See why: certbot renew --dry-run; journalctl -u
--           certbot; systemctl list-timers. One that came from elsewhere is to be asked for there, now.
--           Look: openssl x509 -noout -subject -enddate -in FILE
-- refs:     CWE-324, CWE-298

-- Within 15 days (certificate_soon_days), or a sixth of its lifetime where that is less.
SELECT subject,
       'The file of ' || min(used_by) || CASE WHEN min(used_by) <> max(used_by) THEN ' and ' || max(used_by) ELSE '' END || ' has a certificate that ends at ' || min(ends) || '.' AS detail,
       path AS file
  FROM file_certificates
 WHERE step = 'soon' AND counts AND NOT is_store
 GROUP BY subject

-- title:    A certificate in a file that a service uses is near its end
-- severity: medium
-- why:      Those that renew by themselves have done so by now. See: systemctl list-timers; certbot renew
--           --dry-run. Another one is to be ordered in time; settings of the policy move the
--           line (certificate_warn_days).
-- refs:     CWE-324, CWE-298

-- Within 30 days (certificate_warn_days), or three tenths of its lifetime where that is less.
SELECT subject,
       'The file of ' || min(used_by) || CASE WHEN min(used_by) <> max(used_by) THEN ' and ' || max(used_by) ELSE '' END || ' has a certificate that ends at ' || min(ends) || '.' AS detail,
       path AS file
  FROM file_certificates
 WHERE step = 'late' AND counts AND NOT is_store
 GROUP BY subject

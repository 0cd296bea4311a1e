-- title:    A certificate that is served is near its end
-- severity: medium
-- why:      Those that renew by themselves have done so by now. See: systemctl list-timers; certbot renew
--           --dry-run. Another one is to be ordered in time; settings of the policy move the
--           line (certificate_warn_days).
-- refs:     CWE-324, CWE-298

-- Within 30 days (certificate_warn_days), or three tenths of its lifetime where that is less.
SELECT subject,
       min('The certificate that ' || listener || ' serves ends at ' || ends || '. See: ' || look || ' </dev/null') AS detail
  FROM served_chains
 WHERE step = 'late'
 GROUP BY subject

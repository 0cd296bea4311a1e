-- title:    A certificate that is served expires soon, and should have been renewed by now
-- severity: high
-- why:      Renewal is broken, or nobody does it. See why: certbot renew --dry-run; journalctl -u
--           certbot; systemctl list-timers. A file that is new already is served after: nginx -t &&
--           systemctl reload nginx.
-- refs:     CWE-324, CWE-298

-- Within 15 days (certificate_soon_days), or a sixth of its lifetime where that is less.
SELECT subject,
       min('The certificate that ' || listener || ' serves ends at ' || ends || '. See: ' || look || ' </dev/null') AS detail
  FROM served_chains
 WHERE step = 'soon'
 GROUP BY subject

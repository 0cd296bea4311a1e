-- title:    A certificate that is served has expired, or does so within days
-- severity: critical
-- why:      Clients refuse the connection then. Renew it: certbot renew --cert-name NAME, or as it came
--           to this host; then let the server read it: nginx -t && systemctl reload nginx. A file
--           that is new already is not served before that. Look again with the command of the
--           finding, and: | openssl x509 -noout -enddate
-- refs:     CWE-324, CWE-298

-- Within 3 days (certificate_critical_days), or a twelfth of its lifetime where that is less.
SELECT subject,
       min('The certificate that ' || listener || ' serves ends at ' || ends || '. See: ' || look || ' </dev/null') AS detail
  FROM served_chains
 WHERE step = 'ended'
 GROUP BY subject

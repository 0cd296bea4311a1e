-- title:    A certificate that is served is not valid yet, or the clock of this host is wrong
-- severity: high
-- why:      Clients refuse it until then. First see whether the clock is right (self/clock-untrusted): timedatectl; a wrong one
--           makes every date of this report wrong. Then serve the one before it, if that still
--           holds, or have another one issued.
-- refs:     CWE-298

SELECT subject,
       min('The certificate that ' || listener || ' serves begins at ' || begins || '. See: ' || look || ' </dev/null') AS detail
  FROM served_chains
 WHERE not_before > asked_at
   AND (position = 0 OR chain = 'not yet valid')
 GROUP BY subject

-- title:    PostgreSQL lets strangers in, from the internet
-- severity: critical
-- why:      Bots find it within hours; the role postgres may run commands of the host's (COPY … TO PROGRAM).
--           Close the port now, in the firewall or by listen_addresses = 'localhost'; then mend pg_hba.conf
--           (scram-sha-256 in place of trust) and the password, and look for tables and processes that you did
--           not make.
-- refs:     CWE-306, CWE-521

-- Proven by logging in from an address that is not loopback's.
SELECT DISTINCT subject,
       'PostgreSQL at ' || subject
       || CASE outcome WHEN 'accepted' THEN ' lets the role postgres in without a password'
	  ELSE ' lets the role postgres in by one of the most usual passwords' END
       || ', and the internet reaches it.' AS detail
  FROM postgres_answers
 WHERE NOT is_loopback AND is_public AND (outcome = 'accepted' OR is_password_known IS 1)

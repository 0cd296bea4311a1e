-- title:    MySQL lets strangers in, from the internet
-- severity: critical
-- why:      Bots find it within hours, copy and drop the databases, and leave a ransom note. Close the port
--           now, in the firewall or by bind-address = 127.0.0.1; then mend the account (mysql_secure_installation
--           walks through it), and look whether tables are gone: SHOW DATABASES; a backup of today is no use
--           if they are.
-- refs:     CWE-306, CWE-521

-- Proven by logging in from an address that is not loopback's.
SELECT subject,
       'MySQL at ' || subject
       || CASE WHEN skips_grants THEN ' checks no password at all'
	       WHEN is_anonymous THEN ' lets in any name without a password'
	       WHEN is_root_empty THEN ' lets root in without a password'
	       ELSE ' lets root in by one of the most usual passwords' END
       || ', and the internet reaches it.' AS detail
  FROM mysql_answers
 WHERE is_open_to_others AND is_public

-- title:    Others can read or replace a private key
-- severity: high
-- why:      Whoever has it can pass for this server, and read what was recorded of it. Close it: chown
--           root:root KEY && chmod 0600 KEY; a service that reads it as its own user: chgrp ssl-cert KEY &&
--           chmod 0640 KEY; a folder that others may write to: chown root:root DIR && chmod go-w DIR.
--           Others could have read it? Then make a new key, have a new certificate issued, and
--           revoke the old one.
-- refs:     CWE-732

-- A group that may read, such as ssl-cert's, is how services share a key. What lies in a folder that
-- others cannot enter they cannot read: certbot's older keys are 0644 there.
SELECT CASE place WHEN '' THEN '' ELSE place || ' ' END || path AS subject,
       min('The key of ' || used_by || ' '
       || CASE WHEN closed_by IS NULL AND mode & 2 THEN 'may be written by everybody on this host'
	       WHEN closed_by IS NULL AND mode & 4 THEN 'may be read by everybody on this host'
	       WHEN exposed IS NOT NULL THEN 'could be replaced: ' || exposed
	       ELSE 'may be written by group ' || gid
	  END || '.') AS detail,
       path AS file
  FROM private_keys
 WHERE (closed_by IS NULL AND mode & 6) OR exposed IS NOT NULL OR (mode & 16 AND gid <> 0)
 GROUP BY subject

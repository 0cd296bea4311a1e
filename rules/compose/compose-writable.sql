-- title:    Others can change what is about to start
-- severity: high
-- why:      Whoever can write the Compose file can have a privileged container started at the next
--           docker compose up, and is root then. Give the file and the folders above it to who
--           deploys, with: chown USER FILE && chmod go-w FILE; look at its last changes (git diff).
-- refs:     CWE-732

SELECT file AS subject,
       'The Compose file ' || file || ' could be changed by others than root and the caller: ' || exposed || '.' AS detail,
       file AS file
  FROM compose_files
 WHERE role = 'compose' AND exposed <> ''

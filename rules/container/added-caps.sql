-- title:    A container has capabilities that reach beyond it
-- severity: high
-- why:      With these one changes the host's kernel, its network or other processes. Start it
--           with cap_drop: [ALL] and cap_add: only what its log then asks for (docker run --cap-drop ALL
--           --cap-add NAME); getpcaps PID shows what a process has.
-- refs:     CWE-250, CIS Docker 5.4

-- All of them are container/privileged.
SELECT label AS subject, title || ' has ' || capabilities || '.' AS detail
  FROM container_rights
 WHERE capabilities IS NOT NULL AND NOT is_privileged

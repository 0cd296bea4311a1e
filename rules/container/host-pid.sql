-- title:    A container sees the host's processes
-- severity: high
-- why:      It can read what they were started with, and as root their environment, memory and, by
--           /proc/PID/root, all files. Start it without --pid host (compose: pid); what monitors the
--           host belongs on the host.
-- refs:     CWE-653, CIS Docker 5.16

SELECT n.label AS subject, 'Container ' || n.label || ' has no process namespace of its own.' AS detail
  FROM containers c
  JOIN container_names n ON n.id = c.id
 WHERE c.shares_pid = 1

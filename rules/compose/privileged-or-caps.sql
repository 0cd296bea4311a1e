-- title:    A Compose file gives a container rights over the host
-- severity: high
-- why:      Who takes over a service with these rights has the host, too. Take out privileged,
--           pid, ipc, network_mode and userns_mode: host, and what security_opt turns off; then
--           drop all, with cap_drop: [ALL], and cap_add: only what its log asks for (getpcaps PID shows what a
--           container has now). Then: docker compose up -d SERVICE.
-- refs:     CWE-250, CIS Docker 5.3, CIS Docker 5.4, CIS Docker 5.9, CIS Docker 5.10, CIS Docker 5.15

WITH strong(capability) AS (VALUES
	('ALL'), ('BPF'), ('DAC_READ_SEARCH'), ('LINUX_IMMUTABLE'), ('MAC_ADMIN'), ('MAC_OVERRIDE'),
	('NET_ADMIN'), ('PERFMON'), ('SYSLOG'), ('SYS_ADMIN'), ('SYS_BOOT'), ('SYS_MODULE'), ('SYS_PTRACE'),
	('SYS_RAWIO'), ('SYS_TIME')
), added AS (
	SELECT s.rowid AS id, group_concat(c.capability, ', ') AS capabilities
	  FROM compose_services s
	  JOIN strong c ON ',' || s.cap_add || ',' LIKE '%,' || c.capability || ',%'
	 GROUP BY s.rowid
), told AS (
	SELECT s.service, s.file, s.line,
	       CASE WHEN s.privileged THEN ', privileged' ELSE '' END
	       || CASE WHEN a.capabilities IS NULL THEN '' ELSE ', cap_add ' || a.capabilities END
	       || CASE WHEN s.network_mode = 'host' THEN ', network_mode host' ELSE '' END
	       || CASE WHEN s.pid_mode = 'host' THEN ', pid host' ELSE '' END
	       || CASE WHEN s.ipc_mode = 'host' THEN ', ipc host' ELSE '' END
	       || CASE WHEN s.userns_mode = 'host' THEN ', userns_mode host' ELSE '' END
	       || CASE WHEN s.security_opt LIKE '%unconfined%' THEN ', security_opt unconfined' ELSE '' END
	       || CASE WHEN s.security_opt LIKE '%label%disable%' THEN ', security_opt label disable' ELSE '' END
	       AS rights
	  FROM compose_services s
	  LEFT JOIN added a ON a.id = s.rowid
)
SELECT service AS subject,
       'Service ' || service || ' asks for: ' || substr(rights, 3) || '.' AS detail,
       file AS file, line AS line
  FROM told
 WHERE rights <> ''

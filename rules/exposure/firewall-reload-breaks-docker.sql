-- title:    Reloading the firewall removes the rules of Docker
-- severity: medium
-- why:      "flush ruleset" takes the chains of Docker, Podman or kube-proxy along: published ports
--           go dead, and with them goes what keeps strangers from the containers. Replace that line
--           by two for each table of the file: table inet filter; and: delete table inet filter; then
--           try it: nft -c -f FILE. Is it a unit that flushes: systemctl edit nftables, with the lines
--           [Service], ExecReload= and ExecReload=/usr/sbin/nft -f FILE. Do not restart or stop
--           nftables, which flushes too; reload it. If it has happened already: systemctl restart
--           docker (or: podman network reload --all)
-- refs:     CWE-1188

WITH engines(engine, part, name) AS (VALUES
	('Docker', 'chain', 'DOCKER*'), ('Docker', 'table', 'docker-bridges'),
	('Podman', 'chain', 'NETAVARK*'), ('Podman', 'table', 'netavark'),
	('Podman', 'chain', 'CNI-*'),
	('kube-proxy', 'chain', 'KUBE-*'), ('kube-proxy', 'table', 'kube-proxy')
), living AS MATERIALIZED (
	SELECT DISTINCT e.engine, c.family
	  FROM nft_chains c
	  JOIN namespaces n ON n.id = c.namespace AND n.is_host
	  JOIN engines e ON CASE e.part WHEN 'chain' THEN c.chain ELSE c.table_name END GLOB e.name
), endangered AS (
	SELECT DISTINCT b.file, b.line, b.family, b.included_by, l.engine
	  FROM boot_rulesets b
	  JOIN living l ON b.family IS NULL OR b.family = l.family
	 -- Debian ships such a file, which nothing loads until its service is switched on
	 WHERE b.flushes AND b.manager = 'nftables' AND b.is_enabled
	 ORDER BY b.file, l.engine
)
SELECT file AS subject,
       file || coalesce(', which ' || max(included_by) || ' includes,', '') || ' flushes '
       || CASE WHEN min(family) IS NULL OR count(family) < count(*) THEN 'the whole ruleset'
	       ELSE 'all tables of the family ' || min(family) END
       || ', and the chains of ' || replace(group_concat(DISTINCT engine), ',', ', ')
       || ' are live; it is loaded at boot and by each reload.' AS detail,
       file, min(line) AS line
  FROM endangered
 GROUP BY file

-- title:    Docker publishes ports without rules of its own
-- severity: medium
-- why:      Its programs carry each connection instead: the services see the host as the sender of all,
--           so their logs and their lists of who may come are worth nothing, and nothing keeps networks
--           of containers apart. Either somebody said so: "iptables": false in
--           /etc/docker/daemon.json, or --iptables=false in systemctl cat docker; take it out. Or a
--           firewall was loaded that flushed Docker's rules (nft list ruleset has no chain DOCKER).
--           Then: systemctl restart docker. Afterwards published ports pass ufw by: publish them on
--           127.0.0.1 first.
-- refs:     CWE-653, CIS Docker 2.4

-- What the kernel does counts, and not what a file says. By IPv6 Docker has no rules unless told so; and
-- on a host without a network no packet comes that a rule could lead on. A packet must get as far as
-- docker-proxy: where DOCKER-USER stops all that comes, no rule can be seen to lead to a container either.
WITH reached AS MATERIALIZED (
	SELECT DISTINCT namespace, protocol, port
	  FROM reachability
	 WHERE family = 'ipv4' AND scope <> 'host' AND path = 'input' AND to_namespace = namespace
)
SELECT 'docker' AS subject,
       'Ports are published by docker-proxy alone, and no rule of the kernel leads to a container: '
       || group_concat(port, ', ') || CASE WHEN max(count) > 5 THEN ' and others.' ELSE '.' END AS detail
  FROM (SELECT port, count(*) OVER () AS count, row_number() OVER (ORDER BY port) AS rank
	  FROM (SELECT DISTINCT endpoint(p.address, p.port, p.protocol) AS port
		  FROM container_ports p
		  JOIN reached r ON r.namespace = p.namespace AND r.protocol = p.protocol AND r.port = p.port
		 WHERE p.is_proxied AND p.address NOT LIKE '%:%'
		   AND NOT EXISTS (SELECT 1 FROM container_ports WHERE is_rule)))
 WHERE rank <= 5
HAVING count(*) > 0

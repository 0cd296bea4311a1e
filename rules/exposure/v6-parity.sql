-- title:    The firewall stops a port over IPv4 and leaves it open over IPv6
-- severity: high
-- why:      Rules were written for one family and forgotten for the other; scanners try both. Use
--           one table of the family inet for both, or give ip6tables the same rules (ufw: IPV6=yes in
--           /etc/default/ufw; Docker: "ip6tables": true in /etc/docker/daemon.json).
-- refs:     CWE-668

WITH sides AS MATERIALIZED (
	SELECT place, protocol, port,
	       max(family = 'ipv6' AND is_public AND excess IS NOT NULL) AS is_open6,
	       max(family = 'ipv4' AND is_public) AS is_open4,
	       max(CASE WHEN family = 'ipv4' AND sources_public(blocked) THEN blocked_by END) AS stopped4,
	       min(subject) FILTER (WHERE family = 'ipv6' AND is_public) AS subject,
	       min(who) AS who
	  FROM exposures
	 WHERE scope = 'network' AND port > 0 AND subject IS NOT NULL
	 GROUP BY place, protocol, port
)
SELECT subject,
       'Port ' || port || '/' || protocol || coalesce(', held by ' || who || ',', '')
       || ' is open to the internet over IPv6; over IPv4 ' || stopped4 || ' stops it.' AS detail
  FROM sides
 WHERE is_open6 AND NOT is_open4 AND stopped4 IS NOT NULL

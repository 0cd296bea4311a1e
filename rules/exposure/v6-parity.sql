-- title:    The firewall stops a port over IPv4 and leaves it open over IPv6
-- severity: high
-- why:      Rules were written for one family and forgotten for the other; scanners try both. Use
--           one table of the family inet for both, or give ip6tables the same rules (ufw: IPV6=yes in
--           /etc/default/ufw; Docker: "ip6tables": true in /etc/docker/daemon.json).
-- refs:     CWE-668

-- Open to all (2), to a part of the internet (1), to none of it (0).
WITH over6 AS MATERIALIZED (
	SELECT DISTINCT place, protocol, port FROM exposures WHERE family = 'ipv6' AND is_public
), ways AS MATERIALIZED (
	SELECT e.*,
	       CASE WHEN NOT e.is_public THEN 0 WHEN sources_words(e.answered) = 'anywhere' THEN 2 ELSE 1
	       END AS openness
	  FROM exposures e
	  JOIN over6 o ON o.place = e.place AND o.protocol = e.protocol AND o.port = e.port
	 WHERE e.scope = 'network' AND e.port > 0 AND e.subject IS NOT NULL
), sides AS MATERIALIZED (
	SELECT place, protocol, port,
	       max(CASE WHEN family = 'ipv6' AND excess IS NOT NULL THEN openness ELSE 0 END) AS openness6,
	       max(CASE WHEN family = 'ipv4' THEN openness ELSE 0 END) AS openness4,
	       max(CASE WHEN family = 'ipv4' AND sources_public(blocked) THEN blocked_by END) AS stopped4,
	       max(family = 'ipv4' AND sources_public(unknown)) AS is_doubtful4,
	       min(subject) FILTER (WHERE family = 'ipv6' AND is_public) AS subject,
	       min(who) AS who
	  FROM ways
	 GROUP BY place, protocol, port
)
SELECT subject,
       'Port ' || port || '/' || protocol || coalesce(', held by ' || who || ',', '')
       || ' is open to the internet over IPv6; over IPv4 ' || stopped4
       || CASE openness4 WHEN 0 THEN ' stops it.' ELSE ' stops a part of it.' END AS detail
  FROM sides
 WHERE openness6 > openness4 AND stopped4 IS NOT NULL
   -- of whom it is not known whether he comes in, nobody can say that he is stopped
   AND (NOT is_doubtful4 OR EXISTS (SELECT 1 FROM complete_tables WHERE name = 'reachability'))

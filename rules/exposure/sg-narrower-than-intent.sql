-- title:    The policy allows what no security group lets in
-- severity: medium
-- why:      Clients that the policy names never reach this host: the cloud drops their packets
--           without an answer, and connections time out. Add the rule in Terraform, or with:
--           aws ec2 authorize-security-group-ingress --group-id GROUP --protocol tcp --port
--           PORT --cidr SOURCE. If the policy is out of date, remove the entry.

-- All groups of the exports together, as those of one interface are a union. Where an export has a
-- rule whose source only the cloud can resolve, the missing part may be there: then no row.
-- IPv6 counts only when the host has an address that IPv6 packets from outside could come to.
WITH exports AS MATERIALIZED (
	SELECT protocol, json_group_array(json_array(port_first, port_last, source)) AS allowed
	  FROM intent_ports
	 WHERE origin <> 'policy' AND source IS NOT NULL
	 GROUP BY protocol
), missing AS MATERIALIZED (
	SELECT p.*, uncovered(p.port_first, p.port_last, p.source, coalesce(e.allowed, '[]')) AS part
	  FROM intent_ports p
	  LEFT JOIN exports e ON e.protocol = p.protocol
	 WHERE p.origin = 'policy' AND p.source IS NOT NULL
	   AND EXISTS (SELECT 1 FROM intents WHERE origin <> 'policy')
	   AND (p.source NOT LIKE '%:%' OR EXISTS (
		SELECT 1 FROM addresses WHERE family = 'ipv6' AND is_public(address)))
)
SELECT m.ports || ' from ' || m.source AS subject,
       'No security group allows ' || m.part || ', which the policy does.' AS detail,
       m.file,
       m.line
  FROM missing m
 WHERE m.part IS NOT NULL
   AND NOT EXISTS (
	SELECT 1
	  FROM intent_ports u
	 WHERE u.origin <> 'policy' AND u.source IS NULL AND u.protocol = m.protocol
	   AND u.port_first <= m.port_last AND m.port_first <= u.port_last
   )

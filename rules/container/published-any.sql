-- title:    A container's data can be reached from other machines that are not meant to
-- severity: high
-- why:      A published port goes past ufw and the INPUT chain: whoever reaches the host reaches the
--           data. Publish it on 127.0.0.1 (compose: "127.0.0.1:PORT:PORT"; docker run -p
--           127.0.0.1:PORT:PORT), or not at all: containers of one network reach it by its name without.
--           Then docker compose up -d SERVICE; the data stays where it is in a volume. If others are
--           meant to reach it, add them to "allow" in harden.yaml and stop the rest in the firewall.
-- refs:     CWE-668, CIS Docker 5.14

-- Who gets in decides, and not how it is written: what a firewall stops, and what is on loopback, is
-- quiet. Without any intent only the internet is surely not meant.
SELECT p.label || ' ' || p.port || '/' || p.protocol AS subject,
       'Container ' || p.label || ' publishes port ' || p.container_port || '/' || p.protocol
       || coalesce(' (usually ' || min(r.service) || ')', ' of the image ' || p.image_name)
       || ' on ' || min(endpoint(p.address, p.port, p.protocol)) || ', which is open to '
       || CASE WHEN max(p.is_public) THEN 'the internet' ELSE 'other machines' END
       || CASE WHEN max(p.intended IS NOT NULL) THEN ', beyond what the intent allows.' ELSE '.' END AS detail
  FROM published_ports p
  LEFT JOIN risky_ports r ON r.protocol = p.protocol AND r.protocol = 'tcp'
   AND r.port IN (p.port, p.container_port)
 WHERE p.scope = 'network' AND p.answered <> ''
   AND (r.port IS NOT NULL OR p.image_name IN (SELECT name FROM data_images))
   AND (p.is_public AND p.is_undecided
	OR p.excess IS NOT NULL AND EXISTS (SELECT 1 FROM complete_tables WHERE name = 'intents'))
 GROUP BY p.label, p.port, p.protocol

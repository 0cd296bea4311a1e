-- title:    A container shares the host's network
-- severity: medium
-- why:      It reaches what listens on 127.0.0.1, may take any port, and what it listens on is the
--           host's own. Start it without --network host (compose: network_mode), and publish the ports
--           that it serves: ports: ["127.0.0.1:8080:8080"].
-- refs:     CWE-653, CIS Docker 5.10

SELECT n.label AS subject, 'Container ' || n.label || ' has no network namespace of its own.' AS detail
  FROM containers c
  JOIN container_names n ON n.id = c.id
 WHERE c.shares_network = 1

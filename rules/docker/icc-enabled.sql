-- title:    Containers that have nothing to do with each other share Docker's default network
-- severity: low
-- why:      In it each reaches all ports of all others, published or not: who takes one over goes on to
--           the next. Give each project a network of its own, as Compose does by itself: docker
--           network create NAME, then docker run --network NAME. Or close the default one, for
--           containers that need nobody: "icc": false in /etc/docker/daemon.json, then systemctl
--           restart docker.
-- refs:     CWE-653, CIS Docker 2.2

-- Networks that somebody made are meant to be shared; one container alone has nobody to reach.
SELECT name AS subject,
       'Containers of Docker''s network ' || name || ', which is for those that name none, reach all ports of each other.'
       AS detail
  FROM engine_networks
 WHERE engine = 'docker' AND is_default = 1 AND icc = 1 AND containers >= 2

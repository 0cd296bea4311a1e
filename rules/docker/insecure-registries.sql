-- title:    Docker takes images from a registry whose certificate it does not check
-- severity: medium
-- why:      Whoever stands between can hand over another image, which then runs here, and gets the
--           password of the registry. Give the registry a certificate; of an authority of your own,
--           copy its root to /etc/docker/certs.d/REGISTRY/ca.crt. Then take it out of
--           "insecure-registries" in /etc/docker/daemon.json (or --insecure-registry in systemctl cat
--           docker), and systemctl reload docker.
-- refs:     CWE-295, CIS Docker 2.5

-- Loopback is always on the list, and nobody stands between there.
SELECT DISTINCT r.value AS subject,
       'Docker speaks to the registries of ' || r.value || ' without a certificate that holds, or in clear.' AS detail
  FROM engines e, json_each(e.insecure_registries) r
 WHERE e.engine = 'docker'
   AND NOT (r.value GLOB '127.*' OR r.value IN ('localhost', '::1/128')
	    OR r.value GLOB 'localhost:*' OR r.value GLOB '[[]::1]*')

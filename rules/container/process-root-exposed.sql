-- title:    A container runs as root, and has more than a container is given
-- severity: high
-- why:      It is root for the kernel, and the internet reaches it, or it has rights or folders of
--           the host: whoever takes it over is close to root on the host. Take those away first (other
--           findings name them), and give the service a user: "10001:10001" (docker run --user),
--           with its volumes owned by that user (chown -R 10001:10001 DIR).
-- refs:     CWE-250, CIS Docker 4.1

SELECT label AS subject,
       title || CASE WHEN is_main_root THEN ' runs' ELSE ' has a process that runs' END
       || ' with user id 0 of the host, and '
       || CASE WHEN is_privileged THEN 'has all capabilities.'
	       WHEN capabilities IS NOT NULL THEN 'has ' || capabilities || '.'
	       WHEN has_host_paths THEN 'has parts of the host mounted.'
	       ELSE 'the internet reaches it.' END AS detail
  FROM container_facts
 WHERE has_root AND (is_public OR capabilities IS NOT NULL OR has_host_paths)

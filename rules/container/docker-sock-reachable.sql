-- title:    Other machines reach a container that has the engine's socket
-- severity: critical
-- why:      Who takes over what it serves (a Jenkins, a Portainer, a proxy) starts a privileged
--           container by that socket, and is root on the host; :ro makes no difference. Let only
--           those in who need it (publish it on 127.0.0.1 or the private address), then start it
--           without the mount: an agent on a machine of its own, a rootless engine, or a proxy of
--           the socket that lets GET /containers through.
-- refs:     CWE-250, CIS Docker 5.32

SELECT f.label AS subject,
       f.title || ' has ' || min(p.source) || ' of the host mounted, as ' || min(p.target) || '; '
       || CASE WHEN f.is_public THEN 'the internet reaches' ELSE 'other machines reach' END
       || ' what listens in it.' AS detail
  FROM container_facts f
  JOIN container_host_paths p ON p.container = f.id AND p.kind = 'engine'
 WHERE f.is_reachable
 GROUP BY f.id

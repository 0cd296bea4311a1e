-- title:    A container has the engine's socket
-- severity: high
-- why:      Whoever can write to that socket starts a privileged container, and is root on the host;
--           a folder above it is the same, and :ro makes no difference, since a socket is written to
--           by connecting. Start the container without the mount. What only lists containers can
--           have a proxy in front that lets GET /containers through; what builds images can be an
--           agent on a machine of its own, or rootless.
-- refs:     CWE-250, CIS Docker 5.32

-- Where other machines reach the container, container/docker-sock-reachable says so.
SELECT f.label AS subject,
       f.title || ' has ' || min(p.source) || ' of the host mounted, as ' || min(p.target) || '.' AS detail
  FROM container_facts f
  JOIN container_host_paths p ON p.container = f.id AND p.kind = 'engine'
 WHERE NOT f.is_reachable
 GROUP BY f.id

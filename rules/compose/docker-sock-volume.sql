-- title:    A Compose file mounts the container engine's socket
-- severity: high
-- why:      Whoever can write to that socket starts a privileged container, and is root on the host;
--           a folder above it is the same, and :ro makes no difference, since a socket is written to
--           by connecting. Take the mount out. What only lists containers (Traefik, exporters) can
--           have a proxy in front that lets GET /containers through, or a file of targets.
-- refs:     CWE-250, CIS Docker 5.32

WITH sockets(path) AS (VALUES
	('/run/docker.sock'), ('/var/run/docker.sock'), ('/run/podman/podman.sock'),
	('/var/run/podman/podman.sock'), ('/run/containerd/containerd.sock'),
	('/var/run/containerd/containerd.sock'), ('/run/crio/crio.sock'), ('/var/run/crio/crio.sock'))
SELECT m.service || ' ' || m.source AS subject,
       'Service ' || m.service || ' mounts ' || m.source
       || coalesce(' (as volume ' || max(m.volume) || ')', '') || ', where the engine''s socket is.' AS detail,
       m.file AS file, m.line AS line
  FROM compose_mounts m
  JOIN sockets s ON s.path = m.source OR m.source = '/'
    OR substr(s.path, 1, length(m.source) + 1) = m.source || '/'
    OR m.source GLOB '/run/user/*/docker.sock' OR m.source GLOB '/var/run/user/*/docker.sock'
    OR m.source GLOB '/run/user/*/podman/podman.sock'
    -- Docker Desktop and old rootless setups keep it in the home directory
    OR m.source GLOB '*/.docker/run/docker.sock' OR m.source GLOB '*/.docker/desktop/docker.sock'
 GROUP BY m.project, m.service, m.source

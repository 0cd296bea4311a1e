-- title:    Others than root may give orders to the container engine
-- severity: high
-- why:      Whoever can write to its socket starts a privileged container, and is root on the host.
--           chown root:docker SOCKET; chmod 0660 SOCKET (containerd, CRI-O and podman: root:root), and
--           look what opens it at each start: SocketMode= and SocketGroup= in systemctl cat
--           docker.socket, or a chmod in a script.
-- refs:     CWE-732, CIS Docker 3.15, CIS Docker 3.16

-- A user's own socket lies in a folder that is closed to others. Who is in the group of Docker's,
-- docker/docker-group-members says.
SELECT path AS subject,
       path || CASE WHEN mode & 2 THEN ' may be written to by everybody.'
		    WHEN uid <> 0 THEN ' belongs to another user than root.'
		    ELSE ' may be written to by a group.' END AS detail
  FROM engine_sockets
 WHERE path NOT GLOB '/run/user/*'
   AND (mode & 2 OR uid <> 0 OR (path <> '/run/docker.sock' AND gid <> 0 AND mode & 16))

-- title:    A user may give orders to Docker, and so is root
-- severity: high
-- why:      docker run -v /:/host is all that it takes, without a password and without a trace in the
--           log of sudo. Take the user out: gpasswd -d USER docker (or usermod -g, where it is the first
--           group), and let it log in anew; what deploys can have sudo for one command, or a rootless
--           Docker. Whoever has to stay is waived by name, with a reason.
-- refs:     CWE-250, CIS Docker 1.1.2

-- By the group that the socket really has; without a socket, by its name.
SELECT DISTINCT m.user AS subject,
       'User ' || m.user || ' is in group ' || m.name
       || CASE WHEN max(m.is_primary) THEN ', as its first group,' ELSE '' END
       || ' which may write to Docker''s socket.' AS detail
  FROM group_members m
  LEFT JOIN engine_sockets s ON s.path = '/run/docker.sock'
 WHERE m.user <> 'root' AND m.gid <> 0
   AND CASE WHEN s.path IS NULL THEN m.name = 'docker' ELSE m.gid = s.gid AND s.mode & 16 END
 GROUP BY m.user, m.name

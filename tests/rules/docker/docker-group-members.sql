-- fires: a member, and one whose first group it is, which no list of members has
INSERT INTO engine_sockets VALUES ('/run/docker.sock', 432, 0, 998);
INSERT INTO group_members VALUES ('docker', 998, 'ann', 0);
INSERT INTO group_members VALUES ('docker', 998, 'bob', 1);
-- expect: ann
-- expect: bob

-- fires: the group that the socket has, whatever its name
INSERT INTO engine_sockets VALUES ('/run/docker.sock', 432, 0, 77);
INSERT INTO group_members VALUES ('ops', 77, 'ann', 0);
INSERT INTO group_members VALUES ('docker', 998, 'bob', 0);
-- expect: ann

-- fires: Docker does not run now
INSERT INTO group_members VALUES ('docker', 998, 'ann', 0);
-- expect: ann

-- quiet: root, other groups, and a socket of root alone
INSERT INTO engine_sockets VALUES ('/run/docker.sock', 432, 0, 0);
INSERT INTO group_members VALUES ('docker', 998, 'root', 0);
INSERT INTO group_members VALUES ('root', 0, 'ann', 0);
INSERT INTO group_members VALUES ('sudo', 27, 'ann', 0);

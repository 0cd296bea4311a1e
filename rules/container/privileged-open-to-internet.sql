-- title:    The internet reaches a container that has all rights over the host
-- severity: critical
-- why:      One flaw in what it serves is root on the host. Close the port now (publish it on
--           127.0.0.1, or stop it: docker stop NAME); then start it without --privileged and
--           --cap-add ALL (compose: privileged, cap_add), with cap_drop: [ALL], and add only what
--           its log then asks for.
-- refs:     CWE-250, CIS Docker 5.5

SELECT label AS subject,
       title || ' has all capabilities, those of the host''s root'
       || CASE WHEN seccomp = 0 THEN ', and no filter of system calls' ELSE '' END
       || '; the internet reaches what listens in it.' AS detail
  FROM container_facts
 WHERE is_privileged AND is_public

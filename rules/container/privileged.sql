-- title:    A container has all rights over the host
-- severity: high
-- why:      It may load kernel modules and mount the host's disks: who takes it over has the host.
--           Start it without --privileged and --cap-add ALL (compose: privileged, cap_add), and
--           with cap_drop: [ALL] add only what its log then asks for; one
--           device is --device /dev/NAME.
-- refs:     CWE-250, CIS Docker 5.5

-- Where the internet reaches it, container/privileged-open-to-internet says so.
SELECT label AS subject,
       title || ' has all capabilities, those of the host''s root'
       || CASE WHEN seccomp = 0 THEN ', and no filter of system calls.' ELSE '.' END AS detail
  FROM container_facts
 WHERE is_privileged AND NOT is_public

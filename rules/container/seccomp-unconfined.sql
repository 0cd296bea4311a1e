-- title:    A container may call all of the kernel
-- severity: medium
-- why:      Engines keep containers from system calls that hardly any program needs, and that most ways
--           out of containers were found in. Start it without --security-opt seccomp=unconfined
--           (compose: security_opt; Kubernetes: seccompProfile: RuntimeDefault); a call that it does
--           need goes into a profile of its own: seccomp=FILE.json.
-- refs:     CWE-693, CIS Docker 5.22

-- A privileged container has no filter either: that is one finding.
SELECT label AS subject, title || ' has a process without a filter of system calls.' AS detail
  FROM container_rights
 WHERE seccomp = 0 AND NOT is_privileged

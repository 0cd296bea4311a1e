-- title:    A container runs as root
-- severity: medium
-- why:      Root in a container is root for the kernel: one flaw in that, or one mount too many, and it
--           is root on the host. Give the service a user: "10001:10001" (docker run --user), own its
--           volumes by that user (chown -R 10001:10001 DIR) and look whether it comes up; or map
--           root away for all, with userns-remap in /etc/docker/daemon.json.
-- refs:     CWE-250, CIS Docker 4.1

-- Who runs counts, as the host counts, and not what the image says. Where more can be made of it,
-- container/process-root-exposed says so. What somebody started in a running container counts when it
-- has lived for ten seconds: a shell of `docker exec -u 0` does, and so does what a set-user-id program
-- leaves. A health check of an image that starts as root and drops it, as mysql's does, is root as well,
-- every few seconds for a moment; it would make a finding that comes and goes from night to night. The
-- main process counts at once: who audits behind a deploy wants to know.
SELECT label AS subject,
       title || CASE WHEN is_main_root THEN ' runs' ELSE ' has a process that runs' END
       || ' with user id 0 of the host.' AS detail
  FROM container_facts
 WHERE has_root AND NOT (is_public OR capabilities IS NOT NULL OR has_host_paths)

-- title:    A container may use all memory
-- severity: low
-- why:      One leak in it, and the kernel ends other programs of the host: the database, or sshd. Give
--           it a limit: mem_limit: 512m in the Compose file, or at once: docker update --memory
--           512m --memory-swap 512m NAME. docker stats shows what it uses.
-- refs:     CWE-770, CIS Docker 5.11

SELECT n.label AS subject,
       'Container ' || n.label || ' has no limit of memory, nor has a group above it.' AS detail
  FROM containers c
  JOIN container_names n ON n.id = c.id
 WHERE c.has_memory_control AND c.memory_max IS NULL

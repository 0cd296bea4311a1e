-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The views that rules share: facts as a person would say them. Each is made of tables that
-- `harden tables` lists. A text here must be the same from run to run while the host is the same,
-- since subjects are made of it: no process ids, no counts.
--
-- They are TEMP, so that --save keeps what was seen and not what was made of it, and so that SQLite
-- trusts them, as it does not trust the schema of a file that --facts names.

-- What was seen whole, so that the lack of a row means something.
CREATE TEMP VIEW complete_tables AS
SELECT "table" AS name FROM coverage WHERE status IN ('complete', 'absent');

-- A name for each network namespace: '' for the host's own, and no other has that one or another's:
-- what two namespaces said under one name would be one finding. A process may call itself anything.
CREATE TEMP VIEW namespace_names AS
WITH inside AS MATERIALIZED (
	SELECT namespace, min(container) AS container, min(unit) AS unit, min(pid) AS pid
	  FROM processes
	 WHERE namespace IS NOT NULL
	 GROUP BY namespace
), called AS (
	SELECT n.id, n.is_host, p.cgroup,
	       coalesce(n.name, 'container ' || substr(i.container, 1, 12), i.unit,
			nullif(p.comm, ''), 'net:[' || n.id || ']') AS name
	  FROM namespaces n
	  LEFT JOIN inside i ON i.namespace = n.id
	  LEFT JOIN processes p ON p.pid = i.pid
)
SELECT id,
       CASE WHEN is_host THEN ''
	    WHEN count(*) OVER (PARTITION BY is_host, name) = 1 THEN name
	    WHEN count(cgroup) OVER (PARTITION BY is_host, name, cgroup) = 1
	    THEN name || ' in ' || cgroup
	    ELSE name || ' net:[' || id || ']'
       END AS label
  FROM called;

-- Network namespaces whose sockets can be reached from elsewhere, as far as interfaces tell.
--
-- A container in a network that Docker or Podman made is not one of them: its only way out is a
-- veth pair to a bridge of the engine, and others reach it through the ports that are published.
-- A published port shows as a listener of the engine's proxy in the host's namespace. (Where the
-- proxy is switched off there is only a DNAT rule, which this version does not read.) Pods of
-- Kubernetes are reached by their own address, and so count. In the host's own namespace what is
-- bound to more than loopback counts always: the interface that is missing now may come up later.
CREATE TEMP VIEW reachable_namespaces AS
WITH wires AS MATERIALIZED (
	SELECT namespace,
	       sum(NOT is_loopback) AS beyond_loopback,
	       sum(NOT is_loopback AND kind IS NOT 'veth') AS other_than_veth
	  FROM interfaces
	 GROUP BY namespace
), engines AS MATERIALIZED (
	SELECT namespace FROM processes WHERE engine IN ('docker', 'podman') GROUP BY namespace
)
SELECT n.id, n.is_host
  FROM namespaces n
  LEFT JOIN wires w ON w.namespace = n.id
  LEFT JOIN engines e ON e.namespace = n.id
 WHERE w.namespace IS NULL -- not seen: then nothing speaks against it
    OR n.is_host
    OR w.other_than_veth > 0
    OR w.beyond_loopback > 0 AND e.namespace IS NULL;

-- Who listens where: one row for each address and port of a namespace, though several sockets may
-- share it (SO_REUSEPORT). `who` is a phrase for a sentence. is_exposed: more than loopback can
-- reach it, the firewall left aside.
CREATE TEMP VIEW listeners AS -- kept: made once, for all rules
WITH owners AS MATERIALIZED (
	SELECT inode, min(pid) AS pid FROM socket_owners WHERE inode <> 0 GROUP BY inode
), bound AS MATERIALIZED (
	SELECT s.namespace, s.protocol, s.family, s.address, s.port,
	       -- A socket of IPv6 serves IPv4 too, unless it is bound to one address or told not to
	       -- (IPV6_V6ONLY, ipv6(7)). ::ffff:192.0.2.1 is an IPv4 address.
	       max(CASE s.address WHEN '::' THEN coalesce(s.v6only, 0) = 0
		   ELSE s.address GLOB '*.*' END) AS serves_ipv4,
	       s.address NOT GLOB '*.*' AS serves_ipv6,
	       max(NOT is_loopback(s.address) AND coalesce(i.is_loopback, 0) = 0) AS leaves_host,
	       CASE WHEN min(s.interface) = max(s.interface) THEN max(i.name) END AS interface,
	       min(s.uid) AS uid,
	       min(o.pid) AS pid
	  FROM sockets s
	  LEFT JOIN owners o ON o.inode = s.inode
	  LEFT JOIN interfaces i ON i.namespace = s.namespace AND i.ifindex = s.interface
	 GROUP BY s.port, s.address, s.namespace, s.protocol, s.family -- the most telling first: faster
), named AS (
	SELECT b.*,
	       coalesce(n.label, 'net:[' || b.namespace || ']') AS place,
	       endpoint(b.address, b.port, b.protocol) AS endpoint,
	       b.leaves_host AND (n.id IS NULL OR r.id IS NOT NULL) AS is_exposed
	  FROM bound b
	  LEFT JOIN namespace_names n ON n.id = b.namespace
	  LEFT JOIN reachable_namespaces r ON r.id = b.namespace
), holders AS MATERIALIZED (
	-- A copy, since SQLite takes a GROUP BY to have few rows, and would rather scan the table for
	-- each than index it; what is materialized it does index.
	SELECT pid, comm, exe, unit, container FROM processes
)
SELECT l.namespace, l.place, l.protocol, l.family, l.address, l.port, l.endpoint,
       CASE l.place WHEN '' THEN '' ELSE l.place || ' ' END || l.endpoint AS subject,
       l.serves_ipv4, l.serves_ipv6, l.is_exposed, l.interface, l.uid, l.pid,
       p.comm, p.exe, p.unit, p.container,
       CASE WHEN p.pid IS NULL AND l.pid IS NULL
		 AND EXISTS (SELECT 1 FROM complete_tables WHERE name = 'socket_owners')
	    THEN 'the kernel'
	    WHEN p.pid IS NULL THEN 'a process that could not be seen'
	    WHEN p.container IS NOT NULL
	    THEN p.comm || ' (container ' || substr(p.container, 1, 12) || ')'
	    -- systemd numbers the scopes of logins and of systemd-run: another name each time
	    WHEN p.unit IS NULL OR p.unit GLOB 'session-*.scope' OR p.unit GLOB 'run-*' THEN p.comm
	    ELSE p.comm || ' (unit ' || p.unit || ')'
       END AS who
  FROM named l
  LEFT JOIN holders p ON p.pid = l.pid;

-- The intent for TCP and UDP: a row for "all" protocols is one of each. What has no ports (ICMP,
-- GRE and the like) has no listener to compare it with.
CREATE TEMP VIEW intent_ports AS
WITH transports(protocol) AS (VALUES ('tcp'), ('udp'))
SELECT i.origin, i.security_group, t.protocol,
       coalesce(i.port_first, 0) AS port_first, coalesce(i.port_last, 65535) AS port_last,
       CASE WHEN i.port_first = i.port_last THEN CAST(i.port_first AS TEXT)
	    WHEN coalesce(i.port_first, 0) <= 1 AND coalesce(i.port_last, 65535) = 65535 THEN 'all'
	    ELSE i.port_first || '-' || i.port_last
       END || '/' || t.protocol AS ports,
       i.source, i.source_ref, i.why, i.file, i.line
  FROM intents i
  JOIN transports t ON i.protocol IN (t.protocol, 'all');

-- Rows of a security group that let in more than the policy says, and which of their ports
-- something serves. Only where there is a policy: an export alone is the intent itself.
CREATE TEMP VIEW wide_groups AS
WITH policies AS MATERIALIZED (
	SELECT protocol, json_group_array(json_array(port_first, port_last, source)) AS allowed
	  FROM intent_ports
	 WHERE origin = 'policy' AND source IS NOT NULL
	 GROUP BY protocol
), groups AS MATERIALIZED (
	SELECT DISTINCT g.origin, g.security_group, g.protocol, g.port_first, g.port_last, g.ports,
	       g.source, g.file, g.line, coalesce(p.allowed, '[]') AS allowed
	  FROM intent_ports g
	  LEFT JOIN policies p ON p.protocol = g.protocol
	 WHERE g.origin <> 'policy' AND g.source IS NOT NULL
	   AND EXISTS (SELECT 1 FROM intents WHERE origin = 'policy')
), wide AS MATERIALIZED (
	SELECT g.*, uncovered(port_first, port_last, source, allowed) AS excess FROM groups g
), served AS MATERIALIZED (
	SELECT protocol, port, max(serves_ipv4) AS ipv4, max(serves_ipv6) AS ipv6
	  FROM listeners
	 WHERE is_exposed
	 GROUP BY protocol, port
)
SELECT w.ports || ' from ' || w.source || coalesce(' in ' || w.security_group, '') AS subject,
       w.ports, w.source, w.security_group, w.excess, w.file, w.line,
       is_public(w.source) AND EXISTS (
	       SELECT 1
		 FROM served s
		WHERE s.protocol = w.protocol AND s.port BETWEEN w.port_first AND w.port_last
		  AND CASE WHEN w.source LIKE '%:%' THEN s.ipv6 ELSE s.ipv4 END
		  AND uncovered(s.port, s.port, w.source, w.allowed) IS NOT NULL
       ) AS is_served
  FROM wide w
 WHERE w.excess IS NOT NULL;

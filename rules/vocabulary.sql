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

-- Network namespaces that have more than loopback, or may have: in the host's own the interface that
-- is missing now may come up later.
CREATE TEMP VIEW wired_namespaces AS
SELECT n.id
  FROM namespaces n
  LEFT JOIN (SELECT namespace, min(is_loopback) AS is_alone FROM interfaces GROUP BY namespace) w
    ON w.namespace = n.id
 WHERE w.namespace IS NULL -- not seen: then nothing speaks against it
    OR n.is_host
    OR NOT w.is_alone;

-- Who listens where: one row for each address and port of a namespace, though several sockets may
-- share it (SO_REUSEPORT). `who` is a phrase for a sentence. is_exposed: bound to more than loopback;
-- who really gets in, the view exposures says.
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
	  LEFT JOIN wired_namespaces r ON r.id = b.namespace
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

-- Ports that strangers have no business with. TCP: what is found there is data, or the keys to the
-- host, and bots try them all day; SSH is not one, it is made to be met by strangers. UDP: services
-- that answer with more than they were asked, and so can be turned against others.
CREATE TEMP VIEW risky_ports AS
WITH known(protocol, port, service) AS (VALUES
	('tcp', 23, 'telnet'), ('tcp', 111, 'the RPC portmapper'), ('tcp', 135, 'Windows RPC'),
	('tcp', 445, 'SMB'), ('tcp', 512, 'rexec'), ('tcp', 513, 'rlogin'), ('tcp', 514, 'rsh'),
	('tcp', 873, 'rsync'), ('tcp', 1433, 'SQL Server'), ('tcp', 1521, 'Oracle'),
	('tcp', 2049, 'NFS'), ('tcp', 2181, 'ZooKeeper'), ('tcp', 2375, 'the Docker API'),
	('tcp', 2376, 'the Docker API'), ('tcp', 2379, 'etcd'), ('tcp', 2380, 'etcd'),
	('tcp', 3306, 'MySQL'), ('tcp', 33060, 'MySQL'), ('tcp', 3389, 'RDP'),
	('tcp', 5432, 'PostgreSQL'), ('tcp', 5601, 'Kibana'), ('tcp', 5672, 'RabbitMQ'),
	('tcp', 5900, 'VNC'), ('tcp', 5984, 'CouchDB'), ('tcp', 6000, 'X11'),
	('tcp', 6379, 'Redis'), ('tcp', 6380, 'Redis'), ('tcp', 8086, 'InfluxDB'),
	('tcp', 8123, 'ClickHouse'), ('tcp', 8500, 'Consul'),
	('tcp', 9042, 'Cassandra'), ('tcp', 9092, 'Kafka'), ('tcp', 9200, 'Elasticsearch'),
	('tcp', 9300, 'Elasticsearch'), ('tcp', 10250, 'the kubelet'), ('tcp', 10255, 'the kubelet'),
	('tcp', 11211, 'memcached'), ('tcp', 15672, 'RabbitMQ'), ('tcp', 26379, 'Redis Sentinel'),
	('tcp', 27017, 'MongoDB'), ('tcp', 27018, 'MongoDB'),
	('udp', 17, 'qotd'), ('udp', 19, 'chargen'), ('udp', 53, 'DNS'), ('udp', 69, 'TFTP'),
	('udp', 111, 'the RPC portmapper'), ('udp', 123, 'NTP'), ('udp', 137, 'NetBIOS'),
	('udp', 161, 'SNMP'), ('udp', 389, 'LDAP'), ('udp', 427, 'SLP'), ('udp', 1900, 'SSDP'),
	('udp', 3283, 'Apple Remote Desktop'), ('udp', 3702, 'WS-Discovery'), ('udp', 5353, 'mDNS'),
	('udp', 5683, 'CoAP'), ('udp', 11211, 'memcached'))
SELECT protocol, port, service FROM known;

-- From where each port may be reached, as the intent has it, for the ports that something answers
-- on. An area whose source only the cloud can resolve names no source.
CREATE TEMP VIEW meant AS -- kept: made once, for all rules
WITH ports AS MATERIALIZED (
	SELECT DISTINCT protocol, port, family FROM reachability WHERE port > 0
)
SELECT p.protocol, p.port, p.family,
       coalesce(group_concat(i.source) FILTER (WHERE i.is_family), '') AS intended,
       coalesce(group_concat(i.source) FILTER (WHERE i.is_family AND i.origin = 'policy'), '') AS policy,
       coalesce(group_concat(i.source) FILTER (WHERE i.is_family AND i.origin <> 'policy'), '') AS groups,
       coalesce(max(i.origin <> 'policy'), 0) AS has_group,
       coalesce(max(i.origin <> 'policy' AND i.source IS NULL), 0) AS has_unresolved
  FROM ports p
  LEFT JOIN (
	SELECT DISTINCT protocol, port_first, port_last, origin, source, f.family,
	       source IS NOT NULL AND (source LIKE '%:%') = (f.family = 'ipv6') AS is_family
	  FROM intent_ports
	  JOIN (SELECT 'ipv4' AS family UNION ALL SELECT 'ipv6') f
  ) i ON i.protocol = p.protocol AND p.port BETWEEN i.port_first AND i.port_last
     AND i.family = p.family
 GROUP BY p.protocol, p.port, p.family;

-- Programs that listen on the host for what listens in a container: each engine's own.
CREATE TEMP VIEW proxies AS
WITH known(comm) AS (VALUES
	('docker-proxy'), ('rootlessport'), ('rootlesskit'), ('slirp4netns'), ('pasta'), ('pasta.avx2'))
SELECT comm FROM known;

-- The heart: each way to a listener or a published port, whom it lets in, and how that compares
-- with the intent. intended, excess (who gets in and is not meant to) and missing (who is meant to
-- get in, and is stopped by rules on this way) are lists of sources, or NULL. Who gets in is
-- counted by those to whom answers go back: see `harden tables reachability`. is_undecided: some of
-- them are of the internet, and no policy says that they are meant; is_group_public: a security group
-- says so.
CREATE TEMP VIEW exposures AS -- kept: made once, for all rules
WITH
-- A client of DHCP has to take what comes to its well-known port before it has an address.
dhcp_clients(comm) AS (VALUES ('dhclient'), ('dhcpcd'), ('udhcpc'), ('systemd-network'), ('NetworkManager'),
			      ('connmand'), ('wickedd-dhcp4'), ('wickedd-dhcp6')),
serving AS MATERIALIZED (
	SELECT l.namespace, l.protocol, l.port, l.subject, l.who, l.interface, l.serves_ipv4,
	       l.serves_ipv6, l.address IN ('0.0.0.0', '::', '::ffff:0.0.0.0') AS is_wildcard,
	       CASE WHEN l.address LIKE '::ffff:%.%' THEN substr(l.address, 8) ELSE l.address END AS address,
	       l.comm IN (SELECT comm FROM proxies) AS is_proxy,
	       l.protocol = 'udp' AND l.port IN (68, 546)
	       AND l.comm IN (SELECT comm FROM dhcp_clients) AS is_dhcp_client
	  FROM listeners l
), ways AS MATERIALIZED (
	SELECT DISTINCT * FROM reachability
), compared AS MATERIALIZED (
	-- The ways to a port mostly let the same sources in: each list is compared once.
	SELECT w.*, nullif(m.intended, '') AS intended, m.policy, m.groups, m.has_group, m.has_unresolved,
	       sources_minus(w.answered, coalesce(m.intended, '')) AS excess,
	       sources_common(coalesce(m.intended, ''), w.blocked) AS missing,
	       sources_public(coalesce(sources_minus(w.answered, coalesce(m.policy, '')), '')) AS is_undecided,
	       sources_public(coalesce(m.groups, '')) AS is_group_public
	  FROM (SELECT DISTINCT protocol, port, family, answered, blocked FROM ways) w
	  LEFT JOIN meant m ON m.protocol = w.protocol AND m.port = w.port AND m.family = w.family
), rootless AS MATERIALIZED (
	-- What comes by a tap device of somebody's own user namespace has been handed in by a program
	-- of his, which listens on the host (slirp4netns, pasta).
	SELECT DISTINCT i.namespace, i.name
	  FROM interfaces i
	 WHERE i.kind = 'tun'
	   AND (SELECT min(p.inside_uid IS NOT p.uid) FROM processes p WHERE p.namespace = i.namespace)
), told AS MATERIALIZED (
	SELECT w.*, s.subject AS listener, coalesce(s.is_wildcard, 0) AS is_wildcard, s.who,
	       coalesce(s.is_proxy, 0) AS is_proxy, coalesce(s.is_dhcp_client, 0) AS is_dhcp_client,
	       coalesce(n.label, 'net:[' || w.namespace || ']') AS place
	  FROM ways w
	  LEFT JOIN namespace_names n ON n.id = w.namespace
	  LEFT JOIN serving s ON s.namespace = coalesce(w.to_namespace, CASE WHEN w.path = 'input' THEN w.namespace END)
	   AND s.protocol = w.protocol
	   AND s.port = coalesce(w.to_port, w.port)
	   AND (s.is_wildcard OR s.address = coalesce(w.to_address, w.address))
	   AND CASE w.family WHEN 'ipv4' THEN s.serves_ipv4 ELSE s.serves_ipv6 END
	   AND (s.interface IS NULL OR s.interface = w.interface OR w.path <> 'input')
 )
SELECT t.namespace, t.place, t.interface, t.protocol, t.family, t.address, t.port,
       CASE WHEN t.is_proxy AND t.path = 'input' THEN 'proxy' ELSE t.path END AS path,
       t.to_namespace, t.to_address, t.to_port,
       CASE WHEN r.name IS NULL THEN t.scope ELSE 'host' END AS scope,
       t.sources, t.temporal, t.unknown, t.reason, t.answered,
       t.is_public AND r.name IS NULL AS is_public,
       t.blocked, t.blocked_by, t.is_wildcard, t.is_dhcp_client, t.who,
       CASE WHEN t.path NOT LIKE 'dnat%' THEN t.listener
	    -- the engine's proxy beside the rule is the same publication
	    ELSE coalesce((SELECT min(s.subject) FROM serving s
			    WHERE s.namespace = t.namespace AND s.protocol = t.protocol AND s.port = t.port
			      AND (s.is_wildcard OR s.address = t.address)),
			  CASE t.place WHEN '' THEN '' ELSE t.place || ' ' END
			  || t.port || '/' || t.protocol || ' published')
       END AS subject,
       c.intended, c.policy, c.groups, c.has_group, c.has_unresolved, c.excess, c.missing,
       c.is_undecided, c.is_group_public
  FROM told t
  JOIN compared c ON c.protocol = t.protocol AND c.port = t.port AND c.family = t.family
   AND c.answered IS t.answered AND c.blocked IS t.blocked
  LEFT JOIN rootless r ON r.namespace = t.namespace AND r.name = t.interface;

-- What is open and not meant to be: a row for each subject, its worst way in. kind tells the rules
-- apart, so that one fault is one finding:
-- data       the internet reaches a TCP port where data or keys to the host are
-- reflector  it reaches a UDP port that can be turned against others
-- bypass     the firewall denies what comes to this host, and a published port is forwarded past it
-- plain      the intent does not allow it
-- group      a security group names the port, for fewer: nothing but the group stands in front
CREATE TEMP VIEW open_ports AS -- kept: made once, for all rules
WITH closed AS MATERIALIZED ( -- ways on which the firewall denies whatever it does not know
	SELECT namespace, interface, protocol, family
	  FROM reachability
	 WHERE path = 'default' AND scope = 'network'
	 GROUP BY namespace, interface, protocol, family
	HAVING max(is_public) = 0 AND max(sources_public(blocked)) = 1
), ways AS MATERIALIZED (
	SELECT e.*, d.service,
	       e.is_public AND e.is_undecided
	       AND (e.is_group_public
		    OR NOT EXISTS (SELECT 1 FROM intents WHERE origin <> 'policy')) AS is_internet,
	       e.path LIKE 'dnat%' AND e.is_public AND c.namespace IS NOT NULL AS is_bypass
	  FROM exposures e
	  LEFT JOIN risky_ports d ON d.protocol = e.protocol AND d.port IN (e.port, e.to_port)
	  LEFT JOIN closed c ON c.namespace = e.namespace AND c.interface = e.interface
	   AND c.protocol = e.protocol AND c.family = e.family
	 WHERE e.subject IS NOT NULL AND e.port > 0 AND NOT e.is_dhcp_client
	   AND (e.scope = 'network'
		OR e.scope = 'link' AND e.path IN ('input', 'proxy') AND e.address GLOB 'fe[89ab]?:*')
	   AND (e.excess IS NOT NULL
		OR e.is_public AND d.service IS NOT NULL AND e.protocol = 'tcp')
), kinds AS (
	SELECT *,
	       CASE WHEN service IS NOT NULL AND is_internet AND protocol = 'tcp' THEN 'data'
		    WHEN excess IS NULL THEN NULL
		    WHEN service IS NOT NULL AND is_internet AND sources_public(excess) THEN 'reflector'
		    WHEN has_group THEN 'group'
		    WHEN is_bypass THEN 'bypass'
		    ELSE 'plain'
	       END AS kind
	  FROM ways
), ranked AS (
	SELECT *, row_number() OVER (
		PARTITION BY subject
		ORDER BY kind = 'data' DESC, kind = 'reflector' DESC, kind = 'bypass' DESC,
			 kind = 'plain' DESC, is_public DESC, length(excess), interface, family, address, path, service) AS rank
	  FROM kinds
	 WHERE kind IS NOT NULL
)
SELECT subject, kind, protocol, port, interface, path, to_namespace, to_address, to_port, is_public, service,
       coalesce(who, CASE WHEN path LIKE 'dnat%' AND to_namespace IS NULL THEN 'a machine behind this host'
			  ELSE 'nobody yet' END) AS who,
       sources_words(coalesce(excess, answered)) AS open_to, intended, groups, has_unresolved
  FROM ranked
 WHERE rank = 1;

-- How far away those may be who reach what listens on a port of a namespace, published ports and all,
-- whatever is meant.
CREATE TEMP VIEW port_reach AS -- kept: made once, for all rules
-- cast, since an index is no use for a comparison with a column of another affinity
SELECT CAST(coalesce(to_namespace, namespace) AS INTEGER) AS namespace, protocol,
       CAST(coalesce(to_port, port) AS INTEGER) AS port,
       max(is_public) AS is_public,
       max(scope = 'network' AND answered <> '') AS is_reachable
  FROM reachability
 WHERE port > 0
 GROUP BY 1, 2, 3;

-- Listeners that hold data, by name, and how far away those may be who reach them. An engine's proxy
-- stands for a listener of a container: where a rule leads past it, that one is here and it is not.
CREATE TEMP VIEW data_listeners AS -- kept: made once, for all rules
WITH users AS MATERIALIZED ( -- a copy, which SQLite makes an index for
	SELECT pid, uid FROM processes
), translated AS MATERIALIZED (
	SELECT DISTINCT namespace, protocol, port
	  FROM reachability
	 WHERE path LIKE 'dnat%' AND to_namespace IS NOT NULL
)
SELECT l.namespace, l.protocol, l.address, l.port, l.subject, l.who, l.pid, l.is_exposed, p.uid,
       l.comm IN (SELECT comm FROM proxies) AS is_proxy,
       coalesce(e.is_public, 0) AS is_public, coalesce(e.is_reachable, 0) AS is_reachable
  FROM listeners l
  LEFT JOIN users p ON p.pid = l.pid
  LEFT JOIN port_reach e ON e.namespace = l.namespace AND e.protocol = l.protocol AND e.port = l.port
 WHERE NOT (l.comm IN (SELECT comm FROM proxies)
	    AND EXISTS (SELECT 1 FROM translated t
			 WHERE t.namespace = l.namespace AND t.protocol = l.protocol AND t.port = l.port));

-- What Redis servers said to whoever connects, from loopback and from elsewhere, by listener.
CREATE TEMP VIEW redis_answers AS
SELECT r.*, l.subject, l.who, l.pid, l.uid, l.is_public, l.is_reachable,
       -- what lets in, and into more than a PING
       r.outcome IN ('served', 'password')
       AND 1 IN (r.may_write, r.may_config, r.may_eval, r.may_info) AS is_open
  FROM redis_servers r
  JOIN data_listeners l ON l.namespace = r.namespace AND l.address = r.address AND l.port = r.port
   AND l.protocol = 'tcp';

-- The same of MySQL and MariaDB: a row for each server. What only this host itself gets into has
-- is_local; it was asked from there and from an address of its own that others may reach, too.
CREATE TEMP VIEW mysql_answers AS
SELECT l.subject, l.who, l.pid, l.is_public, l.is_reachable,
       max(m.skips_grants IS 1) AS skips_grants,
       max(m.is_anonymous IS 1) AS is_anonymous,
       max(m.is_root_empty IS 1) AS is_root_empty,
       max(m.is_password_known IS 1) AS is_password_known,
       max(NOT m.is_loopback
	   AND 1 IN (m.skips_grants, m.is_anonymous, m.is_root_empty, m.is_password_known)) AS is_open_to_others,
       max(NOT m.is_loopback AND m.outcome IN ('accepted', 'denied', 'locked')) AS has_account_for_others
  FROM mysql_servers m
  JOIN data_listeners l ON l.namespace = m.namespace AND l.address = m.address AND l.port = m.port
   AND l.protocol = 'tcp'
 GROUP BY l.subject;

-- And of PostgreSQL.
CREATE TEMP VIEW postgres_answers AS
SELECT p.*, l.subject, l.who, l.is_public, l.is_reachable
  FROM postgres_servers p
  JOIN data_listeners l ON l.namespace = p.namespace AND l.address = p.address AND l.port = p.port
   AND l.protocol = 'tcp';

-- And of memcached; is_meant: each way to it from other hosts is meant to be, by policy or group.
CREATE TEMP VIEW memcached_answers AS
SELECT m.*, l.subject, l.who, l.is_exposed, l.is_public, l.is_reachable,
       coalesce((SELECT max(e.excess IS NOT NULL) = 0
		   FROM exposures e
		  WHERE coalesce(e.to_namespace, e.namespace) = m.namespace AND e.protocol = m.protocol
		    AND coalesce(e.to_port, e.port) = m.port AND e.scope = 'network'
		    AND e.answered <> ''), 0) AS is_meant
  FROM memcached_servers m
  JOIN data_listeners l ON l.namespace = m.namespace AND l.address = m.address AND l.port = m.port
   AND l.protocol = m.protocol;

-- Rows of a security group that let in more than the policy says, and whether some of those whom
-- only the group lets in get an answer from this host: what its own firewall stops is not served.
-- Only where there is a policy: an export alone is the intent itself.
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
	SELECT e.protocol, e.port, e.family, coalesce(e.policy, '') AS policy,
	       group_concat(DISTINCT e.answered) AS answered
	  FROM exposures e
	 WHERE e.is_public AND e.subject IS NOT NULL AND e.port > 0
	 GROUP BY e.protocol, e.port, e.family
)
SELECT w.ports || ' from ' || w.source || coalesce(' in ' || w.security_group, '') AS subject,
       w.ports, w.source, w.security_group, w.excess, w.file, w.line,
       is_public(w.source) AND EXISTS (
	       SELECT 1
		 FROM served s
		WHERE s.protocol = w.protocol AND s.port BETWEEN w.port_first AND w.port_last
		  AND (w.source LIKE '%:%') = (s.family = 'ipv6')
		  AND sources_public(coalesce(sources_minus(
			coalesce(sources_common(w.source, s.answered), ''), s.policy), ''))
       ) AS is_served
  FROM wide w
 WHERE w.excess IS NOT NULL;

-- Certificates that TLS listeners serve, with the subject that a finding has: the listener and the
-- first name of the certificate, or all of its own where it has none. `step` is how near its end is:
-- a 6-day certificate is not late all its life, nor a 10-year one for years, so the days that
-- are left are held against its lifetime and against the policy, whichever is less. Clients that
-- renew by themselves (ACME) do it when a third is left: `late` begins a little behind that. See
-- CONTRIBUTING.md for why it is less, and not more.
CREATE TEMP VIEW served_chains AS -- kept: made once, for all rules
WITH named AS (
	SELECT c.*, l.subject AS listener, l.who,
	       coalesce(nullif(substr(c.names, 1, instr(c.names || ' ', ' ') - 1), ''),
			nullif(c.subject, ''), 'serial ' || c.serial) AS label,
	       c.not_after - c.asked_at AS remaining,
	       c.not_after - c.not_before AS lifetime
	  FROM served_certificates c
	  JOIN listeners l ON l.namespace = c.namespace AND l.address = c.address AND l.port = c.port
	   AND l.protocol = 'tcp'
)
SELECT n.namespace, n.address, n.port, n.asked, n.name, n.origin, n.key, n.chain, n.name_matches, n.position,
       n.listener, n.who, n.subject AS certificate, n.issuer, n.not_before, n.not_after, n.asked_at,
       n.key_type, n.key_bits, n.digest, n.is_self_signed,
       n.listener || ' ' || CASE n.position WHEN 0 THEN n.label || CASE n.key WHEN 'rsa' THEN ' (RSA)' ELSE ' (ECDSA)' END
			    ELSE coalesce(nullif(n.subject, ''), n.label) END AS subject,
       strftime('%Y-%m-%d %H:%M UTC', n.not_after, 'unixepoch') AS ends,
       strftime('%Y-%m-%d %H:%M UTC', n.not_before, 'unixepoch') AS begins,
       'openssl s_client -connect ' || CASE WHEN n.asked LIKE '%:%' THEN '[' || n.asked || ']' ELSE n.asked END || ':' || n.port
       || CASE n.starttls WHEN 'postgresql' THEN ' -starttls postgres' WHEN 'mysql' THEN ' -starttls mysql'
			  WHEN 'smtp' THEN ' -starttls smtp' ELSE '' END
       || coalesce(' -servername ' || n.name, ' -noservername') AS look,
       CASE WHEN n.position > 0 -- one that is not needed may end unnoticed: old roots, cross-signed
	    THEN CASE WHEN n.remaining <= 0 AND n.chain = 'expired' THEN 'ended'
		      WHEN n.remaining > 0 AND n.position = 1 AND NOT n.is_self_signed
			   AND n.remaining <= 7 * 86400 THEN 'soon' END
	    WHEN n.remaining <= min(86400 * setting('certificate_critical_days', 3), n.lifetime / 12) THEN 'ended'
	    WHEN n.remaining <= min(86400 * setting('certificate_soon_days', 15), n.lifetime / 6) THEN 'soon'
	    WHEN n.remaining <= min(86400 * setting('certificate_warn_days', 30), 3 * n.lifetime / 10) THEN 'late'
       END AS step
  FROM named n;

-- What TLS listeners take, over all names and addresses that they were asked by.
CREATE TEMP VIEW tls_listeners AS -- kept: made once, for all rules
SELECT l.subject, l.who, e.namespace, e.address, e.port,
       max(e.accepts_tls10) AS tls10, max(e.accepts_tls11) AS tls11,
       max(nullif(e.weak_suites, '')) AS weak_suites
  FROM tls_endpoints e
  JOIN listeners l ON l.namespace = e.namespace AND l.address = e.address AND l.port = e.port
   AND l.protocol = 'tcp'
 GROUP BY e.namespace, e.address, e.port;

-- Certificates in files, with the subject that a finding has: the file and the first name of the
-- certificate. `step` is as in served_chains: what is left, against the lifetime and the policy. What a
-- finding is made of: roots at the end of a bundle end unnoticed, and so do those of a key store
-- that has no key for them, unless the policy names it. Of letsencrypt's own folder nothing tells
-- that it is used: see tls/renewal-broken.
CREATE TEMP VIEW file_certificates AS -- kept: made once, for all rules
WITH named AS (
	SELECT c.*, CASE c.place WHEN '' THEN '' ELSE c.place || ' ' END || c.path AS file,
	       coalesce(nullif(substr(c.names, 1, instr(c.names || ' ', ' ') - 1), ''),
			nullif(c.subject, ''), c.alias, 'certificate ' || c.position) AS label,
	       c.not_after - c.read_at AS remaining,
	       c.not_after - c.not_before AS lifetime,
	       c.format IN ('JKS', 'JCEKS', 'PKCS12') AS is_store
	  FROM certificates c
	 WHERE c.not_after IS NOT NULL
)
SELECT n.place, n.path, n.used_by, n.position, n.spki, n.fingerprint, n.is_store, n.file, n.label,
       n.file || ' ' || n.label AS subject, n.remaining, n.lifetime,
       strftime('%Y-%m-%d %H:%M UTC', n.not_after, 'unixepoch') AS ends,
       CASE n.used_by WHEN 'letsencrypt' THEN 0 WHEN 'policy' THEN 1 WHEN 'java' THEN n.is_store AND n.has_key
	    ELSE CASE WHEN n.is_store THEN n.has_key ELSE NOT (n.is_self_signed AND n.position > 1) END
       END AS counts,
       CASE WHEN n.remaining <= min(86400 * setting('certificate_critical_days', 3), coalesce(n.lifetime, 0) / 12) THEN 'ended'
	    WHEN n.remaining <= min(86400 * setting('certificate_soon_days', 15), coalesce(n.lifetime, 0) / 6) THEN 'soon'
	    WHEN n.remaining <= min(86400 * setting('certificate_warn_days', 30), 3 * coalesce(n.lifetime, 0) / 10) THEN 'late'
       END AS step
  FROM named n;

-- A name for each container: as its engine has it on disk, so that it is the same whether the engine
-- answers or not; or the beginning of its id, which every engine takes for the whole. No two have the
-- same: what two containers did under one name would be one finding. Root's come first, since a user's
-- own engine gives any name.
CREATE TEMP VIEW container_names AS -- kept: made once, for all rules
WITH named AS (
	SELECT c.id, f.name, f.uid, f.engine,
	       row_number() OVER (PARTITION BY f.name ORDER BY f.uid <> 0, f.engine, c.id) AS rank,
	       row_number() OVER (PARTITION BY f.name, f.uid, f.engine ORDER BY c.id) AS same
	  FROM containers c
	  LEFT JOIN container_configs f ON f.id = c.id
)
SELECT id,
       CASE WHEN name IS NULL THEN substr(id, 1, 12)
	    WHEN rank = 1 THEN name
	    WHEN same > 1 THEN name || ' (' || substr(id, 1, 12) || ')'
	    WHEN uid = 0 THEN name || ' (' || engine || ')'
	    ELSE name || ' (' || engine || ' of user ' || uid || ')'
       END AS label
  FROM named;

-- Processes in containers, without an engine's own on its way in: it still has the rights that it is
-- about to give up. That takes a moment, and any process may call itself so: what has lived longer
-- counts, whatever its name. is_passing: it is new, and was started in a container that ran. The
-- newest process of all is the audit's own, and tells the time.
CREATE TEMP VIEW container_members AS -- kept: made once, for all rules
WITH newest AS MATERIALIZED (
	SELECT max(started) AS started FROM processes
), members AS (
	SELECT c.id AS container, p.pid, p.uid, p.comm, p.caps_effective, p.caps_bounding, p.no_new_privs,
	       p.seccomp, s.shares_user, p.pid = c.pid AS is_main,
	       coalesce((SELECT started FROM newest) - p.started < 10, 0) AS is_new
	  FROM containers c
	  JOIN processes p ON p.container = c.id
	  JOIN container_processes s ON s.pid = p.pid
)
SELECT container, pid, uid, comm, caps_effective, caps_bounding, no_new_privs, seccomp, shares_user,
       is_main, is_new AND NOT is_main AS is_passing
  FROM members
 WHERE NOT (comm GLOB 'runc:*' OR comm = 'crun') OR NOT is_new;

-- Capabilities by which a process has more of the host than a container is given by default
-- (capabilities(7)): held now, or to be had by a program with set-user-id or file capabilities. Those
-- of a user namespace count only within it.
CREATE TEMP VIEW container_capabilities AS -- kept: made once, for all rules
WITH strong(capability, bit) AS (VALUES
	('DAC_READ_SEARCH', 2), ('LINUX_IMMUTABLE', 9), ('NET_ADMIN', 12), ('SYS_MODULE', 16),
	('SYS_RAWIO', 17), ('SYS_PTRACE', 19), ('SYS_ADMIN', 21), ('SYS_BOOT', 22), ('SYS_TIME', 25),
	('MAC_OVERRIDE', 32), ('MAC_ADMIN', 33), ('SYSLOG', 34), ('PERFMON', 38), ('BPF', 39)
), sets AS (
	SELECT container, caps_effective AS caps FROM container_members WHERE shares_user IS 1
	 UNION
	SELECT container, caps_bounding FROM container_members WHERE shares_user IS 1 AND no_new_privs = 0
	 UNION -- '': what the host itself can have, which may be less than all
	SELECT '', caps_bounding FROM processes WHERE pid = 1
)
SELECT DISTINCT s.container, c.capability
  FROM sets s
  JOIN strong c ON (instr('0123456789abcdef', substr(s.caps, 16 - c.bit / 4, 1)) - 1) >> (c.bit % 4) & 1
 WHERE length(s.caps) = 16;

-- Parts of the host that a container has mounted and that are more than its own data. kind: engine (a
-- socket that takes orders, or a folder with one), root, secrets, system (what the host runs or is set
-- up by), device, kernel. `top` is where the mount that brought it is: -v /:/host brings all below.
-- What a user namespace has mounted, it has with the rights of an ordinary user.
CREATE TEMP VIEW container_host_paths AS -- kept: made once, for all rules
WITH sockets(path) AS (
	SELECT path FROM engine_sockets
	 UNION VALUES ('/run/docker.sock'), ('/run/podman/podman.sock'), ('/run/containerd/containerd.sock'),
		      ('/run/crio/crio.sock')
), hosted AS MATERIALIZED (
	SELECT m.container, m.target, m.source, m.is_writable, c.shares_user
	  FROM container_mounts m
	  JOIN containers c ON c.id = m.container
	 WHERE m.source IS NOT NULL
), told AS (
	SELECT h.*,
	       CASE WHEN source IN (SELECT path FROM sockets)
		      OR source GLOB '/run/user/*/docker.sock' OR source GLOB '/run/user/*/podman/podman.sock'
		      OR source <> '/' AND EXISTS (SELECT 1 FROM engine_sockets s
						    WHERE substr(s.path, 1, length(source) + 1) = source || '/')
		    THEN 'engine'
		    WHEN shares_user IS NOT 1 THEN NULL
		    WHEN source = '/' THEN 'root'
		    WHEN source IN ('/etc', '/root', '/home', '/etc/shadow', '/etc/gshadow', '/etc/ssh')
		      OR source GLOB '/home/*' AND source NOT GLOB '/home/*/*'
		      OR source GLOB '/etc/ssh/ssh_host_*_key'
		      OR source GLOB '*/.ssh' OR source GLOB '*/.ssh/*' AND source NOT GLOB '*/known_hosts'
		    THEN 'secrets'
		    WHEN source = '/dev' OR source GLOB '/dev/sd*' OR source GLOB '/dev/vd*'
		      OR source GLOB '/dev/xvd*' OR source GLOB '/dev/nvme*' OR source GLOB '/dev/dm-*'
		      OR source GLOB '/dev/mapper*' OR source GLOB '/dev/disk*'
		      OR source IN ('/dev/mem', '/dev/kmem', '/dev/port')
		    THEN 'device'
		    WHEN NOT is_writable THEN NULL
		    -- each container has its own view of these there
		    WHEN (source = '/proc' OR source GLOB '/proc/*') AND NOT (target = '/proc' OR target GLOB '/proc/*')
		      OR (source = '/sys' OR source GLOB '/sys/*') AND NOT (target = '/sys' OR target GLOB '/sys/*')
		    THEN 'kernel'
		    WHEN source IN ('/bin', '/boot', '/lib', '/lib64', '/sbin', '/usr', '/usr/bin', '/usr/lib',
				    '/usr/local', '/usr/local/bin', '/usr/local/sbin', '/usr/sbin', '/run',
				    '/var', '/var/lib', '/var/lib/docker', '/var/lib/containers', '/var/lib/kubelet',
				    '/var/spool')
		      OR source GLOB '/boot/*' OR source GLOB '/etc/cron*' OR source GLOB '/etc/sudoers*'
		      OR source GLOB '/etc/systemd*' OR source GLOB '/etc/pam.*' OR source GLOB '/etc/ld.so.*'
		      OR source GLOB '/etc/profile*' OR source GLOB '/etc/init.d*' OR source GLOB '/etc/docker*'
		      OR source GLOB '/var/spool/cron*' OR source GLOB '/lib/systemd*'
		      OR source GLOB '/usr/lib/systemd*' OR source GLOB '/etc/apt*' OR source GLOB '/etc/udev*'
		      OR source IN ('/etc/passwd', '/etc/group', '/etc/security')
		    THEN 'system'
	       END AS kind
	  FROM hosted h
)
SELECT t.container, t.target, t.source, t.is_writable, t.kind,
       coalesce((SELECT min(o.target)
		   FROM hosted o
		  WHERE o.container = t.container AND length(o.target) < length(t.target)
		    AND o.target <> '/'
		    AND substr(t.target, 1, length(o.target) + 1) = o.target || '/'
		    AND rtrim(o.source, '/') || substr(t.target, length(o.target) + 1) = t.source),
		t.target) AS top
  FROM told t
 WHERE t.kind IS NOT NULL;

-- Containers, and what they may do, by what is seen of them alone.
CREATE TEMP VIEW container_rights AS -- kept: made once, for all rules
WITH strong AS MATERIALIZED (
	SELECT container, group_concat(capability, ', ') AS capabilities,
	       -- engines that are older than PERFMON and BPF do not know them
	       max(capability = 'SYS_ADMIN')
	       AND sum(capability NOT IN ('PERFMON', 'BPF'))
		   >= coalesce((SELECT nullif(sum(capability NOT IN ('PERFMON', 'BPF')), 0)
				  FROM container_capabilities WHERE container = ''), 12) AS is_privileged
	  FROM (SELECT container, capability FROM container_capabilities ORDER BY container, capability)
	 GROUP BY container
), roots AS MATERIALIZED (
	SELECT container, max(uid = 0 AND NOT is_passing) AS has_root,
	       max(uid = 0 AND is_main) AS is_main_root,
	       min(seccomp) AS seccomp
	  FROM container_members
	 GROUP BY container
)
SELECT n.id, n.label, 'Container ' || n.label AS title,
       s.capabilities, coalesce(s.is_privileged, 0) AS is_privileged,
       r.has_root, r.is_main_root, r.seccomp
  FROM container_names n
  LEFT JOIN strong s ON s.container = n.id
  LEFT JOIN roots r ON r.container = n.id;

-- The same, and who reaches what listens in them: is_public, the internet does; is_reachable, another
-- machine does.
CREATE TEMP VIEW container_facts AS -- kept: made once, for all rules
WITH reached AS MATERIALIZED (
	SELECT l.container, max(r.is_public) AS is_public, max(r.is_reachable) AS is_reachable
	  FROM listeners l
	  JOIN port_reach r ON r.namespace = l.namespace AND r.protocol = l.protocol AND r.port = l.port
	 WHERE l.container IS NOT NULL AND l.is_exposed
	 GROUP BY l.container
)
SELECT c.*, coalesce(e.is_public, 0) AS is_public, coalesce(e.is_reachable, 0) AS is_reachable,
       EXISTS (SELECT 1 FROM container_host_paths p WHERE p.container = c.id) AS has_host_paths
  FROM container_rights c
  LEFT JOIN reached e ON e.container = c.id;

-- Images that hold data, or the way to it, by the last part of their names.
CREATE TEMP VIEW data_images AS
WITH known(name) AS (VALUES
	('cassandra'), ('clickhouse'), ('clickhouse-server'), ('cockroach'), ('consul'), ('couchdb'),
	('dragonfly'), ('elasticsearch'), ('etcd'), ('influxdb'), ('keydb'), ('mariadb'), ('memcached'),
	('mongo'), ('mongodb'), ('mongo-express'), ('mssql-server'), ('mysql'), ('mysql-server'), ('neo4j'),
	('opensearch'), ('oracle-free'), ('oracle-xe'), ('percona'), ('pgadmin4'), ('phpmyadmin'),
	('postgis'), ('postgres'), ('postgresql'), ('rabbitmq'), ('redis'), ('redis-stack'),
	('redis-stack-server'), ('rethinkdb'), ('scylla'), ('solr'), ('timescaledb'), ('valkey'), ('zookeeper'))
SELECT name FROM known;

-- The images of containers that run. image_name is the last part: redis of ghcr.io/x/redis:7.
CREATE TEMP VIEW container_images AS
SELECT id, image, substr(last, 1, instr(last || ':', ':') - 1) AS image_name
  FROM (SELECT id, image, replace(name, rtrim(name, replace(name, '/', '')), '') AS last
	  FROM (SELECT id, image, substr(image, 1, instr(image || '@', '@') - 1) AS name FROM container_configs));

-- Ports of the host that lead into containers, and each way to them: whom it lets in, and how that
-- compares with the intent, as in exposures.
CREATE TEMP VIEW published_ports AS
SELECT p.container, n.label, p.protocol, p.address, p.port, p.container_port, p.network,
       i.image, i.image_name, e.family, e.interface, e.scope, e.address AS reached_at, e.path, e.answered, e.is_public, e.intended,
       e.excess, e.is_undecided, e.blocked_by
  FROM container_ports p
  JOIN container_names n ON n.id = p.container
  JOIN exposures e ON e.namespace = p.namespace AND e.protocol = p.protocol AND e.port = p.port
   AND (e.path LIKE 'dnat%' OR e.path = 'proxy')
   AND (e.address = p.address
	OR p.address = '0.0.0.0' AND e.family = 'ipv4' OR p.address = '::' AND e.family = 'ipv6')
  LEFT JOIN container_images i ON i.id = p.container;

-- Containers that run, as engines of users have them: such an engine may say anything, so of what it
-- says only that stays which is about a container that a process of the same user has started.
CREATE TEMP VIEW user_containers AS
SELECT u.*
  FROM user_engine_containers u
  JOIN containers c ON c.id = u.id
  JOIN processes p ON p.pid = c.pid
  JOIN processes q ON q.pid = p.ppid AND q.uid = u.uid;

-- title:    The firewall's rules are gone after the next reboot
-- severity: medium
-- why:      They are in the kernel and in no file that is loaded at boot: the next reboot opens the
--           host. A table of nft: { echo table inet filter; echo delete table inet filter; nft -s list
--           table inet filter; } >>/etc/nftables.conf; nft -c -f /etc/nftables.conf && systemctl
--           enable nftables. Rules of iptables: apt install iptables-persistent;
--           netfilter-persistent save; systemctl enable netfilter-persistent. ufw: ufw enable;
--           systemctl enable ufw. firewalld: systemctl enable firewalld
-- refs:     CWE-1188

-- Who makes chains anew at each start, so that no file has to: tables of theirs, and chains that
-- rules in the built-in ones jump to.
WITH owners(part, name) AS (VALUES
	('chain', 'DOCKER*'), ('table', 'ip docker-bridges'), ('table', 'ip6 docker-bridges'),
	('chain', 'KUBE-*'), ('table', '* kube-proxy'),
	('chain', 'NETAVARK*'), ('table', '* netavark'), ('chain', 'CNI-*'),
	('chain', 'cali-*'), ('table', '* calico'), ('chain', 'CILIUM_*'), ('chain', 'FLANNEL-*'),
	('chain', 'LIBVIRT_*'), ('table', '* libvirt_network'),
	('table', 'inet lxd'), ('table', 'inet incus'), ('table', '* lxc'),
	('chain', 'f2b*'), ('table', '* f2b*'), ('table', '* crowdsec*'), ('table', '* sshguard'),
	('chain', 'ts-*'), ('table', '* wg-quick-*'), ('table', 'inet harden')
), live AS MATERIALIZED (
	SELECT c.family, c.table_name, c.chain, c.hook, c.type, c.policy, c.namespace
	  FROM nft_chains c
	  JOIN namespaces n ON n.id = c.namespace AND n.is_host
), docker AS MATERIALIZED (
	SELECT DISTINCT family FROM live WHERE chain GLOB 'DOCKER*'
), base AS MATERIALIZED (
	SELECT l.*
	  FROM live l
	 WHERE l.type = 'filter' AND l.hook IN ('input', 'forward', 'prerouting', 'ingress')
	   AND l.family <> 'arp'
	   AND NOT EXISTS (SELECT 1 FROM owners o
			    WHERE o.part = 'table' AND l.family || ' ' || l.table_name GLOB o.name)
), own_rules AS MATERIALIZED (
	SELECT DISTINCT r.family, r.table_name, r.chain
	  FROM nft_rules r
	  JOIN base b ON b.namespace = r.namespace AND b.family = r.family
	   AND b.table_name = r.table_name AND b.chain = r.chain
	 WHERE NOT EXISTS (SELECT 1 FROM owners o
			    WHERE o.part = 'chain'
			      AND (r.text GLOB '*jump ' || o.name OR r.text GLOB '*goto ' || o.name))
	   -- Docker before 28 has rules of its own beside those, and newer ones in table raw
	   AND NOT (r.family IN (SELECT family FROM docker)
		    AND (r.table_name = 'filter' AND r.chain = 'FORWARD'
			 OR r.table_name = 'raw' AND r.chain = 'PREROUTING')
		    AND (r.text LIKE '%ifname %"docker0"%' OR r.text LIKE '%ifname %"br-____________"%'
			 OR r.text GLOB 'ip daddr 127.0.0.1 *iifname != "lo"*drop'))
), missing AS (
	SELECT b.family, b.table_name, b.chain, b.policy,
	       (SELECT min(d.file) FROM boot_rulesets d
		 WHERE d.family = b.family AND d.table_name = b.table_name AND d.chain = b.chain) AS file
	  FROM base b
	 WHERE (b.policy = 'drop'
		AND NOT (b.chain = 'FORWARD' AND b.table_name = 'filter'
			 AND b.family IN (SELECT family FROM docker))
		OR EXISTS (SELECT 1 FROM own_rules r
			    WHERE r.family = b.family AND r.table_name = b.table_name
			      AND r.chain = b.chain))
	   AND NOT EXISTS (SELECT 1 FROM boot_rulesets d
			    WHERE d.is_enabled AND d.family = b.family AND d.table_name = b.table_name
			      AND coalesce(d.chain, b.chain) = b.chain)
	 ORDER BY b.family, b.table_name, b.chain
)
SELECT family || ' ' || table_name AS subject,
       'Nothing that is loaded at boot declares ' || group_concat(chain, ', ') || ' of table '
       || family || ' ' || table_name || coalesce('; ' || min(file) || ' does, and is not loaded', '')
       || '.' AS detail
  FROM missing
 WHERE (SELECT count(*) FROM complete_tables
	 WHERE name IN ('boot_rulesets', 'namespaces', 'nft_chains', 'nft_rules')) = 4
 GROUP BY family, table_name

-- fires: a table that somebody typed in; a file declares it, and is not loaded
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO nft_chains VALUES (1, 'inet', 'filter', 'input', 1, 'filter', 'input', 0, 'drop', NULL);
INSERT INTO boot_rulesets VALUES ('nftables', '/etc/nftables.conf', 4, NULL, 0, 0, 'inet', 'filter', 'input');
-- expect: inet filter

-- fires: policy accept, with rules; the file at boot has the same chain in another family
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO nft_chains VALUES (1, 'ip6', 'filter', 'INPUT', 1, 'filter', 'input', 0, 'accept', NULL);
INSERT INTO nft_rules VALUES (1, 'ip6', 'filter', 'INPUT', 2, 1, 'tcp dport 6379 counter drop', NULL);
INSERT INTO boot_rulesets VALUES ('iptables', '/etc/iptables/rules.v4', 4, NULL, 1, 0, 'ip', 'filter', 'INPUT');
-- expect: ip6 filter

-- fires: beside Docker's rules there is one of one's own
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO nft_chains VALUES (1, 'ip', 'filter', 'FORWARD', 1, 'filter', 'forward', 0, 'drop', NULL),
	(1, 'ip', 'filter', 'DOCKER-USER', 2, NULL, NULL, NULL, NULL, NULL);
INSERT INTO nft_rules VALUES (1, 'ip', 'filter', 'FORWARD', 2, 1, 'counter jump DOCKER-USER', NULL),
	(1, 'ip', 'filter', 'FORWARD', 3, 2, 'iifname "eth0" tcp dport 5432 counter drop', NULL);
-- expect: ip filter

-- fires: a chain at ingress, one before all others; and ufw's, whose unit is not enabled
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO nft_chains VALUES (1, 'netdev', 'ddos', 'in', 1, 'filter', 'ingress', -500, 'accept', 'eth0'),
	(1, 'inet', 'guard', 'pre', 1, 'filter', 'prerouting', -150, 'accept', NULL),
	(1, 'ip', 'filter', 'INPUT', 1, 'filter', 'input', 0, 'drop', NULL);
INSERT INTO nft_rules VALUES (1, 'netdev', 'ddos', 'in', 2, 1, 'ip saddr @bad drop', NULL),
	(1, 'inet', 'guard', 'pre', 2, 1, 'tcp dport 5432 drop', NULL),
	(1, 'ip', 'filter', 'INPUT', 2, 1, 'counter jump ufw-before-input', NULL);
INSERT INTO boot_rulesets VALUES ('ufw', '/etc/ufw/ufw.conf', NULL, NULL, 0, 0, 'ip', 'filter', 'INPUT');
-- expect: inet guard
-- expect: ip filter
-- expect: netdev ddos

-- quiet: nftables loads it, by a file that is included
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO nft_chains VALUES (1, 'inet', 'filter', 'input', 1, 'filter', 'input', 0, 'drop', NULL);
INSERT INTO boot_rulesets VALUES ('nftables', '/etc/nftables.d/a.nft', 4, '/etc/nftables.conf', 1, 0, 'inet', 'filter', 'input');

-- quiet: ufw and firewalld are enabled
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO nft_chains VALUES (1, 'ip', 'filter', 'INPUT', 1, 'filter', 'input', 0, 'drop', NULL),
	(1, 'inet', 'firewalld', 'filter_INPUT', 1, 'filter', 'input', 10, 'accept', NULL);
INSERT INTO nft_rules VALUES (1, 'ip', 'filter', 'INPUT', 2, 1, 'counter jump ufw-before-input', NULL),
	(1, 'inet', 'firewalld', 'filter_INPUT', 2, 1, 'reject with icmpx admin-prohibited', NULL);
INSERT INTO boot_rulesets VALUES ('ufw', '/etc/ufw/ufw.conf', NULL, NULL, 1, 0, 'ip', 'filter', 'INPUT'),
	('firewalld', '/etc/firewalld/firewalld.conf', NULL, NULL, 1, 0, 'inet', 'firewalld', NULL);

-- quiet: Docker alone, old and new, with what it drops itself
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO nft_chains VALUES (1, 'ip', 'filter', 'FORWARD', 1, 'filter', 'forward', 0, 'drop', NULL),
	(1, 'ip', 'raw', 'PREROUTING', 1, 'filter', 'prerouting', -300, 'accept', NULL),
	(1, 'ip', 'filter', 'INPUT', 2, 'filter', 'input', 0, 'accept', NULL),
	(1, 'ip', 'filter', 'DOCKER', 3, NULL, NULL, NULL, NULL, NULL),
	(1, 'ip', 'docker-bridges', 'filter-FORWARD', 1, 'filter', 'forward', 0, 'drop', NULL);
INSERT INTO nft_rules VALUES (1, 'ip', 'filter', 'FORWARD', 2, 1, 'counter jump DOCKER-USER', NULL),
	(1, 'ip', 'filter', 'FORWARD', 3, 2, 'oifname "docker0" ct state related,established counter accept', NULL),
	(1, 'ip', 'filter', 'FORWARD', 4, 3, 'iifname "br-0123456789ab" oifname != "br-0123456789ab" counter accept', NULL),
	(1, 'ip', 'raw', 'PREROUTING', 2, 1, 'iifname != "docker0" ip daddr 172.17.0.2 counter drop', NULL),
	(1, 'ip', 'raw', 'PREROUTING', 3, 2, 'ip daddr 127.0.0.1 iifname != "lo" tcp dport 3000 counter drop', NULL),
	(1, 'ip', 'docker-bridges', 'filter-FORWARD', 2, 1, 'counter jump filter-forward-in', NULL);

-- quiet: those that make their chains anew
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO nft_chains VALUES (1, 'ip', 'filter', 'INPUT', 1, 'filter', 'input', 0, 'accept', NULL),
	(1, 'inet', 'f2b-table', 'f2b-chain', 1, 'filter', 'input', -1, 'accept', NULL),
	(1, 'inet', 'netavark', 'INPUT', 1, 'filter', 'input', 0, 'accept', NULL),
	(1, 'ip', 'wg-quick-wg0', 'preraw', 1, 'filter', 'prerouting', -300, 'accept', NULL),
	(1, 'inet', 'harden', 'pre', 1, 'filter', 'prerouting', -150, 'drop', NULL);
INSERT INTO nft_rules VALUES (1, 'ip', 'filter', 'INPUT', 2, 1, 'counter jump KUBE-FIREWALL', NULL),
	(1, 'ip', 'filter', 'INPUT', 3, 2, 'counter jump ts-input', NULL),
	(1, 'ip', 'filter', 'INPUT', 4, 3, 'counter jump LIBVIRT_INP', NULL),
	(1, 'ip', 'filter', 'INPUT', 5, 4, 'meta l4proto tcp tcp dport 22 counter jump f2b-sshd', NULL),
	(1, 'inet', 'f2b-table', 'f2b-chain', 2, 1, 'ip saddr @addr-set-sshd reject', NULL),
	(1, 'inet', 'netavark', 'INPUT', 2, 1, 'udp dport 53 accept', NULL),
	(1, 'ip', 'wg-quick-wg0', 'preraw', 2, 1, 'iifname != "wg0" ip daddr 10.0.0.2 fib saddr type != local drop', NULL);

-- quiet: chains without rules, of nat, of what goes out, and of another namespace
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO nft_chains VALUES (1, 'ip', 'filter', 'INPUT', 1, 'filter', 'input', 0, 'accept', NULL),
	(1, 'ip', 'nat', 'PREROUTING', 1, 'nat', 'prerouting', -100, 'accept', NULL),
	(1, 'inet', 'out', 'out', 1, 'filter', 'output', 0, 'drop', NULL),
	(2, 'inet', 'filter', 'input', 1, 'filter', 'input', 0, 'drop', NULL);
INSERT INTO nft_rules VALUES (1, 'ip', 'nat', 'PREROUTING', 2, 1, 'tcp dport 80 dnat to 10.0.0.1', NULL);

-- unknown: what is loaded at boot was not seen whole
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO coverage VALUES ('boot_rulesets', 'partial', NULL, 1);
INSERT INTO nft_chains VALUES (1, 'inet', 'filter', 'input', 1, 'filter', 'input', 0, 'drop', NULL);

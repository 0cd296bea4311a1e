-- fires: Debian's file, loaded at boot, and Docker
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO boot_rulesets(manager, file, line, is_enabled, flushes) VALUES ('nftables', '/etc/nftables.conf', 3, 1, 1);
INSERT INTO nft_chains(namespace, family, table_name, chain) VALUES (1, 'ip', 'filter', 'DOCKER-USER');
-- expect: /etc/nftables.conf

-- fires: Docker with tables of nft
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO boot_rulesets(manager, file, line, is_enabled, flushes) VALUES ('nftables', '/etc/nftables.conf', 3, 1, 1);
INSERT INTO nft_chains(namespace, family, table_name, chain) VALUES (1, 'ip', 'docker-bridges', 'filter-FORWARD');
-- expect: /etc/nftables.conf

-- quiet: the file as Debian ships it, with a service that is switched off
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO boot_rulesets(manager, file, line, is_enabled, flushes) VALUES ('nftables', '/etc/nftables.conf', 3, 0, 1);
INSERT INTO nft_chains(namespace, family, table_name, chain) VALUES (1, 'ip', 'nat', 'DOCKER');

-- fires: a file that is included; Podman and kube-proxy, one finding
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO boot_rulesets(manager, file, line, included_by, is_enabled, flushes) VALUES
	('nftables', '/etc/nftables.conf', NULL, NULL, 1, 0),
	('nftables', '/etc/nftables.d/a.nft', 1, '/etc/nftables.conf', 1, 1);
INSERT INTO nft_chains(namespace, family, table_name, chain) VALUES (1, 'inet', 'netavark', 'INPUT'), (1, 'ip', 'nat', 'KUBE-SERVICES');
-- expect: /etc/nftables.d/a.nft

-- fires: the family that Docker is in is flushed
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO boot_rulesets(manager, file, line, is_enabled, flushes, family) VALUES ('nftables', '/etc/nftables.conf', 3, 1, 1, 'ip');
INSERT INTO nft_chains(namespace, family, table_name, chain) VALUES (1, 'ip', 'nat', 'DOCKER');
-- expect: /etc/nftables.conf

-- quiet: another family is flushed
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO boot_rulesets(manager, file, line, is_enabled, flushes, family) VALUES ('nftables', '/etc/nftables.conf', 3, 1, 1, 'inet');
INSERT INTO nft_chains(namespace, family, table_name, chain) VALUES (1, 'ip', 'nat', 'DOCKER');

-- quiet: Docker does not run, or only in a namespace of its own
INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);
INSERT INTO boot_rulesets(manager, file, line, is_enabled, flushes) VALUES ('nftables', '/etc/nftables.conf', 3, 1, 1);
INSERT INTO nft_chains(namespace, family, table_name, chain) VALUES (1, 'inet', 'filter', 'input'), (2, 'ip', 'nat', 'DOCKER');

-- quiet: the file makes only its own table anew
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO boot_rulesets(manager, file, is_enabled, flushes) VALUES ('nftables', '/etc/nftables.conf', 1, 0);
INSERT INTO boot_rulesets VALUES ('nftables', '/etc/nftables.conf', 4, NULL, 1, 0, 'inet', 'filter', 'input');
INSERT INTO nft_chains(namespace, family, table_name, chain) VALUES (1, 'ip', 'nat', 'DOCKER');

-- fires: renewed, and not reloaded: one finding for both families
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 0, 'a.example', 'name', '/etc/ssl/a.pem');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f2', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'a.example', 'ecdsa', 0, 'f1');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '2001:db8::1', 1800000000, 'a.example', 'ecdsa', 0, 'f1');
-- expect: 0.0.0.0:443/tcp a.example

-- fires: the default server, for those who give no name
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 1, 'b.example', 'name', '/etc/ssl/a.pem');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f2', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, NULL, 'ecdsa', 0, 'f1');
-- expect: 0.0.0.0:443/tcp

-- fires: of a pair only one was renewed
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 0, 'a.example', 'name', '/etc/ssl/a.pem');
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 0, 'a.example', 'name', '/rsa.pem');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f2', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/rsa.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f3', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'a.example', 'ecdsa', 0, 'f1');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'a.example', 'rsa', 0, 'f3');
-- expect: 0.0.0.0:443/tcp a.example

-- quiet: both of a pair are those of the files
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 0, 'a.example', 'name', '/etc/ssl/a.pem');
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 0, 'a.example', 'name', '/rsa.pem');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f2', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/rsa.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f3', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'a.example', 'ecdsa', 0, 'f2');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'a.example', 'rsa', 0, 'f3');

-- quiet: intermediates, which are not the leaf
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 0, 'a.example', 'name', '/etc/ssl/a.pem');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f1', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 2, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f2', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'a.example', 'ecdsa', 0, 'f1');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'a.example', 'ecdsa', 1, 'f9');

-- quiet: a name that another server has; a pattern; a variable
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 0, 'a.example', 'name', '/etc/ssl/a.pem');
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 0, '~^c', 'pattern', '/c.pem');
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 0, 'd.example', 'name', '/d/$ssl_server_name.pem');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f2', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/c.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f3', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/d/d.example.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f4', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'e.example', 'ecdsa', 0, 'f9');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'c.example', 'ecdsa', 0, 'f8');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'd.example', 'ecdsa', 0, 'f7');

-- quiet: another address, QUIC, and what is not TLS
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '192.0.2.9', 443, 'tcp', 1, 0, 'a.example', 'name', '/etc/ssl/a.pem');
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'udp', 1, 0, 'a.example', 'name', '/etc/ssl/a.pem');
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 0, 0, 'a.example', 'name', '/etc/ssl/a.pem');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f2', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, 'a.example', 'ecdsa', 0, 'f1');

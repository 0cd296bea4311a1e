INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO interfaces(namespace, ifindex, name, is_loopback) VALUES (1, 1, 'lo', 1), (1, 2, 'eth0', 0);
INSERT INTO socket_owners(inode, pid) VALUES (100, 50);

-- fires: renewed, and not reloaded: one finding for both families
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
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
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'nginx', 0, 0, 1);
INSERT INTO nginx_servers(namespace, place, protocol, address, port, transport, is_ssl, is_default, server_name, name_kind, certificate)
	VALUES (1, '', 'http', '0.0.0.0', 443, 'tcp', 1, 1, 'b.example', 'name', '/etc/ssl/a.pem');
INSERT INTO certificates(path, place, used_by, format, alias, position, subject, issuer, names, not_before, not_after, key_type, key_bits, signature, digest, fingerprint, spki, is_self_signed, is_ca, has_key, read_at, outcome)
	VALUES ('/etc/ssl/a.pem', '', 'nginx', 'PEM', NULL, 1, 'CN=a.example', 'CN=R3', 'a.example', 1797408000, 1805184000, 'EC', 256, 'ecdsa-with-SHA256', 'SHA256', 'f2', '51', 0, 0, 0, 1800000000, 'read');
INSERT INTO served_certificates(namespace, address, port, asked, asked_at, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 443, '192.0.2.1', 1800000000, NULL, 'ecdsa', 0, 'f1');
-- expect: 0.0.0.0:443/tcp

-- fires: of a pair only one was renewed
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
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
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
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
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
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
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
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
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 443, 100, 110, NULL, 0);
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

-- fires: a Redis that has not read the new file, by whatever name
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'redis-server', 0, 0, 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'redis', '/r.pem', 1);
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/r.pem', '', 'redis', 'PEM', 1, 'f2', 'read');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 6379, '192.0.2.1', NULL, NULL, 'ecdsa', 0, 'f1');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 6379, '192.0.2.1', NULL, 'r.example', 'ecdsa', 0, 'f1');
-- expect: 0.0.0.0:6379/tcp

-- fires: a MySQL
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 3306, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mysqld', 0, 0, 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'mysql', '/m.pem', 1);
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/m.pem', '', 'mysql', 'PEM', 1, 'f2', 'read');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 'mysql', NULL, 'ecdsa', 0, 'f1');
-- expect: 0.0.0.0:3306/tcp

-- fires: a PostgreSQL, whose file has its intermediate behind
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 5432, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'postgres', 0, 0, 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'postgres', '/p.pem', 1);
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/p.pem', '', 'postgres', 'PEM', 1, 'f2', 'read');
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/p.pem', '', 'postgres', 'PEM', 2, 'f1', 'read');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 5432, '192.0.2.1', 'postgresql', NULL, 'ecdsa', 0, 'f1');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 5432, '192.0.2.1', 'postgresql', NULL, 'ecdsa', 1, 'f3');
-- expect: 0.0.0.0:5432/tcp

-- fires: the API of Docker
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 2376, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'dockerd', 0, 0, 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'docker', '/d.pem', 1);
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/d.pem', '', 'docker', 'PEM', 1, 'f2', 'read');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 2376, '192.0.2.1', NULL, NULL, 'ecdsa', 0, 'f1');
-- expect: 0.0.0.0:2376/tcp

-- quiet: it has; and the certificate that it shows to others is another
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'redis-server', 0, 0, 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'redis', '/r.pem', 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'redis', '/client.pem', 0);
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/r.pem', '', 'redis', 'PEM', 1, 'f1', 'read');
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/client.pem', '', 'redis', 'PEM', 1, 'f2', 'read');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 6379, '192.0.2.1', NULL, NULL, 'ecdsa', 0, 'f1');

-- quiet: the file of another Redis, and one of a container
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'redis-server', 0, 0, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6380, 101, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (101, 51);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'redis', '/r.pem', 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (51, '', 'redis', '/s.pem', 1);
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/r.pem', '', 'redis', 'PEM', 1, 'f1', 'read');
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/s.pem', '', 'redis', 'PEM', 1, 'f2', 'read');
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/r.pem', 'container 1', 'redis', 'PEM', 1, 'f3', 'read');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 6379, '192.0.2.1', NULL, NULL, 'ecdsa', 0, 'f1');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 6380, '192.0.2.1', NULL, NULL, 'ecdsa', 0, 'f2');

-- quiet: one of several files, such as MySQL has for administration
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 3306, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mysqld', 0, 0, 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'mysql', '/m.pem', 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'mysql', '/admin.pem', 1);
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/m.pem', '', 'mysql', 'PEM', 1, 'f1', 'read');
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/admin.pem', '', 'mysql', 'PEM', 1, 'f2', 'read');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 3306, '192.0.2.1', 'mysql', NULL, 'ecdsa', 0, 'f2');

-- quiet: what nobody could read is not another one
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 6379, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'redis-server', 0, 0, 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'redis', '/r.pem', 1);
INSERT INTO certificates(path, place, used_by, outcome) VALUES ('/r.pem', '', 'redis', 'unreadable');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 6379, '192.0.2.1', NULL, NULL, 'ecdsa', 0, 'f1');

-- quiet: Galera, a swarm, and Java, which have others
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 4567, 100, 110, NULL, 0);
INSERT INTO processes(pid, comm, uid, inside_uid, namespace) VALUES (50, 'mariadbd', 0, 0, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 2377, 101, 110, NULL, 0), (1, 'tcp', 'ipv4', '0.0.0.0', 8443, 102, 110, NULL, 0);
INSERT INTO socket_owners(inode, pid) VALUES (101, 51), (102, 52);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (50, '', 'mysql', '/m.pem', 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (51, '', 'docker', '/d.pem', 1);
INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES (52, '', 'java', '/j.p12', 1);
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/m.pem', '', 'mysql', 'PEM', 1, 'f2', 'read');
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/d.pem', '', 'docker', 'PEM', 1, 'f2', 'read');
INSERT INTO certificates(path, place, used_by, format, position, fingerprint, outcome) VALUES ('/j.p12', '', 'java', 'PEM', 1, 'f2', 'read');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 4567, '192.0.2.1', NULL, NULL, 'ecdsa', 0, 'f1');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 2377, '192.0.2.1', NULL, NULL, 'ecdsa', 0, 'f1');
INSERT INTO served_certificates(namespace, address, port, asked, starttls, name, key, position, fingerprint)
	VALUES (1, '0.0.0.0', 8443, '192.0.2.1', NULL, NULL, 'ecdsa', 0, 'f1');

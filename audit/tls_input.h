/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whom the table tls_handshakes asks for TLS, and by which names: the rows are namespace, protocol,
 * address that is called, port, address that it is bound to, how TLS begins, name (of hints: all of
 * a certificate), and where the name is from.
 *
 * Who speaks TLS, or goes over to it, the table services knows; who is silent at a port of TLS is
 * asked all the same, so that it is not taken for one without. An endpoint that is bound to all
 * addresses is called at one of each family that it serves, and MySQL at loopback, from where its
 * accounts are most likely to be; it is mysql-relayed where another process listens for it, as
 * docker-proxy does.
 *
 * nginx picks the servers of the very address that was called, and only if it has none those of all
 * addresses (ngx_http_init_connection()). A name that was made for a wildcard is not one that
 * anybody meant; nor is localhost.
 */
#ifndef AUDIT_TLS_INPUT_H
#define AUDIT_TLS_INPUT_H

/* Who is called, and at which address. */
#define TLS_CALLED_SQL                                                                             \
	"WITH own AS ("                                                                            \
	"SELECT namespace, family, address, row_number() OVER (PARTITION BY namespace, family"     \
	" ORDER BY address LIKE '127.%' OR address = '::1', address) AS rank,"                     \
	" row_number() OVER (PARTITION BY namespace, family"                                       \
	" ORDER BY NOT (address LIKE '127.%' OR address = '::1'), address) AS loopback_rank"       \
	" FROM addresses WHERE address NOT LIKE 'fe8%'), "                                         \
	"held AS ("                                                                                \
	"SELECT namespace, address, port, min(coalesce(v6only, 0)) AS v6only FROM sockets"         \
	" WHERE protocol = 'tcp' AND address NOT LIKE 'fe8%' GROUP BY namespace, address, port), " \
	"mysqlds AS ("                                                                             \
	"SELECT DISTINCT s.namespace, s.address, s.port FROM sockets s"                            \
	" JOIN socket_owners o ON o.inode = s.inode JOIN processes p ON p.pid = o.pid"             \
	" WHERE s.protocol = 'tcp' AND (p.comm LIKE 'mysqld%' OR p.comm LIKE 'mariadbd%')), "      \
	"spoken AS ("                                                                              \
	"SELECT h.*, CASE WHEN v.is_tls OR v.service = 'tls' THEN 'tls'"                           \
	" WHEN v.service = 'mysql' AND m.port IS NULL THEN 'mysql-relayed'"                        \
	" WHEN v.service IN ('smtp', 'postgresql', 'mysql') THEN v.service"                        \
	" WHEN v.answer = 'silent' AND h.port IN (443, 465, 636, 853, 993, 995, 2376, 6443, 8443)" \
	" THEN 'tls' END AS how"                                                                   \
	" FROM held h JOIN services v ON v.namespace = h.namespace AND v.address = h.address"      \
	" AND v.port = h.port"                                                                     \
	" LEFT JOIN mysqlds m ON m.namespace = h.namespace AND m.address = h.address"              \
	" AND m.port = h.port), "                                                                  \
	"called AS ("                                                                              \
	"SELECT s.namespace, s.address, s.port, s.how, o.address AS asked FROM spoken s"           \
	" JOIN own o ON o.namespace = s.namespace"                                                 \
	" AND CASE WHEN s.how LIKE 'mysql%' THEN o.loopback_rank ELSE o.rank END = 1"              \
	" AND (o.family = 'ipv4' AND (s.address IN ('0.0.0.0', '::ffff:0.0.0.0')"                  \
	" OR s.address = '::' AND NOT s.v6only) OR o.family = 'ipv6' AND s.address = '::')"        \
	" WHERE s.how IS NOT NULL "                                                                \
	"UNION SELECT namespace, address, port, how,"                                              \
	" CASE WHEN address LIKE '::ffff:%.%' THEN substr(address, 8) ELSE address END"            \
	" FROM spoken WHERE how IS NOT NULL"                                                       \
	" AND address NOT IN ('0.0.0.0', '::', '::ffff:0.0.0.0'))"

/* The servers of nginx, n, that an endpoint c shows when it is called at c.asked. */
#define TLS_NGINX_SQL                                                                              \
	" LEFT JOIN (SELECT DISTINCT namespace, address, port FROM nginx_servers) e"               \
	" ON e.namespace = c.namespace AND e.port = c.port AND e.address = c.asked"                \
	" JOIN nginx_servers n ON n.namespace = c.namespace AND n.port = c.port"                   \
	" AND n.is_ssl AND n.transport = 'tcp' AND n.address = coalesce(e.address, c.address)"

#define TLS_INPUT_SQL                                                                              \
	TLS_CALLED_SQL                                                                             \
	", meant(namespace, address, port, asked, name, origin) AS ("                              \
	"SELECT c.namespace, c.address, c.port, c.asked,"                                          \
	" CASE WHEN n.server_name LIKE '.%' THEN '*' || n.server_name ELSE n.server_name END,"     \
	" CASE n.name_kind WHEN 'name' THEN 'nginx' ELSE n.name_kind END"                          \
	" FROM called c" TLS_NGINX_SQL " AND n.server_name <> 'localhost' "                        \
	"UNION SELECT c.namespace, c.address, c.port, c.asked, s.value, 'policy'"                  \
	" FROM called c JOIN settings s ON s.key = 'tls_names') "                                  \
	"SELECT c.namespace, 'tcp', c.asked, c.port, c.address, c.how, n.name, n.origin"           \
	" FROM called c LEFT JOIN meant n ON n.namespace = c.namespace AND n.address = c.address"  \
	" AND n.port = c.port AND n.asked = c.asked"                                               \
	" ORDER BY c.namespace, c.address, c.port, c.asked, n.origin, n.name"

/*
 * More names: those in the certificates of files that the listener's own process is configured to
 * show. Whoever shows the file shows them, so a name that somebody meant cannot be missed without
 * them, and a file that cannot be read must not leave all of this unknown. MySQL has no
 * name to be asked by. Only root's processes are told: any user can start one that says to be
 * configured with a file that root alone may read, and would hear what is in it.
 */
#define TLS_HINTS_SQL                                                                              \
	TLS_CALLED_SQL                                                                             \
	", files AS ("                                                                             \
	"SELECT c.*, n.place, 'nginx' AS used_by, n.certificate AS path"                           \
	" FROM called c" TLS_NGINX_SQL " AND n.certificate IS NOT NULL"                            \
	" JOIN processes p ON p.pid = n.pid AND p.uid = 0 "                                        \
	"UNION SELECT c.*, u.place, u.used_by, u.path FROM called c"                               \
	" JOIN sockets s ON s.namespace = c.namespace AND s.protocol = 'tcp'"                      \
	" AND s.address = c.address AND s.port = c.port"                                           \
	" JOIN socket_owners o ON o.inode = s.inode"                                               \
	" JOIN certificate_uses u ON u.pid = o.pid AND u.is_served"                                \
	" JOIN processes p ON p.pid = o.pid AND p.uid = 0) "                                       \
	"SELECT DISTINCT f.namespace, 'tcp', f.asked, f.port, f.address, f.how, x.names, 'disk'"   \
	" FROM files f JOIN certificates x ON x.place = f.place AND x.used_by = f.used_by"         \
	" AND x.path = f.path"                                                                     \
	" WHERE (x.position = 1 OR x.has_key AND x.format <> 'PEM') AND x.names <> ''"             \
	" AND f.how NOT LIKE 'mysql%'"                                                             \
	" ORDER BY f.namespace, f.address, f.port, f.asked, x.names"

#endif

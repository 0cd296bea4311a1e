/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table container_ports: see the spec at the end. What the kernel does counts: its rules, as
 * the firewall model reads them, and the programs of engines that listen for a container. What
 * the engine has on record stands beside it, and gives an address its wildcard back.
 *
 * docker-proxy is told all that it does on its command line (moby, cmd/docker-proxy/main.go). Any
 * process may call itself so: it counts only for containers that the same user's engine started,
 * as the container's parent tells.
 */
#include "audit/derive.h"
#include "audit/probe.h"

extern const struct probe probe_container_ports;

static int collect(struct host *host, struct err *err)
{
	return derive_rows(host, &probe_container_ports, err);
}

/* The word behind an option of docker-proxy. */
#define WORD(option)                                                                               \
	"substr(cmdline, instr(cmdline, ' " option " ') + length(' " option " '),"                 \
	"       instr(substr(cmdline, instr(cmdline, ' " option " ') + length(' " option " '))"    \
	"             || ' ', ' ') - 1)"

#define RULES                                                                                      \
	"WITH ways AS MATERIALIZED ("                                                              \
	"  SELECT DISTINCT namespace, protocol, family, address, port, to_namespace, to_address,"  \
	"         to_port"                                                                         \
	"    FROM reachability WHERE path LIKE 'dnat%' AND to_namespace IS NOT NULL"               \
	"), wide AS MATERIALIZED (" /* no other publication has loopback and something else */     \
	"  SELECT namespace, protocol, family, port, to_namespace, to_port,"                       \
	"         max(address IN ('127.0.0.1', '::1')) AND count(DISTINCT address) > 1 AS is_any"  \
	"    FROM ways GROUP BY 1, 2, 3, 4, 5, 6"                                                  \
	"), listening AS MATERIALIZED ("                                                           \
	"  SELECT s.namespace, s.protocol, s.port, min(p.container) AS container"                  \
	"    FROM sockets s JOIN socket_owners o ON o.inode = s.inode"                             \
	"    JOIN processes p ON p.pid = o.pid"                                                    \
	"   WHERE p.container IS NOT NULL AND s.inode <> 0 GROUP BY 1, 2, 3"                       \
	"), rooms AS MATERIALIZED (" /* containers of a pod share one */                           \
	"  SELECT namespace, min(id) AS container FROM containers WHERE shares_network = 0"        \
	"   GROUP BY namespace"                                                                    \
	"), ruled AS MATERIALIZED ("                                                               \
	"  SELECT coalesce(l.container, r.container) AS container, w.namespace, w.protocol,"       \
	"         w.family, CASE WHEN NOT i.is_any THEN w.address"                                 \
	"                        WHEN w.family = 'ipv4' THEN '0.0.0.0' ELSE '::' END AS address,"  \
	"         w.port, w.to_port, w.to_address"                                                 \
	"    FROM ways w JOIN rooms r ON r.namespace = w.to_namespace"                             \
	"    JOIN wide i USING (namespace, protocol, family, port, to_namespace, to_port)"         \
	"    LEFT JOIN listening l ON l.namespace = w.to_namespace AND l.protocol = w.protocol"    \
	"     AND l.port = w.to_port"

#define PROXIES                                                                                    \
	"), called AS MATERIALIZED ("                                                              \
	"  SELECT namespace, uid, " WORD("-proto") " AS protocol, " WORD(                          \
	    "-host-ip") " AS address,"                                                             \
			"         CAST(" WORD(                                                     \
			    "-host-port") " AS INTEGER) AS port,"                                  \
					  "         " WORD(                                        \
					      "-container-ip") " AS to_address,"                   \
							       "         CAST(" WORD(              \
								   "-container-port") " AS "       \
										      "INTEGER) "  \
										      "AS to_port" \
										      "    FROM "  \
										      "processes " \
										      "WHERE "     \
										      "comm = "    \
										      "'docker-"   \
										      "proxy' "    \
										      "AND "       \
										      "cmdline "   \
										      "LIKE '% "   \
										      "-proto % "  \
										      "-host-ip %" \
										      " -host-"    \
										      "port % "    \
										      "-container" \
										      "-ip % "     \
										      "-container" \
										      "-port %'"   \
										      "), "        \
										      "started "   \
										      "AS "        \
										      "MATERIALIZ" \
										      "ED ("       \
										      "  SELECT "  \
										      "c.id, "     \
										      "c."         \
										      "namespace," \
										      " q.uid "    \
										      "FROM "      \
										      "containers" \
										      " c JOIN "   \
										      "processes " \
										      "p ON "      \
										      "p.pid = "   \
										      "c.pid"      \
										      "    JOIN "  \
										      "processes " \
										      "q ON "      \
										      "q.pid = "   \
										      "p.ppid "    \
										      "WHERE "     \
										      "c.shares_"  \
										      "network = " \
										      "0"          \
										      "), held "   \
										      "AS "        \
										      "MATERIALIZ" \
										      "ED ("       \
										      "  SELECT "  \
										      "DISTINCT "  \
										      "namespace," \
										      " protocol," \
										      " address, " \
										      "port FROM " \
										      "sockets"    \
										      "), "        \
										      "proxied "   \
										      "AS "        \
										      "MATERIALIZ" \
										      "ED ("       \
										      "  SELECT "  \
										      "coalesce("  \
										      "l."         \
										      "container," \
										      " min(s.id)" \
										      ") AS "      \
										      "container," \
										      " k."        \
										      "namespace," \
										      " k."        \
										      "protocol,"  \
										      "         "  \
										      "k.address," \
										      " k.port, "  \
										      "k.to_port," \
										      " k.to_"     \
										      "address"    \
										      "    FROM "  \
										      "called k"   \
										      "    JOIN "  \
										      "held h ON " \
										      "h."         \
										      "namespace " \
										      "= "         \
										      "k."         \
										      "namespace " \
										      "AND "       \
										      "h."         \
										      "protocol "  \
										      "= "         \
										      "k.protocol" \
										      "     AND "  \
										      "h.port = "  \
										      "k.port "    \
										      "AND "       \
										      "h.address " \
										      "= "         \
										      "k.address"  \
										      "    JOIN "  \
										      "addresses " \
										      "a ON "      \
										      "a.address " \
										      "= "         \
										      "k.to_"      \
										      "address"    \
										      "    JOIN "  \
										      "started s " \
										      "ON "        \
										      "s."         \
										      "namespace " \
										      "= "         \
										      "a."         \
										      "namespace " \
										      "AND s.uid " \
										      "= k.uid"    \
										      "    LEFT "  \
										      "JOIN "      \
										      "listening " \
										      "l ON "      \
										      "l."         \
										      "namespace " \
										      "= "         \
										      "s."         \
										      "namespace " \
										      "AND "       \
										      "l."         \
										      "protocol "  \
										      "= "         \
										      "k.protocol" \
										      "     AND "  \
										      "l.port = "  \
										      "k.to_port"  \
										      "   GROUP "  \
										      "BY "        \
										      "k."         \
										      "namespace," \
										      " k."        \
										      "protocol, " \
										      "k.address," \
										      " k.port"

#define RECORDS                                                                                    \
	"), configured AS MATERIALIZED ("                                                          \
	"  SELECT f.id AS container, n.id AS namespace, json_extract(e.value, '$[0]') AS "         \
	"protocol,"                                                                                \
	"         json_extract(e.value, '$[1]') AS address,"                                       \
	"         json_extract(e.value, '$[2]') AS port, json_extract(e.value, '$[3]') AS to_port" \
	"    FROM container_configs f JOIN containers c ON c.id = f.id AND c.shares_network = 0"   \
	"    JOIN namespaces n ON n.is_host, json_each(f.ports) e WHERE f.uid = 0"                 \
	"), wildcards AS MATERIALIZED ("                                                           \
	"  SELECT container, protocol, address, port, to_port FROM proxied"                        \
	"   UNION SELECT container, protocol, address, port, to_port FROM configured"              \
	"), told AS ("                                                                             \
	"  SELECT r.container, r.namespace, r.protocol, coalesce(w.address, r.address) AS "        \
	"address,"                                                                                 \
	"         r.port, r.to_port, r.to_address, 1 AS is_rule, 0 AS is_proxied,"                 \
	"         0 AS is_configured"                                                              \
	"    FROM ruled r"                                                                         \
	"    LEFT JOIN wildcards w ON w.container = r.container AND w.protocol = r.protocol"       \
	"     AND w.port = r.port AND w.to_port = r.to_port"                                       \
	"     AND w.address = CASE r.family WHEN 'ipv4' THEN '0.0.0.0' ELSE '::' END"              \
	"   UNION ALL SELECT container, namespace, protocol, address, port, to_port, to_address,"  \
	"         0, 1, 0 FROM proxied"                                                            \
	"   UNION ALL SELECT container, namespace, protocol, address, port, to_port, NULL,"        \
	"         0, 0, 1 FROM configured"                                                         \
	"), ports AS MATERIALIZED ("                                                               \
	"  SELECT container, namespace, protocol, address, port, to_port,"                         \
	"         max(to_address) AS to_address, max(is_rule) AS is_rule,"                         \
	"         max(is_proxied) AS is_proxied, max(is_configured) AS is_configured"              \
	"    FROM told GROUP BY 1, 2, 3, 4, 5, 6"                                                  \
	"), networks AS MATERIALIZED ("                                                            \
	"  SELECT f.id, json_extract(e.value, '$[0]') AS name,"                                    \
	"         json_extract(e.value, '$[1]') AS address"                                        \
	"    FROM container_configs f, json_each(f.networks) e)"

const struct probe probe_container_ports = {
    .about = "Ports of the host that lead into containers that run; who reaches them, the view "
	     "published_ports says",
    COLUMNS({"container", TEXT, "id of the container"},
	    {"name", TEXT, "its name, as its engine has it on disk"},
	    {"protocol", TEXT, "tcp, udp or sctp"},
	    {"address", TEXT, "of the host; 0.0.0.0 or :: for any"},
	    {"port", INTEGER, "of the host"}, {"container_port", INTEGER, "in the container"},
	    {"container_address", TEXT, "in the container; NULL when only the engine tells"},
	    {"network", TEXT, "the engine's, by that address; NULL when it is not on record"},
	    {"namespace", INTEGER, "id of the network namespace that has the port of the host"},
	    {"is_rule", INTEGER, "1: the kernel's rules lead there what comes from a network"},
	    {"is_proxied", INTEGER, "1: a program of the engine listens and leads there"},
	    {"is_configured", INTEGER,
	     "1: the engine has it on record; where neither rule nor program leads there, it is "
	     "not published now; NULL: nothing is on record of this container"}),
    .input = RULES PROXIES RECORDS
    "SELECT p.container, f.name, p.protocol, p.address, p.port, p.to_port, p.to_address,"
    "       min(n.name), p.namespace, p.is_rule, p.is_proxied,"
    "       CASE WHEN f.ports IS NOT NULL THEN p.is_configured END"
    "  FROM ports p LEFT JOIN container_configs f ON f.id = p.container"
    "  LEFT JOIN networks n ON n.id = p.container AND n.address = p.to_address"
    " GROUP BY p.container, p.protocol, p.address, p.port, p.to_port, p.namespace"
    " ORDER BY f.name, p.container, p.port, p.protocol, p.address",
    .collect = collect,
};

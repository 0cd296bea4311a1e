/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of containers that are made of others: what their inputs make of a host's facts. */
#include <stdio.h>
#include <stdlib.h>

#include "audit/probe.h"
#include "lib/own.h"
#include "lib/store.h"
#include "tests/tap.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define PROXY                                                                                      \
	"docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 8080 -container-ip 172.17.0.2 "       \
	"-container-port 80"

static void check_result(int result, const struct err *err)
{
	if (result < 0) {
		printf("Bail out! %s\n", err->text);
		exit(1);
	}
}

static void create_tables(struct store *store)
{
	struct err err;

	for (const struct probe_entry *entry = probe_registry; entry->name; entry++) {
		struct store_column columns[PROBE_MAX_COLUMNS];

		for (unsigned i = 0; i < entry->probe->column_count; i++)
			columns[i] = (struct store_column){entry->probe->columns[i].name,
							   entry->probe->columns[i].type == TEXT};
		check_result(store_create_table(store, entry->name, columns,
						entry->probe->column_count, &err),
			     &err);
	}
}

static void put_value(FILE *out, sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	(void)fprintf(out, "%s%s", column ? "|" : "", text ? text : "-");
}

static void check(const char *table, const char *facts, const char *expected, const char *name)
{
	const struct probe *probe = probe_registry[probe_find(probe_registry, table)].probe;
	struct store store;
	sqlite3_stmt *row;
	struct err err;
	char *rows;
	size_t size;
	FILE *out = open_memstream(&rows, &size);

	check_result(store_open(&store, &err), &err);
	create_tables(&store);
	check_result(store_exec(&store, facts, &err), &err);
	if (sqlite3_prepare_v2(store.db, probe->input, -1, &row, NULL) != SQLITE_OK) {
		printf("Bail out! %s\n", sqlite3_errmsg(store.db));
		exit(1);
	}
	if (sqlite3_column_count(row) != (int)probe->column_count)
		(void)fprintf(out, "%d columns\n", sqlite3_column_count(row));
	while (sqlite3_step(row) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(row); i++)
			put_value(out, row, i);
		(void)fputc('\n', out);
	}
	(void)sqlite3_finalize(row);
	(void)fclose(out);
	is_str(rows, expected, name);
	free(rows);
	store_close(&store);
}

/* A container A in namespace 2, which root's engine started. */
#define HOST                                                                                       \
	"INSERT INTO namespaces VALUES (1, NULL, 1), (2, NULL, 0);"                                \
	"INSERT INTO containers(id, pid, namespace, shares_network) VALUES ('" A "', 50, 2, 0);"   \
	"INSERT INTO processes(pid, ppid, uid, comm, container, namespace)"                        \
	" VALUES (40, 1, 0, 'containerd-shim', NULL, 1), (50, 40, 1000, 'web', '" A "', 2);"       \
	"INSERT INTO addresses(namespace, ifindex, family, address)"                               \
	" VALUES (2, 2, 'ipv4', '172.17.0.2');"
#define CONFIG(ports)                                                                              \
	"INSERT INTO container_configs(id, engine, path, uid, name, ports, networks)"              \
	" VALUES ('" A "', 'docker', '/c', 0, 'web', '" ports                                      \
	"', '[[\"inner\",\"172.17.0.2\"]]');"
#define PROXIED(uid)                                                                               \
	"INSERT INTO processes(pid, ppid, uid, comm, cmdline, namespace)"                          \
	" VALUES (60, 1, " uid ", 'docker-proxy', '" PROXY "', 1);"                                \
	"INSERT INTO sockets(namespace, protocol, family, address, port, inode)"                   \
	" VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 8080, 9);"
#define WAY(address, port)                                                                         \
	"INSERT INTO reachability(namespace, interface, protocol, family, address, port, path,"    \
	" to_namespace, to_address, to_port) VALUES (1, 'eth0', 'tcp', 'ipv4', '" address "', "    \
	"" port ", 'dnat to 172.17.0.2:80', 2, '172.17.0.2', 80);"

static void test_ports(void)
{
	check("container_ports", HOST WAY("192.0.2.1", "8080") WAY("127.0.0.1", "8080"),
	      A "|-|tcp|0.0.0.0|8080|80|172.17.0.2|-|1|1|0|-\n",
	      "by rules alone: every address, as loopback is among them");
	check("container_ports", HOST WAY("192.0.2.1", "8080"),
	      A "|-|tcp|192.0.2.1|8080|80|172.17.0.2|-|1|1|0|-\n", "one address");
	check("container_ports", HOST PROXIED("0"),
	      A "|-|tcp|0.0.0.0|8080|80|172.17.0.2|-|1|0|1|-\n", "by the engine's proxy alone");
	check("container_ports", HOST PROXIED("1000"), "",
	      "what another user calls docker-proxy says nothing of root's containers");
	check("container_ports",
	      HOST PROXIED("0") CONFIG("[[\"tcp\",\"0.0.0.0\",8080,80]]") WAY("192.0.2.1", "8080"),
	      A "|web|tcp|0.0.0.0|8080|80|172.17.0.2|inner|1|1|1|1\n",
	      "rule, proxy and record are one publication");
	check("container_ports",
	      HOST CONFIG("[[\"tcp\",\"0.0.0.0\",9090,80]]") WAY("192.0.2.1", "8080"),
	      A "|web|tcp|192.0.2.1|8080|80|172.17.0.2|inner|1|1|0|0\n" A
		"|web|tcp|0.0.0.0|9090|80|-|-|1|0|0|1\n",
	      "where the record says otherwise, both are told, and which one is so");
	check("container_ports",
	      HOST WAY("192.0.2.1", "8080") "INSERT INTO containers(id, pid, namespace, "
					    "shares_network) VALUES ('" C "', 70, 2, 0);"
					    "INSERT INTO processes(pid, ppid, uid, comm, container)"
					    " VALUES (70, 40, 0, 'web', '" C "');"
					    "INSERT INTO sockets(namespace, protocol, family, "
					    "address, port, inode)"
					    " VALUES (2, 'tcp', 'ipv4', '0.0.0.0', 80, 7);"
					    "INSERT INTO socket_owners(inode, pid) VALUES (7, 70);",
	      C "|-|tcp|192.0.2.1|8080|80|172.17.0.2|-|1|1|0|-\n",
	      "of a pod, the container that listens");
}

#define PROCESS(pid, comm, effective, bounding, nnp, seccomp)                                      \
	"INSERT INTO processes(pid, ppid, comm, caps_effective, caps_bounding, no_new_privs,"      \
	" seccomp, container) VALUES (" pid ", 1, '" comm "', '" effective "', '" bounding "', "   \
	"" nnp ", " seccomp ", '" A "');"
#define CONTAINER                                                                                  \
	"INSERT INTO containers(id, engine, pid, shares_network, memory_max)"                      \
	" VALUES ('" A "', 'docker', 50, 0, 64);"
#define NOTHING "-|-|-|-|-|-|-|-|-|-|-|-\n"

static void test_settings(void)
{
	check("container_settings",
	      CONTAINER PROCESS("50", "web", "00000000a80425fb", "00000000a80425fb", "0", "2"),
	      A "|-|00000000a80425fb|00000000a80425fb|||0|2|-|0|-|-|-|-|64|-|" NOTHING,
	      "as Docker starts one, which does not answer");
	check("container_settings",
	      CONTAINER PROCESS("50", "web", "0000000000000000", "0000000000201000", "1", "2")
		  PROCESS("51", "runc:[2:INIT]", "000001ffffffffff", "000001ffffffffff", "0", "0")
		      PROCESS("52", "sh", "0000010000000000", "0000000000000000", "0", "0"),
	      A "|-|0000000000000000|0000000000201000|CHECKPOINT_RESTORE,NET_ADMIN,SYS_ADMIN|"
		"AUDIT_WRITE,CHOWN,DAC_OVERRIDE,FOWNER,FSETID,KILL,MKNOD,NET_BIND_SERVICE,NET_RAW,"
		"SETFCAP,SETGID,SETPCAP,SETUID,SYS_CHROOT|0|0|-|0|-|-|-|-|64|-|" NOTHING,
	      "what any of its processes has or may get; not the engine's own on its way in");
	check("container_settings",
	      CONTAINER PROCESS("50", "web", "0000000000000000", "00000000800405fb", "1",
				"2") "UPDATE containers SET engine = 'podman';"
				     "INSERT INTO container_mounts(container, target, is_writable)"
				     " VALUES ('" A "', '/', 0);"
				     "INSERT INTO container_configs(id, name) VALUES ('" A
				     "', 'web');"
				     "INSERT INTO engine_containers(id, privileged, cap_add, "
				     "is_read_only, log_driver)"
				     " VALUES ('" A "', 1, 'NET_RAW', 1, 'journald');",
	      A "|web|0000000000000000|00000000800405fb|||1|2|1|0|-|-|-|-|64|-|1|NET_RAW|-|-|1|-|-|"
		"-|-|-|journald|-\n",
	      "podman's default is smaller; what the engine was told stands beside");
}

int main(void)
{
	test_ports();
	test_settings();
	return done();
}

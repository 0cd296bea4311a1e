/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One packet with its trace: a table of its own, before all others, sets meta nftrace for that
 * packet (nft(8), "meta nftrace"), and `nft monitor trace` tells what it met. A chain at ingress
 * comes before that; what was dropped there has no trace.
 */
#include "trace.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/own.h"

#define MAX_LINES 60U
#define MAX_TRIES 20U

static void write_table(FILE *out, const struct fw_query *query, u128 source)
{
	const char *network = query->family == AF_INET ? "ip" : "ip6";
	const char *transport = query->protocol == IPPROTO_TCP ? "tcp" : "udp";
	char text[INET_TEXT_SIZE];

	(void)fprintf(out,
		      "table inet harden_trace {\n"
		      "\tchain first { type filter hook prerouting priority -1000; policy accept;\n"
		      "\t\t%s saddr %s %s sport %d meta nftrace set 1\n\t}\n}\n",
		      network, inet_text(query->family, source, text), transport, query->sport);
}

static bool add_table(const struct lab *lab, const struct fw_query *query, u128 source)
{
	char path[] = "/tmp/harden-trace-XXXXXX";
	const char *const argv[] = {"nft", "-f", path, NULL};
	FILE *file = lab_temporary(path);
	bool is_there;

	write_table(file, query, source);
	(void)fclose(file);
	is_there = lab_run(lab, NULL, argv) == 0;
	(void)unlink(path);
	return is_there;
}

static pid_t start_monitor(const struct lab *lab, int out)
{
	pid_t child;

	lab_enter(lab->host);
	child = fork();
	if (child < 0)
		lab_fail("fork");
	if (child == 0) {
		if (dup2(out, 1) < 0)
			_exit(126);
		(void)execlp("nft", "nft", "monitor", "trace", (char *)NULL);
		_exit(127);
	}
	lab_enter(lab->home);
	return child;
}

static void print_trace(FILE *file)
{
	char line[512];
	unsigned count = 0;

	rewind(file);
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		/* "trace id 12345678 inet filter input rule …": from the family on */
		if (strncmp(line, "trace id ", 9) == 0 && !strstr(line, " harden_trace ") &&
		    count++ < MAX_LINES)
			printf("#     kernel:%.300s\n", line + 9 + strcspn(line + 9, " "));
	}
	if (count == 0)
		printf("#     kernel: no trace, so before prerouting\n");
}

void trace_packet(struct lab *lab, unsigned link, const struct fw_query *query,
		  const struct lab_probe *probe)
{
	static const char *const delete[] = {"nft",  "delete",       "table",
					     "inet", "harden_trace", NULL};
	const struct timespec pause = {0, 50000000};
	struct lab_probe again = *probe;
	FILE *file = tmpfile();
	pid_t monitor;

	if (!file)
		lab_fail("tmpfile");
	if (!add_table(lab, query, probe->source)) {
		(void)fclose(file);
		return;
	}
	monitor = start_monitor(lab, fileno(file));
	/* the monitor listens only some time after its start, which shows by what it has heard */
	for (unsigned i = 0; i < MAX_TRIES && lseek(fileno(file), 0, SEEK_END) == 0; i++) {
		(void)nanosleep(&pause, NULL);
		lab_flush_connections(lab);
		lab_volley(lab, link, query, &again, 1, 40);
	}
	(void)kill(monitor, SIGTERM);
	(void)waitpid(monitor, NULL, 0);
	print_trace(file);
	(void)fclose(file);
	(void)lab_run(lab, NULL, delete);
}

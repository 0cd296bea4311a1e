/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the table boot_rulesets share: a host that is laid out need by need. */
#ifndef TESTS_PROBES_BOOT_H
#define TESTS_PROBES_BOOT_H

#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_boot_rulesets;

#define CONF "nftables|/etc/nftables.conf|"

/* The order in which the probe asks; behind FILES that of systemd, then that without. */
enum {
	NFT = 0,
	SYSCONFIG = 1,
	FOLDER = 2,
	FOLDER_D = 3,
	SAVED = 7,
	UFW = 8,
	UFW_DEFAULT = 9,
	FIREWALLD = 10,
	UNITS = 11,
	DROPINS = 12,
	VENDOR_UNIT = 13,
	RC_LOCAL = 15,
	IF_SCRIPTS = 19,
	DISPATCHER = 20,
	CRON = 23,
	INIT = 26,
	WANTS = 27,
	MASKS = 30,
	PLUGINS = 31,
	SCRIPT_LINKS = 32,
	OPENRC = 27,
	OPENRC_AGAIN = 28,
	SYSV = 28,
	SYSV_AGAIN = 29,
	ASKED = 33,
};

static struct play play;
static unsigned asked;

__attribute__((unused)) static void begin(void)
{
	play_begin(&play);
	asked = 0;
}

__attribute__((unused)) static void reach(unsigned need)
{
	while (asked < need) {
		play_next_need(&play);
		asked++;
	}
}

__attribute__((unused)) static void file(unsigned need, const char *path, const char *data)
{
	reach(need);
	play_file(&play, path, data);
}

__attribute__((unused)) static void systemd(void)
{
	file(INIT, "/run/systemd/system", "");
}

__attribute__((unused)) static void wanted(const char *service)
{
	auto_free char *path = xasprintf("/etc/systemd/system/x.target.wants/%s.service", service);
	auto_free char *target = xasprintf("/lib/systemd/system/%s.service", service);

	file(WANTS, path, target);
}

__attribute__((unused)) static void run(void)
{
	reach(ASKED);
	play_run(&play, &probe_boot_rulesets);
}

/* Does the table hold this row? */
__attribute__((unused)) static void has(const char *row, const char *name)
{
	auto_free char *line = xasprintf("\n%s\n", row);
	auto_free char *rows = xasprintf("\n%s", play.rows);
	bool found = strstr(rows, line) != NULL;

	ok(found, "%s", name);
	if (!found)
		printf("# %s\n# not in:\n# %s\n", row, play.rows);
}

__attribute__((unused)) static void ends(enum coverage status, const char *detail, const char *name)
{
	ok(play.status == status, "%s: %s", name, coverage_name(status));
	is_str(play.detail, detail, name);
	play_end(&play);
}

#endif

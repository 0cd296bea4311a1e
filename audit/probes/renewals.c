/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table renewals: see the spec at the end. Timers that are enabled are links
 * (systemd.unit(5)), lines of cron are those of crontab(5). Debian's certbot brings both, and its
 * line of cron does nothing where systemd runs: `test … -a \! -d /run/systemd/system`.
 */
#include <errno.h>
#include <string.h>

#include "audit/probe.h"
#include "lib/own.h"

enum {
	NEED_SYSTEMD,
	NEED_TIMERS,
	NEED_CRON_FIRST,
	NEED_CRON_LAST = NEED_CRON_FIRST + 3,
	NEED_LOG,
};

static const char *const tools[] = {"certbot", "letsencrypt-auto", "acme.sh", "dehydrated", "lego",
				    "getssl",  "acme-tiny",        "uacme",   "acmetool"};

static bool holds(struct span text, const char *part)
{
	return memmem(text.data, text.len, part, strlen(part)) != NULL;
}

static const char *tool_in(struct span text)
{
	for (unsigned i = 0; i < ARRAY_LEN(tools); i++)
		if (holds(text, tools[i]))
			return tools[i];
	return NULL;
}

struct renewal {
	const char *kind;
	const char *path;
	unsigned line; /* 0: none */
	const char *tool;
	bool is_active;
	bool has_failed;
};

static void put(struct host *host, const struct renewal *renewal)
{
	row_text(host, renewal->kind);
	row_text(host, renewal->path);
	if (renewal->line)
		row_int(host, renewal->line);
	else
		row_null(host);
	row_text(host, renewal->tool);
	row_int(host, renewal->is_active);
	row_int(host, renewal->has_failed);
	row_end(host);
}

static bool is_script(const char *path)
{
	return strncmp(path, "/etc/cron.", 10) == 0 && strncmp(path, "/etc/cron.d/", 12) != 0;
}

/* The first line that runs a tool. */
static void put_cron(struct host *host, const struct item *item, bool has_systemd)
{
	struct renewal renewal = {.kind = "cron", .path = item->path};
	struct span rest = item->data;
	struct span line;

	for (unsigned number = 1; span_cut(&rest, '\n', &line); number++) {
		line = span_trim(line);
		if (line.len == 0 || line.data[0] == '#')
			continue;
		renewal.tool = tool_in(line);
		if (!renewal.tool)
			continue;
		renewal.line = number;
		renewal.is_active = !(has_systemd && holds(item->data, "-d /run/systemd/system")) &&
				    (!is_script(item->path) || (item->mode & 0111) != 0);
		put(host, &renewal);
		if (renewal.is_active)
			return;
	}
}

static int read_cron(struct host *host, unsigned need, bool has_systemd, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(host, need, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		if (item.error == ENOENT || item.error == EINVAL) /* EINVAL: a folder */
			continue;
		if (item.error)
			host_item_failed(host, &item, item.path);
		else
			put_cron(host, &item, has_systemd);
	}
	return got;
}

static int read_timers(struct host *host, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(host, NEED_TIMERS, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		const char *slash = strrchr(item.path, '/');
		struct renewal renewal = {.kind = "timer", .path = item.path, .is_active = true};

		if (item.error && item.error != ENOENT && item.error != EINVAL)
			host_item_failed(host, &item, item.path);
		if (item.error)
			continue;
		renewal.tool = tool_in(span_of(slash ? slash + 1 : item.path));
		if (renewal.tool)
			put(host, &renewal);
	}
	return got;
}

/* Where the text stands last, counted from 1; 0: nowhere. */
static size_t last_of(struct span text, const char *part)
{
	size_t len = strlen(part);
	size_t found = 0;

	for (size_t at = 0; at + len <= text.len;) {
		const char *next = memmem(text.data + at, text.len - at, part, len);

		if (!next)
			break;
		at = (size_t)(next - text.data) + 1;
		found = at;
	}
	return found;
}

/* certbot/_internal/renewal.py: _renew_describe_results(). A run begins a new log. */
static int read_log(struct host *host, struct err *err)
{
	static const char *const failures[] = {"All renewals failed", "renew failure(s)",
					       "The following renewals failed",
					       "Failed to renew certificate"};
	static const char *const successes[] = {"all renewals succeeded", "all simulated renewals",
						"No renewals were attempted"};
	struct item item;
	int got;

	if (host_ask(host, NEED_LOG, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		struct renewal renewal = {.kind = "log", .path = item.path, .tool = "certbot"};
		size_t failed = 0;
		size_t worked = 0;

		if (item.error && item.error != ENOENT && item.error != ENOTDIR)
			host_item_failed(host, &item, item.path);
		if (item.error)
			continue;
		for (unsigned i = 0; i < ARRAY_LEN(failures); i++)
			if (last_of(item.data, failures[i]) > failed)
				failed = last_of(item.data, failures[i]);
		for (unsigned i = 0; i < ARRAY_LEN(successes); i++)
			if (last_of(item.data, successes[i]) > worked)
				worked = last_of(item.data, successes[i]);
		renewal.has_failed = failed > worked;
		put(host, &renewal);
	}
	return got;
}

/* Loops in containers: "while :; do certbot renew; sleep 12h; done". */
static int read_processes(struct host *host, struct err *err)
{
	struct value row;
	int got;

	while ((got = host_input(host, &row, 1, err)) > 0) {
		struct renewal renewal = {.kind = "process", .is_active = true};

		renewal.tool = tool_in(row.text);
		if (renewal.tool)
			put(host, &renewal);
	}
	return got;
}

static int collect(struct host *host, struct err *err)
{
	bool has_systemd = false;
	struct item item;
	int got;

	if (read_processes(host, err) < 0 || host_ask(host, NEED_SYSTEMD, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0)
		has_systemd = has_systemd || item.error == 0;
	if (got < 0 || read_timers(host, err) < 0)
		return -1;
	for (unsigned need = NEED_CRON_FIRST; need <= NEED_CRON_LAST; need++)
		if (read_cron(host, need, has_systemd, err) < 0)
			return -1;
	return read_log(host, err);
}

const struct probe probe_renewals = {
    .about = "What renews certificates on this host by itself, and how certbot fared last",
    COLUMNS({"kind", TEXT, "timer, cron, process, or log"},
	    {"path", TEXT, "of the file; NULL for a process"},
	    {"line", INTEGER, "line in it; or NULL"}, {"tool", TEXT, "certbot, acme.sh, …"},
	    {"is_active", INTEGER, "1: it is run; 0: it is there, and does nothing"},
	    {"has_failed", INTEGER, "of a log, 1: its last renewal failed"}),
    NEEDS([NEED_SYSTEMD] = {STAT, "/run/systemd/system"},
	  [NEED_TIMERS] = {READ, "/etc/systemd/system/timers.target.wants/*.timer@"},
	  [NEED_CRON_FIRST] = {READ, "/etc/crontab"}, {READ, "/etc/cron.*/*"},
	  {READ, "/var/spool/cron/*"}, {READ, "/var/spool/cron/crontabs/*"},
	  [NEED_LOG] = {READ, "/var/log/letsencrypt/letsencrypt.log"}),
    .input = "SELECT DISTINCT cmdline FROM processes WHERE cmdline LIKE '%renew%'"
	     " OR cmdline LIKE '%acme%'",
    .collect = collect,
};

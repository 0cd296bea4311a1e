/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] inputs: the files that steer this run. Whoever can write them decides what the audit
 * finds, so they are a fact like any other.
 */
#include "audit/intent.h"
#include "audit/probe.h"

static int put_role(struct host *host, unsigned need, const char *role, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(host, need, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		if (intent_check_item(&item, role, err) < 0)
			return -1;
		row_text(host, role);
		row_text(host, item.path);
		row_int(host, item.mtime);
		if (item.exposed.len > 0)
			row_span(host, item.exposed);
		else
			row_null(host);
		row_end(host);
	}
	return got;
}

static int collect(struct host *host, struct err *err)
{
	static const char *const roles[] = {"intent", "rules", "baseline"}; /* as in NEEDS */

	for (unsigned need = 0; need < sizeof(roles) / sizeof(roles[0]); need++)
		if (put_role(host, need, roles[need], err) < 0)
			return -1;
	return 0;
}

const struct probe probe_inputs = {
    .about = "Files and folders that were given to this run",
    COLUMNS({"role", TEXT, "intent, rules or baseline"}, {"path", TEXT, "path, as it was given"},
	    {"mtime", INTEGER, "time of the last change, seconds since 1970"},
	    {"exposed", TEXT,
	     "why others than root and the caller could have written it; NULL: they could not"}),
    NEEDS({STAT, "@intent"}, {STAT, "@rules"}, {STAT, "@baseline"}),
    .collect = collect,
};

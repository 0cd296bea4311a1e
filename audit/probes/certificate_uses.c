/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table certificate_uses: see the spec at the end, and audit/uses/. */
#include <string.h>

#include "audit/uses/uses.h"

static int collect(struct host *host, struct err *err)
{
	struct uses uses = {.host = host, .is_by_process = true};

	if (uses_find(&uses, err) < 0)
		return -1;
	for (const struct use *at = uses.first; at; at = at->next) {
		if (at->pid == 0 || !at->certificate)
			continue;
		row_int(host, at->pid);
		row_text(host, at->place);
		row_text(host, at->used_by);
		row_text(host, at->certificate);
		row_text(host, at->key);
		if (strcmp(at->used_by, "nginx") == 0)
			row_null(host);
		else
			row_int(host, at->is_served);
		row_end(host);
	}
	if (!host_is_privileged(host))
		host_incomplete(host, COVERAGE_DENIED,
				"which files other users' processes read is hidden without root");
	return 0;
}

const struct probe probe_certificate_uses = {
    .about = "Which process is configured to use which file of certificates",
    COLUMNS({"pid", INTEGER, "of the process; of nginx the master"},
	    {"place", TEXT, "as in certificates"}, {"used_by", TEXT, "as in certificates"},
	    {"path", TEXT, "of the file, as in certificates; of nginx it may be a pattern"},
	    {"key", TEXT, "path of the key that belongs to it; NULL: none is known"},
	    {"is_served", INTEGER,
	     "1: it shows that one to whoever calls it; 0: as a client to others, or that is not "
	     "known; NULL: nginx, see nginx_servers"}),
    USES_NEEDS,
    .input = USES_SQL,
    .hints = USES_HINTS,
    .collect = collect,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] waivers: findings that the policy accepts for a while. */
#include "audit/intent.h"
#include "audit/probe.h"

static int put_waiver(const struct intent_reader *reader, const struct intent_waiver *waiver,
		      struct err *err)
{
	struct host *host = reader->context;

	(void)err; /* the signature is that of all three kinds of item */
	row_text(host, waiver->rule);
	row_text(host, waiver->subject);
	row_text(host, waiver->until);
	row_text(host, waiver->reason);
	row_text(host, reader->path);
	row_int(host, waiver->line);
	row_end(host);
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct intent_reader reader = {.context = host, .waiver = put_waiver};

	return intent_read_files(host, 0, &reader, err);
}

const struct probe probe_waivers = {
    .about = "Findings that the policy accepts, and until when",
    COLUMNS({"rule", TEXT, "identifier of the rule"}, {"subject", TEXT, "subject of the finding"},
	    {"until", TEXT, "last day of the waiver, YYYY-MM-DD"},
	    {"reason", TEXT, "reason in the policy"}, {"file", TEXT, "file, as it was given"},
	    {"line", INTEGER, "line in the file"}),
    NEEDS({READ, "@intent"}),
    .collect = collect,
};

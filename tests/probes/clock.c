/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table clock. */
#include <errno.h>

#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_clock;

static void plays(const char *text, int error, const char *rows, enum coverage coverage,
		  const char *what)
{
	struct play play;

	play_begin(&play);
	if (error)
		play_error(&play, "adjtimex", error);
	else
		play_file(&play, "adjtimex", text);
	play_next_need(&play);
	play_run(&play, &probe_clock);
	is_str(play.rows, rows, what);
	ok(play.status == coverage, "%s: %s", what, play.detail);
	play_end(&play);
}

int main(void)
{
	plays("status 8193\nmaxerror 250500\n", 0, "1|250500\n", COVERAGE_COMPLETE, "kept");
	plays("status 64\nmaxerror 17288\n", 0, "1|17288\n", COVERAGE_COMPLETE,
	      "by chrony without rtcsync: STA_UNSYNC, but it is kept");
	plays("status 64\nmaxerror 16000000\n", 0, "0|16000000\n", COVERAGE_COMPLETE, "by nobody");
	plays("", EPERM, "", COVERAGE_DENIED, "a sandbox that forbids to ask");
	plays("status 64\n", 0, "", COVERAGE_ERROR, "no maximum");
	plays("maxerror x\n", 0, "", COVERAGE_ERROR, "no number");
	plays("maxerror -1\n", 0, "", COVERAGE_ERROR, "less than none");
	return done();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table baseline: what an earlier JSON report found, and what it is no report of. */
#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_baseline;

static void expect(const char *report, const char *rows, enum coverage status, const char *name)
{
	struct play play;

	play_begin(&play);
	play_file(&play, "last.json", report);
	play_next_need(&play);
	play_run(&play, &probe_baseline);
	is_str(play.rows, rows, name);
	ok(play.status == status, "%s: %s", name, play.detail);
	play_end(&play);
}

int main(void)
{
	expect("{\"findings\": [{\"rule\": \"a/b\", \"subject\": \"s\", \"fingerprint\": \"f\","
	       " \"waived\": null}]}",
	       "f|a/b|s\n", COVERAGE_COMPLETE, "a finding");
	expect("{\"findings\": [{\"rule\": \"a/b\", \"subject\": \"s\", \"fingerprint\": \"f\","
	       " \"waived\": {\"until\": \"2027-01-01\"}}]}",
	       "", COVERAGE_COMPLETE, "one that was waived then is news without its waiver");
	expect("{\"findings\": []}", "", COVERAGE_COMPLETE, "none");
	expect("{\"findings\": [{\"rule\": \"a/b\"}]}", "", COVERAGE_ERROR, "a finding cut short");
	expect("[]", "", COVERAGE_ERROR, "no report");
	expect("{\"findings\": [", "", COVERAGE_ERROR, "a report cut short");
	return done();
}

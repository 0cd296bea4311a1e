/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging: limits, verdicts, waivers, settings, the gate and the baseline. */
#include "tests/unit/bench.h"

static void test_limits(void)
{
	struct bench bench;

	bench_open(&bench);
	(void)ok(load(&bench, "a/b",
		      HEADER "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)\n"
			     "SELECT 'a' AS subject, max(i) AS detail FROM n") == 0,
		 "a recursion without end");
	bench.options.max_steps = 50000;
	(void)ok(run(&bench) < 0, "is stopped");
	(void)is_str(bench.err.text,
		     "rule a/b.sql: stopped after 50000 steps: a join or a recursion without end?",
		     "message");
	(void)ok(load(&bench, "a/b",
		      HEADER "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
			     "FROM n LIMIT 11)\n"
			     "SELECT 'a' || i AS subject, '' AS detail FROM n") == 0,
		 "eleven rows");
	bench.options.max_rows = 10;
	(void)ok(run(&bench) < 0, "are more than ten");
	(void)is_str(bench.err.text, "rule a/b.sql: more than 10 rows", "message");
	bench.options.max_rows = 11;
	(void)ok(run(&bench) == 0 && bench.audit.finding_count == 11, "and not more than eleven");
	(void)ok(load(&bench, "a/b", HEADER "SELECT NULL AS subject, '' AS detail") == 0 &&
		     run(&bench) < 0,
		 "%s", bench.err.text);
	(void)ok(load(&bench, "a/b", HEADER "SELECT 1 AS subject, '' AS detail") == 0 &&
		     run(&bench) < 0,
		 "%s", bench.err.text);
	(void)ok(load(&bench, "a/b", HEADER "SELECT 'a' AS subject, is_public('x') AS detail") ==
			 0 &&
		     run(&bench) < 0,
		 "%s", bench.err.text);
	bench_close(&bench);
}

static void test_verdicts(void)
{
	struct bench bench;
	static const char over_things[] =
	    "-- title: t\n-- severity: low\n-- why: w\n-- fix: mend\n\n"
	    "SELECT name AS subject, 'size is ' || size AS detail, 'f' AS file, size AS line,\n"
	    "       size AS fix_size, NULL AS fix_other FROM things";

	bench_open(&bench);
	(void)ok(load(&bench, "a/low", over_things) == 0 && load(&bench, "b/high", ONE_ROW) == 0,
		 "two rules");
	(void)ok(run(&bench) == 0, "no rows %s", bench.err.text);
	(void)ok(bench.audit.verdicts[0].verdict == VERDICT_PASS, "complete and no rows: pass");
	facts(&bench, "INSERT INTO things VALUES ('b', 2), ('a', 3), ('a', 1)");
	(void)ok(run(&bench) == 0 && bench.audit.finding_count == 3, "rows: one a subject");
	(void)ok(bench.audit.verdicts[0].verdict == VERDICT_FAIL, "fail");
	(void)is_str(bench.audit.findings[0].rule->id, "b/high", "worst first");
	(void)is_str(bench.audit.findings[1].subject, "a", "then by subject");
	(void)is_str(bench.audit.findings[1].detail, "size is 1", "with the first detail");
	(void)ok(bench.audit.findings[1].line == 1 && bench.audit.findings[1].fix_count == 1,
		 "line and fix parameters");
	(void)is_str(bench.audit.findings[1].fix[0].name, "size", "name of a parameter");
	(void)is_str(bench.audit.findings[1].fix[0].value, "1", "and its value");
	/* printf 'a/low\0a' | sha256sum */
	(void)is_str(bench.audit.findings[1].fingerprint, "ca1d429fea918997ee89d410c0fa6d96",
		     "fingerprint");
	facts(&bench, "UPDATE coverage SET status = 'denied', detail = 'no root'"
		      " WHERE \"table\" = 'things'");
	(void)ok(run(&bench) == 0 && bench.audit.verdicts[0].verdict == VERDICT_FAIL &&
		     bench.audit.verdicts[0].is_incomplete,
		 "not complete, and rows: a failure, of which there may be more");
	(void)is_str(bench.audit.verdicts[0].reason, "things: denied: no root", "reason");
	facts(&bench, "DELETE FROM things");
	(void)ok(run(&bench) == 0 && bench.audit.verdicts[0].verdict == VERDICT_UNKNOWN &&
		     bench.audit.verdicts[0].is_incomplete,
		 "not complete and no rows: unknown");
	(void)is_str(bench.audit.verdicts[0].reason, "things: denied: no root", "reason");
	facts(&bench, "DELETE FROM coverage WHERE \"table\" = 'things'");
	(void)ok(run(&bench) == 0, "runs");
	(void)is_str(bench.audit.verdicts[0].reason, "things: not collected", "reason");
	(void)ok(bench.audit.coverage_count == 2, "coverage is handed on");
	(void)is_str(bench.audit.coverage[0].table, "others", "by table");
	bench_close(&bench);
}

static void test_hostile_text(void)
{
	struct bench bench;

	bench_open(&bench);
	facts(&bench, "INSERT INTO things VALUES (char(27) || '[2J', 1)");
	(void)ok(load(&bench, "a/b", HEADER "SELECT name AS subject, name AS detail FROM things") ==
			 0 &&
		     run(&bench) == 0,
		 "a control character in a file of facts");
	(void)is_str(bench.audit.findings[0].subject, "\\x1b[2J", "is escaped");
	bench_close(&bench);
}

static void test_waivers(void)
{
	struct bench bench;
	const struct finding *finding;

	bench_open(&bench);
	facts(&bench,
	      "INSERT INTO things VALUES ('[::]:80/tcp', 1), ('[::]:81/tcp', 1), ('x*y', 1),"
	      " ('old', 1), ('z\\\\z', 1)");
	facts(&bench, "INSERT INTO waivers VALUES"
		      " ('a/b', 'z\\\\\\\\z', '2027-01-01', 'as reported', 'p', 5),"
		      " ('a/b', '[::]:80/tcp', '2026-06-15', 'until today', 'p', 1),"
		      " ('a/b', '[::]:80/tcp', '2026-06-01', 'older', 'p', 2),"
		      " ('a/b', '[::]:8*/t*p', '2026-06-14', 'expired', 'p', 3),"
		      " ('a/b', 'x*y', '2027-01-01', NULL, 'p', 4)");
	(void)ok(load(&bench, "a/b", HEADER "SELECT name AS subject, '' AS detail FROM things") ==
			 0 &&
		     run(&bench) == 0 && bench.audit.finding_count == 5,
		 "five findings %s", bench.err.text);
	finding = bench.audit.findings;
	(void)is_str(finding[0].waived_reason, "until today", "the last day counts");
	(void)is_str(finding[0].waived_until, "2026-06-15", "until");
	(void)ok(!finding[0].is_waiver_expired && !finding[0].fails_gate, "waived: no failure");
	(void)ok(!finding[1].waived_reason && finding[1].is_waiver_expired, "by *, and expired");
	(void)ok(!finding[2].waived_reason && finding[2].fails_gate, "not named: not waived");
	(void)is_str(finding[3].waived_reason, "", "a waiver without reason is one");
	(void)is_str(finding[4].waived_reason, "as reported", "a subject as the report shows it");
	(void)ok(bench.audit.exit == 1, "the gate fails");
	facts(&bench,
	      "INSERT INTO waivers VALUES ('a/c', 'x', '2027-01-01', '', 'harden.yaml', 9)");
	(void)ok(run(&bench) < 0, "a rule that does not exist");
	(void)is_str(bench.err.text, "harden.yaml:9: waiver of rule \"a/c\", which does not exist",
		     "message");
	facts(&bench, "UPDATE waivers SET rule = 'a/b', until = 'soon' WHERE line = 9");
	(void)ok(run(&bench) < 0, "a day that is none");
	(void)is_str(bench.err.text, "harden.yaml:9: waiver until \"soon\": not YYYY-MM-DD",
		     "message");
	bench_close(&bench);
}

static void test_settings(void)
{
	struct bench bench;

	bench_open(&bench);
	(void)ok(load(&bench, "a/b",
		      HEADER "SELECT 'a' AS subject, setting( 'warn_days', 30) || ' "
			     "days' AS detail") == 0,
		 "a rule that reads a setting");
	facts(&bench, "INSERT INTO settings VALUES ('warn_days', '7', 'harden.yaml', 12)");
	(void)ok(run(&bench) == 0, "set %s", bench.err.text);
	(void)is_str(bench.audit.findings[0].detail, "7 days", "value");
	facts(&bench, "UPDATE settings SET value = 'week'");
	(void)ok(run(&bench) < 0, "%s", bench.err.text);
	facts(&bench, "UPDATE settings SET key = 'warn_day'");
	(void)ok(run(&bench) < 0, "mistyped");
	(void)is_str(bench.err.text, "harden.yaml:12: setting \"warn_day\": no rule reads it",
		     "message");
	bench_close(&bench);
}

/* The exit status with one finding of that header and these options. */
static int exit_with(struct bench *bench, const char *severity, const char *tags,
		     const char *fail_on, bool fail_on_new)
{
	auto_free char *text =
	    xasprintf("-- title: t\n-- severity: %s\n-- why: w\n%s\nSELECT name AS subject, '' AS "
		      "detail FROM things",
		      severity, tags);

	if (load(bench, "a/b", text) < 0)
		return -1;
	bench->options.fail_on = fail_on;
	bench->options.fail_on_new = fail_on_new;
	if (run(bench) < 0) {
		printf("# %s\n", bench->err.text);
		return -1;
	}
	return bench->audit.exit;
}

static void test_gate(void)
{
	struct bench bench;

	bench_open(&bench);
	(void)ok(exit_with(&bench, "high", "", "high", false) == 0, "nothing found: 0");
	facts(&bench, "INSERT INTO things VALUES ('x', 1)");
	(void)ok(exit_with(&bench, "high", "", "high", false) == 1, "at the threshold: 1");
	(void)ok(exit_with(&bench, "critical", "", "high", false) == 1, "above it: 1");
	(void)ok(exit_with(&bench, "medium", "", "high", false) == 0, "below it: 0");
	(void)ok(exit_with(&bench, "critical", "", "none", false) == 0, "none: 0");
	(void)ok(exit_with(&bench, "info", "-- tags: gate\n", "high", false) == 1, "tag gate: 1");
	(void)ok(exit_with(&bench, "info", "-- tags: gate\n", "none", false) == 0,
		 "tag gate, none: 0");
	(void)ok(exit_with(&bench, "high", "", "hihg", false) < 0, "%s", bench.err.text);
	facts(&bench, "INSERT INTO waivers VALUES ('a/b', 'x', '2026-01-01', 'r', 'p', 1)");
	(void)ok(exit_with(&bench, "low", "", "critical", false) == 1, "expired waiver: 1");
	(void)ok(exit_with(&bench, "low", "", "none", false) == 0, "expired waiver, none: 0");
	facts(&bench, "UPDATE waivers SET until = '2027-01-01'");
	(void)ok(exit_with(&bench, "critical", "", "high", false) == 0, "waived: 0");
	facts(&bench, "UPDATE coverage SET status = 'timeout' WHERE \"table\" = 'things'");
	(void)ok(exit_with(&bench, "critical", "", "high", false) == 3,
		 "waived, but there may be more that could not be seen: 3");
	facts(&bench, "DELETE FROM things");
	(void)ok(exit_with(&bench, "low", "", "high", false) == 3, "unknown: 3");
	(void)ok(bench.audit.verdicts[0].verdict == VERDICT_UNKNOWN, "unknown");
	bench_close(&bench);
}

static void test_baseline(void)
{
	struct bench bench;

	bench_open(&bench);
	facts(&bench, "INSERT INTO things VALUES ('x', 1)");
	(void)ok(exit_with(&bench, "high", "", "high", true) == 1, "without a baseline all is new");
	{
		auto_free char *sql =
		    xasprintf("INSERT INTO baseline VALUES ('%s', 'a/b', 'x'), ('f1', 'a/b', 'y'),"
			      " ('f2', 'left/out', 'z'), ('f3', NULL, NULL)",
			      bench.audit.findings[0].fingerprint);

		facts(&bench, sql);
	}
	bench.options.has_baseline = true;
	(void)ok(exit_with(&bench, "high", "", "high", true) == 0, "known: 0");
	(void)ok(!bench.audit.findings[0].is_new, "is not new");
	(void)ok(bench.audit.gone_count == 2, "gone, but for what no rule looked at");
	(void)ok(exit_with(&bench, "high", "", "high", false) == 1, "known, but all count: 1");
	(void)ok(exit_with(&bench, "low", "-- tags: gate\n", "high", true) == 1,
		 "a baseline does not excuse what is about the gate");
	facts(&bench, "INSERT INTO things VALUES ('new', 1)");
	(void)ok(exit_with(&bench, "high", "", "high", true) == 1, "another one: 1");
	facts(&bench, "UPDATE coverage SET status = 'partial' WHERE \"table\" = 'things'");
	(void)ok(exit_with(&bench, "high", "", "high", true) == 1 && bench.audit.gone_count == 1,
		 "not seen is not gone");
	bench_close(&bench);
}

int main(void)
{
	test_limits();
	test_verdicts();
	test_hostile_text();
	test_waivers();
	test_settings();
	test_gate();
	test_baseline();
	return done();
}

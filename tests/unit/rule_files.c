/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading rules, from texts and folders: what is refused, what is selected, which tables count. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/file.h"
#include "tests/unit/bench.h"

/* The rule's file is refused with that message. */
static void header_error(const char *text, const char *expected)
{
	struct bench bench;

	bench_open(&bench);
	if (ok(load(&bench, "a/b", text) < 0, "refused: %s", expected))
		(void)is_str(bench.err.text, expected, "message");
	bench_close(&bench);
}

static void test_header(void)
{
	struct bench bench;
	const struct rule *rule;

	bench_open(&bench);
	(void)ok(load(&bench, "area/name-2",
		      "-- title:    A thing\n-- severity: low\n-- why:      It is bad.\n"
		      "--           See http://example.org/: now.\n-- fix:      mend\n"
		      "-- refs:     CWE-1, CWE-2\n-- tags:     gate, other\n\nSELECT 1") == 0,
		 "a whole header %s", bench.err.text);
	rule = rules_find(&bench.set, "area/name-2");
	(void)is_str(rule->why, "It is bad. See http://example.org/: now.", "a value goes on");
	(void)is_str(rule->fix, "mend", "fix");
	(void)is_str(rule->refs, "CWE-1, CWE-2", "refs");
	(void)ok(rule->severity == SEVERITY_LOW && rule->sql_line == 8, "severity and line");
	(void)ok(rule_has_tag(rule, "gate") && rule_has_tag(rule, "other") &&
		     !rule_has_tag(rule, "gat"),
		 "tags");
	(void)ok(load(&bench, "area/name-2", ONE_ROW) == 0 && bench.set.count == 1,
		 "a rule of the same id is replaced");
	(void)ok(load(&bench, "Area/name", ONE_ROW) < 0, "ids: %s", bench.err.text);
	(void)ok(load(&bench, "name", ONE_ROW) < 0 && load(&bench, "a/b/c", ONE_ROW) < 0,
		 "ids have two parts: %s", bench.err.text);
	bench_close(&bench);
	header_error("-- urgency: high\n", "rule a/b.sql:1: unknown header key \"urgency\"");
	header_error("-- title: t\n-- title: u\n",
		     "rule a/b.sql:2: header key \"title\" stands in line 1 already");
	header_error("-- title:\n-- severity: high\n-- why: w\nSELECT 1",
		     "rule a/b.sql:1: header key \"title\" is empty");
	header_error("-- title: t\n-- severity: high\nSELECT 1",
		     "rule a/b.sql: header key \"why\" is missing");
	header_error("-- title: t\n-- severity: hihg\n-- why: w\nSELECT 1",
		     "rule a/b.sql:2: severity \"hihg\" is not one of critical, high, medium, low, "
		     "info");
	header_error("-- title: t\n-- a comment\n",
		     "rule a/b.sql:2: not \"-- key: value\": put an empty line between the header "
		     "and other comments");
	header_error("--    floating\n",
		     "rule a/b.sql:1: not \"-- key: value\": put an empty line between the header "
		     "and other comments");
	header_error(HEADER "-- tags: Gate!\n",
		     "rule a/b.sql:4: tags are words of a-z, 0-9 and -, separated by commas");
	header_error("-- title: \x1b[31mred\n",
		     "rule a/b.sql:1: control character or invalid UTF-8");
}

/* The rule's SQL is refused with that message. */
static void sql_error(const char *sql, const char *expected)
{
	struct bench bench;
	auto_free char *text = xasprintf("%s%s", HEADER, sql);

	bench_open(&bench);
	if (ok(load(&bench, "a/b", text) == 0 && prepare(&bench) < 0, "refused: %s", expected))
		(void)is_str(bench.err.text, expected, "message");
	bench_close(&bench);
}

static void test_sql(void)
{
	sql_error("", "rule a/b.sql:4: no SELECT");
	sql_error("SELECT 'a' AS subject, 'b' AS detail; SELECT 1",
		  "rule a/b.sql:4: more than one statement");
	sql_error("SELECT 'a' AS subject, 'b' AS detail; DROP TABLE things",
		  "rule a/b.sql:4: more than one statement");
	sql_error("DELETE FROM things", "rule a/b.sql:4: not a SELECT: a rule only reads facts");
	sql_error("WITH x AS (SELECT 1) INSERT INTO things SELECT 'a', 1 FROM x",
		  "rule a/b.sql:4: not a SELECT: a rule only reads facts");
	sql_error("CREATE TABLE x(y)", "rule a/b.sql:4: not a SELECT: a rule only reads facts");
	sql_error("BEGIN", "rule a/b.sql:4: not a SELECT: a rule only reads facts");
	sql_error("ATTACH '/etc/passwd' AS x",
		  "rule a/b.sql:4: ATTACH is refused: a rule only reads facts");
	sql_error("PRAGMA table_list",
		  "rule a/b.sql:4: PRAGMA table_list is refused: a rule only reads facts");
	sql_error("SELECT name AS subject, '' AS detail FROM pragma_table_info('things')",
		  "rule a/b.sql:4: not a SELECT: a rule only reads facts");
	sql_error("SELECT name AS subject, '' AS detail FROM sqlite_schema",
		  "rule a/b.sql:4: reads sqlite_master, which is no fact");
	sql_error("SELECT count(*) AS subject, '' AS detail FROM sqlite_schema",
		  "rule a/b.sql:4: reads sqlite_schema, which is no fact");
	sql_error("SELECT load_extension('x') AS subject, '' AS detail",
		  "rule a/b.sql:4: calls load_extension(), whose answer is no fact");
	sql_error("SELECT random() AS subject, '' AS detail",
		  "rule a/b.sql:4: calls random(), whose answer is no fact");
	sql_error("SELECT name AS subject,\n'' AS detail,\nlength_of_it AS line FROM things",
		  "rule a/b.sql:6: no such column: length_of_it");
	sql_error("SELECT 1 AS subject", "rule a/b.sql:4: result columns subject and detail are "
					 "required");
	sql_error("SELECT 1 AS subject, 2 AS detail, 3 AS subject",
		  "rule a/b.sql:4: two result columns \"subject\"");
	sql_error("SELECT 1 AS subject, 2 AS detail, 3 AS lines",
		  "rule a/b.sql:4: result column \"lines\" is not one of subject, detail, file, "
		  "line, fix_*");
	sql_error("SELECT 1 AS subject, 2 AS detail, 3 AS fix_port",
		  "rule a/b.sql:4: columns fix_*, but no header key \"fix\"");
	sql_error("EXPLAIN SELECT 1 AS subject, 2 AS detail",
		  "rule a/b.sql:4: not a SELECT without parameters");
	sql_error("SELECT ?1 AS subject, 2 AS detail",
		  "rule a/b.sql:4: not a SELECT without parameters");
}

static void test_tables(void)
{
	struct bench bench;

	bench_open(&bench);
	(void)ok(load(&bench, "a/b",
		      HEADER "WITH x AS (SELECT value FROM json_each('[1]'))\n"
			     "SELECT name AS subject, setting('k', 1) AS detail FROM shown, x;"
			     " -- the end\n") == 0 &&
		     load(&bench, "c/d",
			  HEADER "SELECT 'a' AS subject, count(*) AS detail FROM "
				 "things") == 0 &&
		     prepare(&bench) == 0,
		 "prepared %s", bench.err.text);
	(void)is_str(bench.set.rules[0]->tables[0], "others", "through a view");
	(void)is_str(bench.set.rules[0]->tables[1], "settings", "setting() reads settings");
	(void)is_str(bench.set.rules[0]->tables[2], "things", "sorted");
	(void)ok(!bench.set.rules[0]->tables[3], "and nothing else");
	(void)is_str(bench.set.rules[1]->tables[0], "things", "count(*) reads, too");
	(void)ok(rules_read(&bench.set, "others") && rules_read(&bench.set, "waivers"), "read");
	(void)ok(!rules_read(&bench.set, "coverage"), "not read");
	bench_close(&bench);
}

/* Views that are kept as tables hide what they read neither from a name, nor from a join that
 * names no column. */
static void test_kept(void)
{
	static const char *const views =
	    "CREATE TEMP VIEW named AS -- kept: for the test\n SELECT name FROM shown;"
	    "CREATE TEMP VIEW twice AS -- kept: for the test\n"
	    " SELECT name, setting('k', 1) AS k FROM named;"
	    "CREATE TEMP VIEW broken AS -- kept: for the test\n SELECT name FROM nowhere;";
	struct bench bench;

	bench_open(&bench);
	facts(&bench, views);
	(void)ok(load(&bench, "a/b",
		      HEADER "SELECT 'a' AS subject, count(*) AS detail FROM json_each('[1]')"
			     " NATURAL JOIN twice") == 0 &&
		     load(&bench, "c/d",
			  HEADER "SELECT name AS subject, 'd' AS detail FROM twice") == 0 &&
		     prepare(&bench) == 0,
		 "prepared %s", bench.err.text);
	for (size_t i = 0; i < 2; i++) {
		(void)is_str(bench.set.rules[i]->tables[0], "others", "through two kept views");
		(void)is_str(bench.set.rules[i]->tables[1], "settings", "and a function in one");
		(void)is_str(bench.set.rules[i]->tables[2], "things", "and a view");
		(void)ok(!bench.set.rules[i]->tables[3], "and nothing else");
	}
	facts(&bench, "INSERT INTO things VALUES ('a', 1); INSERT INTO others VALUES ('a')");
	(void)ok(run(&bench) == 0 && bench.audit.finding_count == 2, "they are filled: %s",
		 bench.err.text);
	facts(&bench, "INSERT INTO things VALUES ('b', 1); INSERT INTO others VALUES ('b')");
	(void)ok(run(&bench) == 0 && bench.audit.finding_count == 3, "and filled anew: %s",
		 bench.err.text);
	(void)ok(load(&bench, "e/f", HEADER "SELECT name AS subject, '' AS detail FROM broken") ==
			 0 &&
		     prepare(&bench) < 0,
		 "a view over what is not there: %s", bench.err.text);
	(void)ok(rules_select(&bench.set, (const char *const[]){"c/d"}, 1, NULL, 0, &bench.err) ==
			 0 &&
		     run(&bench) == 0 && bench.audit.finding_count == 2,
		 "what is left out is not compiled: %s", bench.err.text);
	bench_close(&bench);
}

static void test_selection(void)
{
	static const char *const area[] = {"a/*"};
	static const char *const first[] = {"*/one"};
	static const char *const mistyped[] = {"a/*", "a/three"};
	struct bench bench;

	bench_open(&bench);
	(void)ok(load(&bench, "a/one", ONE_ROW) == 0 && load(&bench, "a/two", ONE_ROW) == 0 &&
		     load(&bench, "b/one",
			  HEADER "SELECT name AS subject, '' AS detail FROM others") == 0,
		 "three rules");
	(void)ok(rules_select(&bench.set, area, 1, first, 1, &bench.err) == 0, "selected");
	(void)ok(run(&bench) == 0 && bench.audit.verdict_count == 1, "one runs %s", bench.err.text);
	(void)is_str(bench.audit.verdicts[0].rule->id, "a/two", "which");
	(void)ok(!rules_read(&bench.set, "others"), "what is left out reads nothing");
	(void)ok(rules_select(&bench.set, mistyped, 2, NULL, 0, &bench.err) < 0, "mistyped");
	(void)is_str(bench.err.text, "--only a/three: no rule matches; `harden rules` lists them",
		     "message");
	(void)ok(rules_select(&bench.set, NULL, 0, mistyped, 2, &bench.err) < 0, "%s",
		 bench.err.text);
	(void)ok(rules_select(&bench.set, area, 1, area, 1, &bench.err) < 0, "%s", bench.err.text);
	bench_close(&bench);
}

static void write_rule(const char *dir, const char *name, const char *text, mode_t mode)
{
	auto_free char *path = xasprintf("%s/%s", dir, name);
	auto_close int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct err err = {""};

	if (fd < 0 || file_write(fd, span_of(text), &err) < 0 || fchmod(fd, mode) < 0)
		die("%s: %s", path, err.text);
}

static void make_dir(const char *dir, const char *name)
{
	auto_free char *path = xasprintf("%s/%s", dir, name);

	if (mkdir(path, 0755) < 0)
		die("%s", path);
}

static void remove_path(const char *dir, const char *name)
{
	auto_free char *path = xasprintf("%s/%s", dir, name);

	if (remove(path) < 0)
		die("%s", path);
}

/* The folder is refused; the message is compared without the folder's own path. */
static void folder_error(struct bench *bench, const char *dir, bool check, const char *expected)
{
	const char *behind;

	if (!ok(rules_load_folder(&bench->set, dir, getuid(), check, &bench->err) < 0,
		"refused: %s", expected))
		return;
	behind = strstr(bench->err.text, dir);
	(void)is_str(behind ? behind + strlen(dir) : bench->err.text, expected, "message");
}

static void test_folder(void)
{
	char dir[] = "/tmp/harden-rules-XXXXXX";
	struct bench bench;

	if (!mkdtemp(dir))
		die("mkdtemp");
	bench_open(&bench);
	make_dir(dir, "mine");
	write_rule(dir, "mine/one.sql", ONE_ROW, 0644);
	write_rule(dir, "mine/README", "not a rule", 0644);
	write_rule(dir, "mine/.one.sql", "an editor's", 0644);
	(void)ok(rules_load_folder(&bench.set, dir, getuid(), true, &bench.err) == 0 &&
		     rules_find(&bench.set, "mine/one") && bench.set.count == 1,
		 "a folder is read %s", bench.err.text);
	write_rule(dir, "mine/one.sql", ONE_ROW, 0666);
	folder_error(&bench, dir, true,
		     "/mine/one.sql: mode 0666 lets everyone write: refused while running as "
		     "root");
	(void)ok(rules_load_folder(&bench.set, dir, getuid(), false, &bench.err) == 0,
		 "without root nobody asks");
	write_rule(dir, "two.sql", ONE_ROW, 0644);
	folder_error(&bench, dir, false, "/two.sql: lies in no area: a rule is AREA/NAME.sql");
	remove_path(dir, "two.sql");
	make_dir(dir, "mine/deep");
	folder_error(&bench, dir, false,
		     "/mine/deep: folders nest too deep: a rule is AREA/NAME.sql");
	remove_path(dir, "mine/deep");
	remove_path(dir, "mine/README");
	remove_path(dir, "mine/.one.sql");
	remove_path(dir, "mine/one.sql");
	remove_path(dir, "mine");
	remove_path(dir, "");
	folder_error(&bench, dir, false, ": No such file or directory");
	bench_close(&bench);
}

static void test_print(void)
{
	struct bench bench;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	bench_open(&bench);
	(void)ok(load(&bench, "a/b", ONE_ROW) == 0 && prepare(&bench) == 0, "a rule");
	(void)ok(rules_print(out, &bench.set, NULL, &bench.err) == 0 && fflush(out) == 0, "listed");
	(void)is_str(text, "a/b  high      t\n", "as one line");
	(void)ok(rules_print(out, &bench.set, "a/b", &bench.err) == 0 && fflush(out) == 0 &&
		     strstr(text, "why:      w\n") && strstr(text, "SELECT 'here' AS subject"),
		 "and whole");
	(void)ok(rules_print(out, &bench.set, "a/c", &bench.err) < 0, "%s", bench.err.text);
	(void)fclose(out);
	free(text);
	bench_close(&bench);
}

int main(void)
{
	test_header();
	test_sql();
	test_tables();
	test_kept();
	test_selection();
	test_folder();
	test_print();
	return done();
}

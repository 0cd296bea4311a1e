/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What programs rely on: JSON that parses and says what the audit says, names in SARIF that stay
 * as they are, errors that are not lost, and writers that need no more than a jail allows.
 */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "audit/jail.h"
#include "lib/output.h"
#include "lib/sarif.h"
#include "reports/report.h"
#include "tests/reports/samples.h"
#include "tests/tap.h"

static const struct report_style plain_style = {.is_utf8 = true};

/* The caller frees. */
static char *written(const struct report_format *format, const struct audit *audit)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	struct err err;

	if (!out || format->write(out, audit, &plain_style, &err) < 0)
		die("not written");
	(void)fclose(out);
	return text;
}

static json_t *parsed(const struct report_format *format, const struct audit *audit)
{
	auto_free char *text = written(format, audit);
	json_error_t error;
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	ok(root, "%s parses %s", audit->host, root ? "" : error.text);
	return output_checked(root);
}

/* All texts come back as they were put in. */
static void test_json(void)
{
	const struct audit *audit = &sample_audits[0];
	json_t *root = parsed(&report_json, audit);
	const json_t *findings = json_object_get(root, "findings");
	const json_t *summary = json_object_get(root, "summary");
	auto_free char *again = json_dumps(root, JSON_INDENT(2));
	auto_free char *text = written(&report_json, audit);
	bool is_same = true;

	for (size_t i = 0; i < audit->finding_count; i++) {
		const json_t *got = json_array_get(findings, i);

		is_same &= strcmp(json_string_value(json_object_get(got, "subject")),
				  audit->findings[i].subject) == 0 &&
			   strcmp(json_string_value(json_object_get(got, "detail")),
				  audit->findings[i].detail) == 0;
	}
	ok(json_array_size(findings) == audit->finding_count && is_same, "all findings, unchanged");
	ok(strncmp(again, text, strlen(again)) == 0, "read and written again it is the same");
	ok(json_integer_value(json_object_get(summary, "critical")) == 1 &&
	       json_integer_value(json_object_get(summary, "medium")) == 2 &&
	       json_integer_value(json_object_get(summary, "waived")) == 1,
	   "a waived finding is counted apart");
	ok(json_is_null(json_object_get(summary, "new")), "no baseline: nothing is new");
	json_decref(root);
	root = parsed(&report_json, &sample_audits[3]);
	is_str(json_string_value(json_object_get(root, "host")), "ho/st\\x1b[1m \\xff",
	       "what is no fact is escaped");
	json_decref(root);
}

static void test_sarif(void)
{
	json_t *root = parsed(&report_sarif, &sample_audits[0]);
	const json_t *run = json_array_get(json_object_get(root, "runs"), 0);
	const json_t *results = json_object_get(run, "results");
	size_t suppressed = 0;
	size_t without_verdict = 0;

	for (size_t i = 0; i < json_array_size(results); i++) {
		const json_t *at = json_array_get(results, i);

		suppressed += json_array_size(json_object_get(at, "suppressions"));
		without_verdict +=
		    strcmp(json_string_value(json_object_get(at, "ruleId")), "HRD9001") == 0;
	}
	ok(suppressed == 1, "the waiver is a suppression, the expired one is not");
	ok(without_verdict == 2, "what was not seen is a result too");
	json_decref(root);
	root = parsed(&report_sarif, &sample_audits[1]);
	run = json_array_get(json_object_get(root, "runs"), 0);
	results = json_object_get(run, "results");
	ok(json_is_array(results) && json_array_size(results) == 0, "no findings: an empty array");
	json_decref(root);
}

static void test_sarif_names(void)
{
	static const struct {
		const char *id;
		const char *name;
	} names[] = {
	    {"exposure/port-open-not-in-intent", "ExposurePortOpenNotInIntent"},
	    {"exposure/v6-parity", "ExposureV6Parity"},
	    {"tls/a-b", "Tlsab"},
	    {"2fa/off", "Rule2faOff"},
	    {"SSH/Root_Login", "SshRootLogin"},
	    {"//", "Rule"},
	};
	auto_free char *number = sarif_number("redis/unauthenticated");

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		auto_free char *name = sarif_name(names[i].id);

		is_str(name, names[i].name, names[i].id);
	}
	is_str(number, "HRD76368284", "a rule's number never changes");
}

static void test_message(void)
{
	json_t *message = sarif_message("Ports [all] {0}.", "web01", LONG, LONG);
	const char *text = json_string_value(json_object_get(message, "text"));
	size_t length = 0;

	for (const char *at = text; *at; at++)
		length += ((unsigned char)*at & 0xc0) != 0x80;
	ok(length <= 150 && strstr(text, "'web01'") && !strpbrk(text, "[]{}"),
	   "a long message is cut to %zu characters, without brackets", length);
	json_decref(message);
}

/* Against the C library's calendar, around the turns of years and centuries. */
static void test_time(void)
{
	bool is_same = true;

	for (int64_t at = 0; at < 253402300800; at += (int64_t)86399 * 7) {
		char got[OUTPUT_TIME_SIZE];
		char expected[64];
		time_t seconds = at;
		struct tm parts;

		(void)gmtime_r(&seconds, &parts);
		(void)strftime(expected, sizeof(expected), "%Y-%m-%dT%H:%M:%SZ", &parts);
		is_same &= strcmp(output_time(at, got), expected) == 0;
	}
	ok(is_same, "times are those of gmtime()");
}

static void test_full_disk(const char *name, const struct report_format *format,
			   const struct audit *audit)
{
	auto_fclose FILE *out = fopen("/dev/full", "we");
	struct err err = {""};

	ok(out && format->write(out, audit, &plain_style, &err) == -1,
	   "%s: a full disk is an error", name);
	ok(strstr(err.text, strerror(ENOSPC)) || strstr(err.text, "lost"), "which says: %s",
	   err.text);
}

/* Exits with 0, or is killed. */
static void write_in_jail(const struct report_format *format)
{
	static char buffer[BUFSIZ]; /* else stdio asks whether it writes to a terminal: an ioctl */
	FILE *out = fopen("/dev/null", "we");
	struct err err;
	int result = 0;

	json_object_seed(1); /* as json_prepare() does: seeding reads /dev/urandom */
	if (!out || setvbuf(out, buffer, _IOFBF, sizeof(buffer)) != 0 || jail_enter(&err) < 0)
		_exit(1);
	for (size_t i = 0; i < ARRAY_LEN(sample_audits); i++)
		result |= format->write(out, &sample_audits[i], &plain_style, &err);
	_exit(result == 0 ? 0 : 1);
}

static void test_jail(const char *name, const struct report_format *format)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0)
		write_in_jail(format);
	(void)waitpid(child, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s writes in a jail (status %#x)", name,
	   (unsigned)status);
}

int main(void)
{
	static const struct {
		const char *name;
		const struct report_format *format;
	} formats[] = {{"json", &report_json}, {"sarif", &report_sarif}, {"text", &report_text}};

	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		test_jail(formats[i].name, formats[i].format);
		test_full_disk(formats[i].name, formats[i].format, &sample_audits[0]);
		test_full_disk(formats[i].name, formats[i].format, &sample_audits[1]);
	}
	test_json();
	test_sarif();
	test_sarif_names();
	test_message();
	test_time();
	return done();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person relies on: the verdict is the first and the last line, no byte can drive the
 * terminal, no line is wider than it, nothing is left out without a word, and the line that
 * waives a finding is YAML that names exactly that finding.
 */
#include <stdlib.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/span.h"
#include "lib/text.h"
#include "reports/report.h"
#include "tests/reports/samples.h"
#include "tests/tap.h"

/* The caller frees. */
static char *written(const struct audit *audit, const struct report_style *style)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	struct err err;

	if (!out || report_text.write(out, audit, style, &err) < 0)
		die("not written");
	(void)fclose(out);
	return text;
}

static bool is_clean(const char *text, bool is_utf8)
{
	struct span rest = span_of(text);
	struct span line;

	while (span_cut(&rest, '\n', &line)) {
		if (!text_is_printable(line))
			return false;
		for (size_t i = 0; i < line.len && !is_utf8; i++)
			if ((unsigned char)line.data[i] >= 0x80)
				return false;
	}
	return true;
}

static void test_sample(const char *name, const struct audit *audit)
{
	for (unsigned i = 0; i < 12; i++) {
		const struct report_style style = {.is_utf8 = i & 1,
						   .columns = i & 2 ? 80 : 0,
						   .verbose = i / 4 == 1,
						   .quiet = i / 4 == 2};
		auto_free char *text = written(audit, &style);
		size_t first = strcspn(text, "\n") + 1;
		size_t len = strlen(text);

		ok(is_clean(text, style.is_utf8), "%s, style %u: printable bytes only", name, i);
		ok((len == first || len >= 2 * first) &&
		       memcmp(text, text + len - first, first) == 0 &&
		       strncmp(text, "harden: ", 8) == 0,
		   "the first line is the last");
	}
}

/* Every subject of a rule is shown in a pipe; a terminal is told how many are not. */
static void test_many(void)
{
	struct finding many[25];
	struct audit audit = sample_audits[0];
	const struct report_style pipe = {.is_utf8 = true};
	const struct report_style screen = {.is_utf8 = true, .columns = 80};
	const struct report_style verbose = {.columns = 80, .verbose = 1};
	auto_free char *in_pipe = NULL;
	auto_free char *on_screen = NULL;
	auto_free char *in_full = NULL;

	for (size_t i = 0; i < ARRAY_LEN(many); i++) {
		many[i] = sample_findings[0];
		many[i].subject = xasprintf("subject-%02zu", i);
	}
	audit.findings = many;
	audit.finding_count = ARRAY_LEN(many);
	in_pipe = written(&audit, &pipe);
	on_screen = written(&audit, &screen);
	in_full = written(&audit, &verbose);
	ok(strstr(in_pipe, "subject-00") && strstr(in_pipe, "subject-24"), "a pipe gets all");
	ok(strstr(on_screen, "subject-09") && !strstr(on_screen, "subject-10"),
	   "a terminal gets the first ten");
	ok(strstr(on_screen, "and 15 more; -v shows all"), "and is told so");
	ok(strstr(in_full, "subject-24") && !strstr(in_full, "more;"), "-v shows all");
	for (size_t i = 0; i < ARRAY_LEN(many); i++) {
		char *subject;

		memcpy(&subject, &many[i].subject, sizeof(subject)); /* was const there only */
		free(subject);
	}
}

static const char *value_of(const struct json *waiver, const char *key)
{
	const struct json *value = json_get(waiver, key);

	return value ? value->text.data : NULL;
}

/* As pasted below waive:, it has to name the finding, whatever the subject holds. */
static void test_waive(const struct finding *finding, unsigned columns)
{
	struct audit audit = sample_audits[0];
	const struct report_style style = {.is_utf8 = true, .columns = columns};
	auto_free char *text = NULL;
	const char *start;
	const char *end;
	struct arena arena;
	struct json *list = NULL;
	struct err err = {""};

	audit.findings = finding;
	audit.finding_count = 1;
	text = written(&audit, &style);
	start = strstr(text, "- { rule:");
	end = start ? strstr(start, "' }\n") : NULL;
	arena_init(&arena, 1U << 20);
	ok(start && end &&
	       json_read_yaml((struct span){start, (size_t)(end - start) + 3}, &arena, &list,
			      &err) == 0,
	   "the waive line is YAML %s", err.text);
	is_str(value_of(list ? list->child : NULL, "rule"), finding->rule->id, "of the rule");
	is_str(value_of(list ? list->child : NULL, "subject"), finding->subject,
	       "and of the subject");
	is_str(value_of(list ? list->child : NULL, "until"), "2026-12-21", "for 30 days");
	arena_done(&arena);
}

static void test_outcomes(void)
{
	static const char *const first[] = {
	    "harden: FAIL web01: 1 critical, 4 high, 2 medium, 1 low; 7 fail the gate; ",
	    "harden: PASS web01: no findings; exit 0",
	    "harden: INCOMPLETE web01: no findings; 3 rules without verdict; exit 3",
	    "harden: ERROR ",
	    "harden: FAIL web01: 1 critical, 2 high; 3 fail the gate; ",
	};
	const struct report_style style = {.is_utf8 = true};

	for (size_t i = 0; i < ARRAY_LEN(sample_audits); i++) {
		auto_free char *text = written(&sample_audits[i], &style);

		ok(strncmp(text, first[i], strlen(first[i])) == 0, "%s", first[i]);
	}
}

int main(void)
{
	for (size_t i = 0; i < ARRAY_LEN(sample_audits); i++)
		test_sample(sample_names[i], &sample_audits[i]);
	test_outcomes();
	test_many();
	for (size_t i = 0; i < ARRAY_LEN(sample_findings); i++) {
		if (sample_findings[i].waived_reason)
			continue;
		test_waive(&sample_findings[i], 0);
		/* folded, YAML joins lines by one blank, so two at that place would be one */
		if (!strstr(sample_findings[i].subject, LONG_60))
			test_waive(&sample_findings[i], 80);
	}
	return done();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] baseline: the findings of an earlier run, from its JSON report. Only what identifies a
 * finding is read; the report may have been written by another version.
 */
#include "audit/intent.h"
#include "audit/probe.h"
#include "lib/json.h"

static const char *const keys[] = {"fingerprint", "rule", "subject"}; /* the columns */

static int put_finding(struct host *host, const struct json *finding, struct err *err)
{
	for (unsigned i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const struct json *value = json_get(finding, keys[i]);

		if (!value || value->type != JSON_STRING)
			return err_set(err, "%u: a finding without a text \"%s\"", finding->line,
				       keys[i]);
		row_span(host, value->text);
	}
	row_end(host);
	return 0;
}

static int put_report(struct host *host, struct span report, struct err *err)
{
	struct json *root;
	const struct json *findings;

	if (json_read(report, host_arena(host), &root, err) < 0)
		return -1;
	findings = json_get(root, "findings");
	if (!findings || findings->type != JSON_ARRAY)
		return err_set(err, "%u: not a JSON report of harden: no list \"findings\"",
			       findings ? findings->line : root->line);
	for (const struct json *at = findings->child; at; at = at->next) {
		const struct json *waived = json_get(at, "waived");

		/* nobody was told of it then, so without its waiver it is news */
		if (waived && waived->type == JSON_OBJECT)
			continue;
		if (put_finding(host, at, err) < 0)
			return -1;
	}
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct item item;
	unsigned files = 0;
	int got;

	if (host_ask(host, 0, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		files++;
		if (intent_check_item(&item, "baseline", err) < 0)
			return -1;
		if (put_report(host, item.data, err) < 0)
			return intent_blame("baseline", item.path, err);
	}
	if (got == 0 && files == 0)
		host_incomplete(host, COVERAGE_ABSENT, "no baseline was given");
	return got;
}

const struct probe probe_baseline = {
    .about = "Findings that no waiver covered, of the earlier run that was given as the baseline",
    COLUMNS({"fingerprint", TEXT, "identity of the finding from run to run"},
	    {"rule", TEXT, "identifier of the rule"}, {"subject", TEXT, "subject of the finding"}),
    NEEDS({READ, "@baseline"}),
    .collect = collect,
};

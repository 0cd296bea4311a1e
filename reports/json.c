/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The report for programs: all that an audit knows, in the order in which the audit has it.
 * harden.schema.json beside this file describes it; a change that breaks a reader raises the
 * version.
 */
#include <jansson.h>

#include "lib/output.h"
#include "reports/report.h"
#include "rules/summary.h"

#define SCHEMA_VERSION "1"

static json_t *number(size_t value)
{
	return json_integer((json_int_t)value);
}

static json_t *fix_of(const struct finding *finding)
{
	json_t *fix;
	json_t *params;

	if (!finding->rule->fix)
		return json_null();
	params = output_checked(json_object());
	for (size_t i = 0; i < finding->fix_count; i++)
		output_set(params, finding->fix[i].name, output_string(finding->fix[i].value));
	fix = output_checked(json_object());
	output_set(fix, "name", output_string(finding->rule->fix));
	output_set(fix, "params", params);
	return fix;
}

static json_t *waiver_of(const struct finding *finding)
{
	json_t *waiver;

	if (!finding->waived_reason)
		return json_null();
	waiver = output_checked(json_object());
	output_set(waiver, "until", output_string(finding->waived_until));
	output_set(waiver, "reason", output_string(finding->waived_reason));
	return waiver;
}

static json_t *finding_json(const struct finding *finding)
{
	const struct rule *rule = finding->rule;
	json_t *object = output_checked(json_object());

	output_set(object, "rule", output_string(rule->id));
	output_set(object, "severity", output_string(severity_name(rule->severity)));
	output_set(object, "title", output_string(rule->title));
	output_set(object, "subject", output_string(finding->subject));
	output_set(object, "detail", output_string(finding->detail));
	output_set(object, "why", output_string(rule->why));
	output_set(object, "refs", output_list(rule->refs));
	output_set(object, "tags", output_list(rule->tags));
	output_set(object, "file", output_string(finding->file));
	output_set(object, "line", finding->line > 0 ? json_integer(finding->line) : json_null());
	output_set(object, "fingerprint", output_string(finding->fingerprint));
	output_set(object, "fix", fix_of(finding));
	output_set(object, "new", json_boolean(finding->is_new));
	output_set(object, "waived", waiver_of(finding));
	output_set(object, "waiver_expired", json_boolean(finding->is_waiver_expired));
	output_set(object, "fails_gate", json_boolean(finding->fails_gate));
	return object;
}

static json_t *findings_of(const struct audit *audit)
{
	json_t *array = output_checked(json_array());

	for (size_t i = 0; i < audit->finding_count; i++)
		output_add(array, finding_json(&audit->findings[i]));
	return array;
}

static json_t *verdicts_of(const struct audit *audit)
{
	json_t *array = output_checked(json_array());

	for (size_t i = 0; i < audit->verdict_count; i++) {
		const struct rule_verdict *verdict = &audit->verdicts[i];
		json_t *object = output_checked(json_object());

		output_set(object, "rule", output_string(verdict->rule->id));
		output_set(object, "verdict", output_string(verdict_name(verdict->verdict)));
		output_set(object, "incomplete", json_boolean(verdict->is_incomplete));
		output_set(object, "reason", output_string(verdict->reason));
		output_add(array, object);
	}
	return array;
}

static json_t *coverage_of(const struct audit *audit)
{
	json_t *array = output_checked(json_array());

	for (size_t i = 0; i < audit->coverage_count; i++) {
		const struct table_coverage *coverage = &audit->coverage[i];
		json_t *object = output_checked(json_object());

		output_set(object, "table", output_string(coverage->table));
		output_set(object, "status", output_string(coverage->status));
		output_set(object, "detail", output_string(coverage->detail));
		output_set(object, "ms", json_integer(coverage->ms));
		output_add(array, object);
	}
	return array;
}

static json_t *limits_of(const struct audit *audit)
{
	json_t *array = output_checked(json_array());

	for (const char *const *limit = audit->limits; limit && *limit; limit++)
		output_add(array, output_string(*limit));
	return array;
}

/* "new" and "gone" mean nothing without a baseline: null then. */
static json_t *summary_json(const struct audit *audit)
{
	struct summary sum = summary_of(audit);
	json_t *object = output_checked(json_object());

	for (int severity = SEVERITY_CRITICAL; severity >= SEVERITY_INFO; severity--)
		output_set(object, severity_name((enum severity)severity),
			   number(sum.by_severity[severity]));
	output_set(object, "waived", number(sum.waived));
	output_set(object, "waiver_expired", number(sum.expired));
	output_set(object, "fails_gate", number(sum.gate));
	output_set(object, "new", audit->has_baseline ? number(sum.added) : json_null());
	output_set(object, "gone", audit->has_baseline ? number(audit->gone_count) : json_null());
	output_set(object, "rules_passed", number(sum.by_verdict[VERDICT_PASS]));
	output_set(object, "rules_failed", number(sum.by_verdict[VERDICT_FAIL]));
	output_set(object, "rules_unknown", number(sum.by_verdict[VERDICT_UNKNOWN]));
	return object;
}

static int write_json(FILE *out, const struct audit *audit, const struct report_style *style,
		      struct err *err)
{
	char time[OUTPUT_TIME_SIZE];
	json_t *root = output_checked(json_object());
	int result;

	(void)style; /* a program's report looks the same everywhere */
	output_set(root, "version", output_string(SCHEMA_VERSION));
	output_set(root, "harden", output_string(audit->version));
	output_set(root, "host", output_string(audit->host));
	output_set(root, "started", output_string(output_time(audit->started, time)));
	output_set(root, "finished", output_string(output_time(audit->finished, time)));
	output_set(root, "outcome", output_string(summary_outcome(audit)));
	output_set(root, "exit", json_integer(audit->exit));
	output_set(root, "fail_on", output_string(audit->fail_on));
	output_set(root, "error", output_string(audit->error));
	output_set(root, "summary", summary_json(audit));
	output_set(root, "findings", findings_of(audit));
	output_set(root, "verdicts", verdicts_of(audit));
	output_set(root, "coverage", coverage_of(audit));
	output_set(root, "limits", limits_of(audit));
	result = output_json(out, root, err);
	json_decref(root);
	return result;
}

const struct report_format report_json = {
    .about = "all findings, verdicts and coverage, for programs",
    .write = write_json,
};

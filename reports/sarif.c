/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SARIF 2.1.0, for Jenkins' Warnings NG, GitHub code scanning, DefectDojo and GitLab. Each of them
 * reads a part of the format only, and some refuse a whole file for one odd result, so this keeps
 * to what all of them show well:
 *
 * - a result is a fault; a rule without verdict is a result of a rule of its own, HRD9001, since
 *   `kind: open` and notifications alone are shown by nobody;
 * - the severity stands in the rule, because a result's own is not read;
 * - each result has one location, with region and snippet: without it GitHub refuses the file;
 * - messages name the host and stay within 150 characters, where DefectDojo cuts; placeholders are
 *   quoted, as the SARIF Multitool wants it (SARIF2015).
 */
#include <string.h>

#include "lib/buf.h"
#include "lib/output.h"
#include "lib/own.h"
#include "lib/sarif.h"
#include "lib/uri.h"
#include "reports/report.h"
#include "rules/summary.h"

/* The standard wants absolute URLs; .example (RFC 2606) says that there is no such site. */
#define SITE "https://harden.example/"

#define MAX_TEXT (1U << 20) /* bytes of one text */
#define MAX_TITLE 200       /* characters */
#define MAX_DESCRIPTION 900 /* characters; GitHub keeps 1024, and the rule's id is put behind */

/* Results that no rule file found. Their numbers are shorter than any that hashes an id. */
static const struct rule inconclusive = {
    .id = "coverage/check-inconclusive",
    .severity = SEVERITY_MEDIUM,
    .title = "A check could not see all that it needs",
    .why = "There may be a fault where it could not look, so the audit has a gap. Run harden as "
	   "root, or grant what the message names, then run it again.",
};
static const struct rule broke_off = {
    .id = "coverage/audit-broke-off",
    .severity = SEVERITY_HIGH,
    .title = "The audit broke off",
    .why = "No statement about the host is made: faults that are not listed may still be there. "
	   "Mend what the message names, then run harden again.",
};

struct sarif {
	const struct audit *audit;
	const struct rule *rule; /* the last one of `rules` */
	char *number;            /* its name in SARIF */
	json_t *rules;
	json_t *taxa;
	json_t *results;
	json_t *notifications;
};

/* What becomes a result. */
struct entry {
	const struct rule *rule;
	const char *subject;
	const char *detail;
	const char *file;             /* NULL: none */
	int64_t line;                 /* 0: none */
	const struct finding *source; /* NULL: no rule file found it */
};

/* ---- rules ---- */

static char *number_of(const struct rule *rule)
{
	if (rule == &inconclusive)
		return xstrdup("HRD9001");
	if (rule == &broke_off)
		return xstrdup("HRD9002");
	return sarif_number(rule->id);
}

/* GitHub, GitLab and DefectDojo read the number, Jenkins the level; they must not disagree. */
static const char *level_of(const struct rule *rule)
{
	return rule->severity >= SEVERITY_HIGH     ? "error"
	       : rule->severity == SEVERITY_MEDIUM ? "warning"
						   : "note";
}

static const char *score_of(const struct rule *rule)
{
	static const char *const scores[] = {
	    [SEVERITY_INFO] = "0.0", [SEVERITY_LOW] = "2.5",      [SEVERITY_MEDIUM] = "5.5",
	    [SEVERITY_HIGH] = "8.0", [SEVERITY_CRITICAL] = "9.5",
	};

	return scores[rule->severity];
}

/* AREA of AREA/NAME. The caller frees. */
static char *area_of(const struct rule *rule)
{
	return xasprintf("%.*s", (int)strcspn(rule->id, "/"), rule->id);
}

static json_t *rule_properties(struct sarif *sarif, const struct rule *rule, json_t *relations)
{
	json_t *tags = output_checked(json_array());
	json_t *own = output_list(rule->tags);
	auto_free char *area = area_of(rule);

	sarif_add_tag(tags, "security");
	sarif_add_tag(tags, area);
	sarif_add_tag(tags, rule->id);
	sarif_add_weaknesses(rule->refs, sarif->taxa, tags, relations);
	for (size_t i = 0; i < json_array_size(own); i++)
		sarif_add_tag(tags, json_string_value(json_array_get(own, i)));
	json_decref(own);
	return output_checked(json_pack("{s:s, s:s, s:s, s:s, s:o}", "hardenRule", rule->id,
					"category", area, "precision", "very-high",
					"security-severity", score_of(rule), "tags", tags));
}

/* One short paragraph: Jenkins shows help raw, in bold, on one line. */
static json_t *rule_texts(const struct rule *rule, json_t *descriptor)
{
	auto_free char *title = sarif_sentence(rule->title, MAX_TITLE);
	auto_free char *why = sarif_sentence(rule->why, MAX_DESCRIPTION);
	auto_free char *brief = xasprintf("%s.", title);
	auto_free char *full = xasprintf("%s. Rule %s.", why, rule->id);
	auto_free char *help =
	    rule->fix ? xasprintf("%s Fix: harden --apply --dry-run shows the change (%s).", full,
				  rule->fix)
		      : xstrdup(full);

	output_set(descriptor, "shortDescription", json_pack("{s:s}", "text", brief));
	output_set(descriptor, "fullDescription", json_pack("{s:s}", "text", full));
	output_set(descriptor, "help", json_pack("{s:s, s:s}", "text", help, "markdown", help));
	output_set(descriptor, "messageStrings", sarif_message_strings(rule->title));
	return descriptor;
}

/* Results come rule by rule, so a rule other than the last one is not there yet. */
static void use_rule(struct sarif *sarif, const struct rule *rule)
{
	json_t *relations;
	json_t *descriptor;
	auto_free char *name = NULL;
	auto_buf struct buf url = {.ceiling = MAX_TEXT};

	if (sarif->rule == rule)
		return;
	own_free(&sarif->number);
	sarif->rule = rule;
	sarif->number = number_of(rule);
	name = sarif_name(rule->id);
	buf_text(&url, SITE "rules/");
	uri_encode(&url, rule->id);
	relations = output_checked(json_array());
	descriptor = output_checked(json_pack("{s:s, s:s, s:s, s:{s:s}}", "id", sarif->number,
					      "name", name, "helpUri", buf_string(&url),
					      "defaultConfiguration", "level", level_of(rule)));
	output_set(descriptor, "properties", rule_properties(sarif, rule, relations));
	output_set(descriptor, "relationships", relations);
	output_add(sarif->rules, rule_texts(rule, descriptor));
}

/* ---- results ---- */

/* An expired waiver is none: Jenkins and DefectDojo hide whatever has any suppression. */
static json_t *suppressions(const struct finding *finding)
{
	auto_free char *why = NULL;
	auto_free char *reason = NULL;

	if (!finding || !finding->waived_reason)
		return json_array();
	reason = sarif_sentence(finding->waived_reason, MAX_DESCRIPTION);
	why = xasprintf("%s (until %s).", reason,
			finding->waived_until ? finding->waived_until : "withdrawn");
	return json_pack("[{s:s, s:s, s:s}]", "kind", "external", "status", "accepted",
			 "justification", why);
}

static json_t *result_properties(const struct entry *entry)
{
	json_t *object = output_checked(json_object());

	output_set(object, "severity", output_string(severity_name(entry->rule->severity)));
	output_set(object, "rule", output_string(entry->rule->id));
	output_set(object, "subject", output_string(entry->subject));
	output_set(object, "detail", output_string(entry->detail));
	if (entry->source)
		output_set(object, "failsGate", json_boolean(entry->source->fails_gate));
	return object;
}

static void add_result(struct sarif *sarif, const struct entry *entry)
{
	json_t *result;
	auto_free char *area = area_of(entry->rule);
	auto_free char *path = xasprintf("%s/%s/%s", sarif->audit->host, area, entry->subject);

	use_rule(sarif, entry->rule);
	result =
	    output_checked(json_pack("{s:s, s:I, s:s, s:s}", "ruleId", sarif->number, "ruleIndex",
				     (json_int_t)json_array_size(sarif->rules) - 1, "kind", "fail",
				     "level", level_of(entry->rule)));
	output_set(
	    result, "message",
	    sarif_message(entry->rule->title, sarif->audit->host, entry->subject, entry->detail));
	output_set(
	    result, "locations",
	    json_pack("[{s:o, s:[{s:o, s:o}]}]", "physicalLocation",
		      sarif_location(entry->file, entry->line, area, entry->subject, entry->detail),
		      "logicalLocations", "name", output_string(entry->subject),
		      "fullyQualifiedName", output_string(path)));
	output_set(result, "partialFingerprints",
		   sarif_fingerprints(sarif->audit->host, entry->rule->id, entry->subject));
	output_set(result, "suppressions", suppressions(entry->source));
	if (sarif->audit->has_baseline)
		output_set(
		    result, "baselineState",
		    output_string(entry->source && !entry->source->is_new ? "unchanged" : "new"));
	output_set(result, "properties", result_properties(entry));
	output_add(sarif->results, result);
}

static const char *or_else(const char *text, const char *otherwise)
{
	return text && *text ? text : otherwise;
}

/* The descriptor is the same for all: what counts is the level and the message. */
static void add_notification(struct sarif *sarif, const char *level, const struct rule *rule,
			     const char *text)
{
	auto_free char *clean = sarif_sentence(text, MAX_DESCRIPTION);
	auto_free char *id = number_of(rule);
	auto_free char *sentence =
	    rule == &broke_off ? xasprintf("%s.", clean) : xasprintf("%s: %s.", rule->id, clean);

	output_add(sarif->notifications,
		   json_pack("{s:{s:s, s:i}, s:{s:s}, s:s, s:{s:s}}", "descriptor", "id", "HRD9101",
			     "index", 0, "associatedRule", "id", id, "level", level, "message",
			     "text", sentence));
}

static void add_results(struct sarif *sarif)
{
	const struct audit *audit = sarif->audit;

	if (audit->error) {
		add_result(sarif, &(struct entry){.rule = &broke_off,
						  .subject = "audit",
						  .detail = or_else(audit->error, "no reason")});
		add_notification(sarif, "error", &broke_off, audit->error);
	}
	for (size_t i = 0; i < audit->finding_count; i++) {
		const struct finding *at = &audit->findings[i];

		add_result(sarif, &(struct entry){.rule = at->rule,
						  .subject = at->subject,
						  .detail = or_else(at->detail, at->rule->title),
						  .file = at->shares_place ? NULL : at->file,
						  .line = at->line,
						  .source = at});
	}
	for (size_t i = 0; i < audit->verdict_count; i++) {
		const struct rule_verdict *at = &audit->verdicts[i];
		const char *reason = or_else(at->reason, "a part of what it reads was not seen");

		if (at->verdict != VERDICT_UNKNOWN && !at->is_incomplete)
			continue;
		add_result(sarif, &(struct entry){.rule = &inconclusive,
						  .subject = at->rule->id,
						  .detail = reason});
		add_notification(sarif, "warning", at->rule, reason);
	}
}

/* The rules without findings too: a file without results shall tell what was looked at. */
static void add_quiet_rules(struct sarif *sarif)
{
	for (size_t i = 0; i < sarif->audit->verdict_count; i++)
		if (sarif->audit->verdicts[i].verdict != VERDICT_FAIL)
			use_rule(sarif, sarif->audit->verdicts[i].rule);
	if (json_array_size(sarif->rules) == 0)
		use_rule(sarif, &inconclusive);
}

/* ---- the run ---- */

static json_t *driver(const struct sarif *sarif)
{
	json_t *object =
	    output_checked(json_pack("{s:s, s:o, s:o, s:s}", "name", "harden", "version",
				     output_string(sarif->audit->version), "semanticVersion",
				     output_string(sarif->audit->version), "informationUri", SITE));

	output_set(object, "rules", json_incref(sarif->rules));
	output_set(object, "notifications",
		   json_pack("[{s:s, s:s, s:{s:s}, s:{s:s}, s:{s:s}, s:s}]", "id", "HRD9101",
			     "name", "AuditIncomplete", "shortDescription", "text",
			     "Something was not looked at.", "fullDescription", "text",
			     "A part of the audit did not run to its end.", "help", "text",
			     "See the message.", "helpUri",
			     SITE "rules/coverage/audit-incomplete"));
	if (json_array_size(sarif->taxa) > 0)
		output_set(object, "supportedTaxonomies",
			   json_pack("[{s:s, s:i}]", "name", "CWE", "index", 0));
	return object;
}

static json_t *invocation(const struct sarif *sarif)
{
	static const char *const meanings[] = {
	    "complete, nothing fails the gate",   "the gate fails",        "no statement was made",
	    "incomplete, nothing fails the gate", "a fix was rolled back", "a rollback failed",
	};
	const struct audit *audit = sarif->audit;
	bool is_known = audit->exit >= 0 && audit->exit < (int)ARRAY_LEN(meanings);
	char start[OUTPUT_TIME_SIZE];
	char end[OUTPUT_TIME_SIZE];

	return json_pack("{s:b, s:i, s:s, s:s, s:s, s:o, s:O}", "executionSuccessful",
			 strcmp(summary_outcome(audit), "error") != 0, "exitCode", audit->exit,
			 "exitCodeDescription", is_known ? meanings[audit->exit] : "unknown",
			 "startTimeUtc", output_time(audit->started, start), "endTimeUtc",
			 output_time(audit->finished, end), "machine", output_string(audit->host),
			 "toolExecutionNotifications", sarif->notifications);
}

/* GitHub keeps one set of alerts for each category: what stands before the last slash. */
static char *automation_id(const struct audit *audit)
{
	char time[OUTPUT_TIME_SIZE];
	auto_free char *host = output_printable(audit->host);

	for (char *at = host; *at; at++)
		*at = (char)(*at == '/' ? '_' : *at);
	return xasprintf("harden/%s/%s", host, output_time(audit->started, time));
}

static json_t *run_json(struct sarif *sarif)
{
	auto_free char *id = automation_id(sarif->audit);
	json_t *run = output_checked(json_object());

	output_set(run, "tool", json_pack("{s:o}", "driver", driver(sarif)));
	if (json_array_size(sarif->taxa) > 0)
		output_set(run, "taxonomies",
			   json_pack("[{s:s, s:s, s:b, s:{s:s}, s:s, s:O}]", "name", "CWE",
				     "organization", "MITRE", "isComprehensive", 0,
				     "shortDescription", "text",
				     "The MITRE Common Weakness Enumeration.", "informationUri",
				     "https://cwe.mitre.org/", "taxa", sarif->taxa));
	output_set(run, "automationDetails", json_pack("{s:s}", "id", id));
	output_set(run, "invocations", json_pack("[o]", invocation(sarif)));
	output_set(run, "originalUriBaseIds",
		   json_pack("{s:{s:s, s:{s:s}}}", "HOSTROOT", "uri", "file:///", "description",
			     "text", "Root directory of the audited host."));
	output_set(run, "columnKind", json_string("unicodeCodePoints"));
	output_set(run, "results", json_incref(sarif->results));
	output_set(run, "properties",
		   json_pack("{s:o, s:s}", "host", output_string(sarif->audit->host), "outcome",
			     summary_outcome(sarif->audit)));
	return run;
}

static int write_sarif(FILE *out, const struct audit *audit, const struct report_style *style,
		       struct err *err)
{
	struct sarif sarif = {
	    .audit = audit,
	    .rules = output_checked(json_array()),
	    .taxa = output_checked(json_array()),
	    .results = output_checked(json_array()),
	    .notifications = output_checked(json_array()),
	};
	json_t *root;
	int result;

	(void)style; /* a program's report looks the same everywhere */
	add_results(&sarif);
	add_quiet_rules(&sarif);
	root = output_checked(json_pack("{s:s, s:s, s:[o]}", "$schema",
					"https://json.schemastore.org/sarif-2.1.0.json", "version",
					"2.1.0", "runs", run_json(&sarif)));
	result = output_json(out, root, err);
	json_decref(root);
	json_decref(sarif.rules);
	json_decref(sarif.taxa);
	json_decref(sarif.results);
	json_decref(sarif.notifications);
	own_free(&sarif.number);
	return result;
}

const struct report_format report_sarif = {
    .about = "SARIF 2.1.0, for Jenkins Warnings NG, GitHub, GitLab, DefectDojo",
    .write = write_sarif,
};

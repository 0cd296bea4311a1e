/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The report for people. The verdict is the first line and the last, since one of the two is on
 * the screen; the worst comes first; what could not be seen is said, never left out. In a pipe
 * nothing is wrapped or shortened, so that grep finds whole lines.
 */
#include <ctype.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/output.h"
#include "lib/own.h"
#include "lib/page.h"
#include "reports/report.h"
#include "rules/summary.h"

#define MAX_LINE (1U << 20)       /* bytes of one line */
#define FIELD 9                   /* columns in front of a field's text */
#define MAX_SUBJECTS_ON_SCREEN 20 /* of one rule; when there are more, a terminal is shown … */
#define FEW_SUBJECTS 10           /* … only this many */
#define WAIVER_SECONDS ((int64_t)30 * 86400)

struct text {
	struct page page;
	const struct audit *audit;
	const struct report_style *style;
};

static void put_field(const struct text *text, const char *name, const char *value)
{
	auto_free char *label = xasprintf("  %-6s ", name);

	page_put(&text->page, NULL, label, FIELD, value);
}

static void put_heading(const struct text *text, const char *color, const char *word,
			const char *title)
{
	auto_free char *label = xasprintf("%s  ", word);

	if (!text->style->quiet)
		(void)fputc('\n', text->page.out);
	page_put(&text->page, color, label, (unsigned)strlen(label), title);
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static const char *severity_color(enum severity severity)
{
	static const char *const colors[] = {
	    [SEVERITY_INFO] = "2",  [SEVERITY_LOW] = "36",        [SEVERITY_MEDIUM] = "33",
	    [SEVERITY_HIGH] = "31", [SEVERITY_CRITICAL] = "1;31",
	};

	return colors[severity];
}

/* In capitals, so that the word stands out without colour. The caller frees. */
static char *severity_word(enum severity severity)
{
	char *word = xstrdup(severity_name(severity));

	for (char *at = word; *at; at++)
		*at = (char)toupper((unsigned char)*at);
	return word;
}

/* ---- the verdict ---- */

static void put_verdict(const struct text *text)
{
	static const struct {
		const char *outcome;
		const char *label;
		const char *color;
	} words[] = {
	    {"pass", "harden: PASS", "1;32"},
	    {"fail", "harden: FAIL", "1;31"},
	    {"incomplete", "harden: INCOMPLETE", "1;33"},
	    {"error", "harden: ERROR", "1;31"},
	};
	const struct audit *audit = text->audit;
	struct page whole = text->page;
	auto_buf struct buf line = {.ceiling = MAX_LINE};

	whole.columns = 0; /* head -n 1 and tail -n 1 shall give all of it */
	buf_printf(&line, " %s: ", audit->host);
	summary_text(audit, &line);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i].outcome, summary_outcome(audit)) == 0)
			page_put(&whole, words[i].color, words[i].label, 0, buf_string(&line));
}

/* ---- findings ---- */

/* For the policy file: between single quotes, YAML knows no escape but the doubled quote. */
static void add_quoted(struct buf *out, const char *value)
{
	buf_text(out, "'");
	for (const char *at = value; *at; at++) {
		buf_put(out, at, 1);
		if (*at == '\'')
			buf_text(out, "'");
	}
	buf_text(out, "'");
}

static void put_waive(const struct text *text, const struct finding *finding)
{
	char until[OUTPUT_TIME_SIZE];
	auto_buf struct buf line = {.ceiling = MAX_LINE};

	buf_printf(&line, "- { rule: %s, subject: ", finding->rule->id);
	add_quoted(&line, finding->subject);
	buf_printf(&line, ", until: %.10s, reason: 'WHY, TICKET' }",
		   output_time(text->audit->finished + WAIVER_SECONDS, until));
	page_put(&text->page, NULL, "  waive  ", FIELD + 4, buf_string(&line));
}

static void put_where(const struct text *text, const struct finding *finding)
{
	auto_free char *place = NULL;
	auto_buf struct buf line = {.ceiling = MAX_LINE};

	buf_text(&line, finding->subject);
	if (finding->file && finding->line > 0)
		place = xasprintf("%s:%lld", finding->file, (long long)finding->line);
	else if (finding->file)
		place = xstrdup(finding->file);
	if (place && !strstr(finding->subject, place))
		buf_printf(&line, " (in %s)", place);
	if (text->audit->has_baseline && finding->is_new)
		buf_text(&line, " (new)");
	if (finding->is_waiver_expired)
		buf_text(&line, " (its waiver has expired)");
	put_field(text, "where", buf_string(&line));
	if (finding->detail && *finding->detail)
		put_field(text, "what", finding->detail);
}

/* What is the same for all findings of the rule: why, and what to do. */
static void put_advice(const struct text *text, const struct finding *example)
{
	const struct rule *rule = example->rule;
	auto_free char *fix =
	    xasprintf("harden --apply --dry-run shows the change (%s)", or_empty(rule->fix));

	put_field(text, "why", rule->why);
	if (rule->fix)
		put_field(text, "fix", fix);
	put_waive(text, example);
	if (text->style->verbose > 0 && rule->refs)
		put_field(text, "refs", rule->refs);
}

/* The findings of one rule, from `first` to before `end`; `count` of them are not waived. */
static void put_rule(const struct text *text, const struct finding *first,
		     const struct finding *end, size_t count)
{
	const struct rule *rule = first->rule;
	bool is_cut =
	    text->style->columns > 0 && text->style->verbose == 0 && count > MAX_SUBJECTS_ON_SCREEN;
	size_t left = is_cut ? FEW_SUBJECTS : count;
	const struct finding *example = NULL;
	auto_free char *word = severity_word(rule->severity);
	auto_free char *title = count > 1 ? xasprintf("%s  %s (%zu)", rule->id, rule->title, count)
					  : xasprintf("%s  %s", rule->id, rule->title);

	put_heading(text, severity_color(rule->severity), word, title);
	for (const struct finding *at = first; at < end && left > 0; at++) {
		if (at->waived_reason)
			continue;
		example = example ? example : at;
		put_where(text, at);
		left--;
	}
	if (is_cut) {
		auto_free char *more =
		    xasprintf("and %zu more; -v shows all", count - FEW_SUBJECTS);

		put_field(text, "", more);
	}
	if (example)
		put_advice(text, example);
}

static void put_findings(const struct text *text)
{
	const struct finding *at = text->audit->findings;
	const struct finding *end = at + text->audit->finding_count;

	while (at < end) {
		const struct finding *first = at;
		size_t count = 0;

		for (; at < end && at->rule == first->rule; at++)
			count += at->waived_reason ? 0 : 1;
		if (count > 0)
			put_rule(text, first, at, count);
	}
}

/* -q: a line for each. */
static void put_finding_lines(const struct text *text)
{
	for (size_t i = 0; i < text->audit->finding_count; i++) {
		const struct finding *at = &text->audit->findings[i];
		auto_free char *word = severity_word(at->rule->severity);
		auto_free char *line =
		    xasprintf("%s  %s: %s", at->rule->id, at->subject,
			      at->detail && *at->detail ? at->detail : at->rule->title);

		if (!at->waived_reason)
			put_heading(text, severity_color(at->rule->severity), word, line);
	}
}

/* ---- what was not seen, and the rest ---- */

/* Why a rule did not see all that it needs; NULL: it did. */
static const char *cause_of(const struct rule_verdict *verdict)
{
	if (verdict->verdict != VERDICT_UNKNOWN && !verdict->is_incomplete)
		return NULL;
	if (verdict->reason)
		return verdict->reason;
	return "a part of what they read was not seen";
}

/* One cause (no permission, say) stops many rules: they stand together. */
static void put_cause(const struct text *text, size_t index)
{
	const struct rule_verdict *verdicts = text->audit->verdicts;
	const char *cause = cause_of(&verdicts[index]);
	auto_buf struct buf ids = {.ceiling = MAX_LINE};

	for (size_t i = 0; cause && i < text->audit->verdict_count; i++) {
		const char *other = cause_of(&verdicts[i]);

		if (!other || strcmp(other, cause) != 0)
			continue;
		if (i < index)
			return; /* was already said */
		buf_printf(&ids, "%s%s", ids.len ? ", " : "", verdicts[i].rule->id);
	}
	if (!cause)
		return;
	put_field(text, "cause", cause);
	put_field(text, "rules", buf_string(&ids));
}

static void put_incomplete(const struct text *text, const struct summary *sum)
{
	if (sum->by_verdict[VERDICT_UNKNOWN] + sum->partial == 0)
		return;
	put_heading(text, "33", "INCOMPLETE",
		    "these rules did not see all that they need: no pass, and there may be more");
	for (size_t i = 0; i < text->audit->verdict_count; i++)
		put_cause(text, i);
}

/* What is missing is told where it counts: with the rules that it leaves without verdict. */
static void put_coverage(const struct text *text)
{
	if (text->style->verbose == 0 || text->audit->coverage_count == 0)
		return;
	put_heading(text, NULL, "COVERAGE", "what was looked at");
	for (size_t i = 0; i < text->audit->coverage_count; i++) {
		const struct table_coverage *at = &text->audit->coverage[i];
		auto_free char *line = xasprintf("%s  %s%s%s", at->table, at->status,
						 at->detail ? ": " : "", or_empty(at->detail));

		page_put(&text->page, NULL, "  ", 4, line);
	}
}

static void put_waived(const struct text *text, size_t count)
{
	auto_free char *title =
	    xasprintf("%zu finding%s accepted by the policy file", count, plural(count));

	if (count == 0)
		return;
	put_heading(text, NULL, "WAIVED", title);
	for (size_t i = 0; i < text->audit->finding_count; i++) {
		const struct finding *at = &text->audit->findings[i];
		auto_free char *line = NULL;

		if (!at->waived_reason)
			continue;
		line = xasprintf("%s  %s  until %s: %s", at->rule->id, at->subject,
				 at->waived_until ? at->waived_until : "ever", at->waived_reason);
		page_put(&text->page, NULL, "  ", 4, line);
	}
}

static void put_limits(const struct text *text)
{
	if (text->audit->limits && *text->audit->limits)
		put_heading(text, NULL, "LIMITS", "what this version does not see");
	for (const char *const *limit = text->audit->limits; limit && *limit; limit++)
		page_put(&text->page, NULL, "  - ", 4, *limit);
}

static void put_passes(const struct text *text, size_t count)
{
	bool is_verbose = text->style->verbose > 0;
	auto_free char *title = xasprintf("%zu rule%s%s", count, plural(count),
					  count && !is_verbose ? " (-v lists them)" : "");

	put_heading(text, NULL, "PASSED", title);
	for (size_t i = 0; i < text->audit->verdict_count && is_verbose; i++)
		if (text->audit->verdicts[i].verdict == VERDICT_PASS)
			page_put(&text->page, NULL, "  ", 4, text->audit->verdicts[i].rule->id);
}

/* What to do now, in the order in which one would. */
static void put_next(const struct text *text, const struct summary *sum)
{
	const struct audit *audit = text->audit;
	bool is_denied = false;

	for (size_t i = 0; i < audit->coverage_count; i++)
		is_denied |= strcmp(audit->coverage[i].status, "denied") == 0;
	if (is_denied || sum->open > 0)
		put_heading(text, "1", "NEXT", "what to do");
	if (is_denied)
		page_put(&text->page, NULL, "  - ", 4,
			 "Run harden as root and outside of any container: what was denied can be "
			 "seen then.");
	if (sum->open > 0)
		page_put(&text->page, NULL, "  - ", 4,
			 "To accept a finding for now, put its waive line below waive: in the "
			 "policy file, one line for each subject.");
	(void)fputc('\n', text->page.out);
}

static int write_text(FILE *out, const struct audit *audit, const struct report_style *style,
		      struct err *err)
{
	const struct text text = {
	    .page = {out, style->color, style->is_utf8, style->quiet ? 0 : style->columns},
	    .audit = audit,
	    .style = style,
	};
	struct summary sum = summary_of(audit);

	put_verdict(&text);
	if (audit->error) /* said, and there is nothing to put between */
		return output_finish(out, err);
	if (style->quiet) {
		put_finding_lines(&text);
	} else {
		put_findings(&text);
		put_incomplete(&text, &sum);
		put_coverage(&text);
		put_waived(&text, sum.waived);
		put_limits(&text);
		put_passes(&text, sum.by_verdict[VERDICT_PASS]);
		put_next(&text, &sum);
	}
	put_verdict(&text);
	return output_finish(out, err);
}

const struct report_format report_text = {
    .about = "for people: the verdict, what to do, what was not seen",
    .write = write_text,
};

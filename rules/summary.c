/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counts of an audit: see summary.h. */
#include "rules/summary.h"

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

struct summary summary_of(const struct audit *audit)
{
	struct summary sum = {0};

	for (size_t i = 0; i < audit->finding_count; i++) {
		const struct finding *finding = &audit->findings[i];

		sum.gate += finding->fails_gate ? 1 : 0;
		if (finding->waived_reason) {
			sum.waived++;
			continue;
		}
		sum.open++;
		sum.by_severity[finding->rule->severity]++;
		sum.expired += finding->is_waiver_expired ? 1 : 0;
		sum.added += audit->has_baseline && finding->is_new ? 1 : 0;
	}
	for (size_t i = 0; i < audit->verdict_count; i++) {
		const struct rule_verdict *at = &audit->verdicts[i];

		sum.by_verdict[at->verdict]++;
		sum.partial += at->is_incomplete && at->verdict != VERDICT_UNKNOWN ? 1 : 0;
	}
	return sum;
}

static void add_counts(const struct audit *audit, const struct summary *sum, struct buf *line)
{
	size_t unknown = sum->by_verdict[VERDICT_UNKNOWN];
	const char *before = "";

	for (int severity = SEVERITY_CRITICAL; severity >= SEVERITY_INFO; severity--) {
		if (sum->by_severity[severity] == 0)
			continue;
		buf_printf(line, "%s%zu %s", before, sum->by_severity[severity],
			   severity_name((enum severity)severity));
		before = ", ";
	}
	if (sum->open == 0)
		buf_text(line, "no findings");
	if (sum->gate > 0)
		buf_printf(line, "; %zu fail%s the gate", sum->gate, sum->gate == 1 ? "s" : "");
	if (unknown > 0)
		buf_printf(line, "; %zu rule%s without verdict", unknown, plural(unknown));
	if (sum->partial > 0)
		buf_printf(line, "; %zu rule%s saw only a part", sum->partial,
			   plural(sum->partial));
	if (sum->waived > 0)
		buf_printf(line, "; %zu waived", sum->waived);
	if (audit->has_baseline)
		buf_printf(line, "; %zu new, %zu gone since the baseline", sum->added,
			   audit->gone_count);
}

void summary_text(const struct audit *audit, struct buf *out)
{
	struct summary sum = summary_of(audit);

	if (audit->error)
		buf_printf(out, "no statement is made: %s", audit->error);
	else
		add_counts(audit, &sum, out);
	buf_printf(out, "; exit %d", audit->exit);
}

const char *summary_outcome(const struct audit *audit)
{
	if (audit->error || audit->exit == 2)
		return "error";
	if (audit->exit == 0)
		return "pass";
	return audit->exit == 3 ? "incomplete" : "fail";
}

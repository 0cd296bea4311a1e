/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `harden rules [ID]`: the rules as text. */
#include <string.h>

#include "rules/stage.h"

static void print_list(FILE *out, const struct rule_set *set)
{
	int width = 0;

	for (size_t i = 0; i < set->count; i++) {
		int len = (int)strlen(set->rules[i]->id);

		width = len > width ? len : width;
	}
	for (size_t i = 0; i < set->count; i++)
		(void)fprintf(out, "%-*s  %-8s  %s\n", width, set->rules[i]->id,
			      severity_name(set->rules[i]->severity), set->rules[i]->title);
}

static void print_field(FILE *out, const char *name, const char *value)
{
	if (value)
		(void)fprintf(out, "%-10s%s\n", name, value);
}

static void print_rule(FILE *out, const struct rule *rule)
{
	const char *sql = rule->sql + strspn(rule->sql, "\n");
	size_t len = strlen(sql);

	print_field(out, "rule:", rule->id);
	print_field(out, "title:", rule->title);
	print_field(out, "severity:", severity_name(rule->severity));
	print_field(out, "why:", rule->why);
	print_field(out, "fix:", rule->fix);
	print_field(out, "refs:", rule->refs);
	print_field(out, "tags:", rule->tags);
	if (rule->tables) {
		(void)fprintf(out, "%-10s", "reads:");
		for (const char *const *table = rule->tables; *table; table++)
			(void)fprintf(out, "%s%s", table == rule->tables ? "" : ", ", *table);
		(void)fputc('\n', out);
	}
	print_field(out, "file:", rule->origin);
	(void)fprintf(out, "\n%s%s", sql, len > 0 && sql[len - 1] == '\n' ? "" : "\n");
}

int rules_print(FILE *out, const struct rule_set *set, const char *id, struct err *err)
{
	const struct rule *rule;

	if (!id) {
		print_list(out, set);
		return 0;
	}
	rule = rules_find(set, id);
	if (!rule)
		return err_set(err, "no rule \"%.128s\"; `harden rules` lists them", id);
	print_rule(out, rule); /* the caller asks ferror() once, when all is written */
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the owner said in the policy file: waivers, and settings. What names a rule or a setting
 * that does not exist is an error: it would look like an exception that holds, and holds nothing.
 */
#include <string.h>

#include "rules/stage.h"

#define WAIVERS_MAX 10000U

/* YYYY-MM-DD, so that days compare as texts do. */
static bool is_day(const char *text)
{
	static const char shape[] = "0000-00-00";

	for (size_t i = 0; i < sizeof(shape); i++) {
		bool is_digit = text[i] >= '0' && text[i] <= '9';

		if (shape[i] == '0' ? !is_digit : text[i] != shape[i])
			return false;
	}
	return true;
}

/* Columns of the policy's tables, in the order of each query: what it says, then where. */
static const char *place_of(sqlite3_stmt *query, int file, struct arena *arena)
{
	const char *name = stmt_text(query, file, arena);

	return arena_printf(arena, "%s:%lld", name ? name : "policy",
			    (long long)sqlite3_column_int64(query, file + 1));
}

static int check_waiver(const struct rule_set *set, const struct waiver *waiver, const char *place,
			struct err *err)
{
	if (!waiver->rule || !waiver->subject || !waiver->until)
		return err_set(err, "%s: a waiver needs rule, subject and until", place);
	if (!rules_find(set, waiver->rule))
		return err_set(err, "%s: waiver of rule \"%.128s\", which does not exist", place,
			       waiver->rule);
	if (!is_day(waiver->until))
		return err_set(err, "%s: waiver until \"%.32s\": not YYYY-MM-DD", place,
			       waiver->until);
	return 0;
}

/*
 * A report shows the backslash of a fact twice, since it stands for hidden bytes too, and the
 * subject in the policy is copied from there. As a fact it has been doubled once more.
 */
static const char *as_reported(struct arena *arena, const char *subject)
{
	char *text = subject ? arena_text(arena, span_of(subject)) : NULL;
	char *to = text;

	for (const char *at = text; at && *at; at++) {
		if (at[0] == '\\' && at[1] == '\\')
			at++;
		*to++ = *at;
	}
	if (to)
		*to = '\0';
	return text;
}

int waivers_load(const struct rule_set *set, struct store *store, struct arena *arena,
		 struct waivers *out, struct err *err)
{
	auto_stmt sqlite3_stmt *query = NULL;
	int more;

	*out = (struct waivers){.list = arena_alloc(arena, WAIVERS_MAX, sizeof(*out->list))};
	if (stmt_prepare(store,
			 "SELECT rule, subject, until, reason, file, line, today() FROM waivers",
			 &query, err) < 0)
		return -1;
	while ((more = stmt_step(query, err)) > 0) {
		struct waiver *waiver = &out->list[out->count];

		if (out->count == WAIVERS_MAX)
			return err_set(err, "more than %u waivers", WAIVERS_MAX);
		waiver->rule = stmt_text(query, 0, arena);
		waiver->subject = as_reported(arena, stmt_text(query, 1, arena));
		waiver->until = stmt_text(query, 2, arena);
		waiver->reason = stmt_text(query, 3, arena);
		if (check_waiver(set, waiver, place_of(query, 4, arena), err) < 0)
			return -1;
		out->today = stmt_text(query, 6, arena);
		out->count++;
	}
	return more;
}

/* `pattern` may hold *, any run of characters; brackets are literal, for "[::]:80/tcp" has them. */
static bool matches(const char *pattern, const char *subject)
{
	const char *star = NULL;
	const char *resume = NULL;

	for (;;) {
		if (*pattern == '*') {
			star = ++pattern;
			resume = subject;
		} else if (*subject == '\0') {
			return *pattern == '\0';
		} else if (*pattern == *subject) {
			pattern++;
			subject++;
		} else if (star && *resume) {
			pattern = star;
			subject = ++resume;
		} else {
			return false;
		}
	}
}

void waivers_apply(const struct waivers *waivers, struct finding *finding)
{
	for (size_t i = 0; i < waivers->count; i++) {
		const struct waiver *waiver = &waivers->list[i];

		if (strcmp(waiver->rule, finding->rule->id) != 0 ||
		    !matches(waiver->subject, finding->subject))
			continue;
		if (strcmp(waiver->until, waivers->today) < 0) {
			finding->is_waiver_expired = true;
		} else if (!finding->waived_until ||
			   strcmp(finding->waived_until, waiver->until) < 0) {
			finding->waived_until = waiver->until;
			finding->waived_reason = waiver->reason ? waiver->reason : "";
		}
	}
	if (finding->waived_until)
		finding->is_waiver_expired = false;
}

/* True when the SQL holds setting('KEY'. */
static bool calls_setting(const char *sql, const char *key)
{
	size_t len = strlen(key);

	while ((sql = strstr(sql, "setting("))) {
		sql += strlen("setting(");
		sql += strspn(sql, " \t\n");
		if (sql[0] == '\'' && strncmp(sql + 1, key, len) == 0 && sql[1 + len] == '\'')
			return true;
	}
	return false;
}

static bool is_setting(const struct rule_set *set, const char *key)
{
	if (calls_setting(vocabulary_sql, key))
		return true;
	for (size_t i = 0; i < set->count; i++) {
		if (calls_setting(set->rules[i]->sql, key))
			return true;
	}
	return false;
}

int settings_check(const struct rule_set *set, struct store *store, struct arena *arena,
		   struct err *err)
{
	auto_stmt sqlite3_stmt *query = NULL;
	int more;

	if (stmt_prepare(store, "SELECT key, file, line FROM settings", &query, err) < 0)
		return -1;
	while ((more = stmt_step(query, err)) > 0) {
		const char *key = stmt_text(query, 0, arena);

		if (!key || !is_setting(set, key))
			return err_set(err, "%s: setting \"%.64s\": no rule reads it",
				       place_of(query, 1, arena), key ? key : "");
	}
	return more;
}

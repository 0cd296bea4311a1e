/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The findings of an earlier audit: which of today's are new, and which of them are gone. */
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "rules/stage.h"

#define BASELINE_MAX 1000000U

struct known {
	const char *fingerprint;
	const char *rule; /* NULL: the baseline does not say */
	bool is_found;
};

void fingerprint_set(struct finding *finding)
{
	unsigned char hash[EVP_MAX_MD_SIZE];
	auto_buf struct buf text;

	buf_init(&text, (size_t)1 << 30);
	buf_text(&text, finding->rule->id);
	buf_put(&text, "", 1);
	buf_text(&text, finding->subject);
	if (EVP_Digest(text.data, text.len, hash, NULL, EVP_sha256(), NULL) != 1)
		die("SHA-256 is not available");
	for (size_t i = 0; i < (FINGERPRINT_SIZE - 1) / 2; i++)
		(void)snprintf(finding->fingerprint + 2 * i, 3, "%02x", hash[i]);
}

static int load(struct store *store, struct arena *arena, struct known **list, size_t *count,
		struct err *err)
{
	auto_stmt sqlite3_stmt *query = NULL;
	sqlite3_int64 rows = 0;
	int more;

	if (stmt_prepare(store,
			 "SELECT fingerprint, rule, count(*) OVER () FROM baseline"
			 " WHERE fingerprint IS NOT NULL GROUP BY fingerprint ORDER BY fingerprint",
			 &query, err) < 0)
		return -1;
	while ((more = stmt_step(query, err)) > 0) {
		if (rows == 0) {
			rows = sqlite3_column_int64(query, 2);
			if (rows > BASELINE_MAX)
				return err_set(err, "baseline: more than %u findings",
					       BASELINE_MAX);
			*list = arena_alloc(arena, (size_t)rows, sizeof(**list));
		}
		(*list)[*count].fingerprint = stmt_text(query, 0, arena);
		(*list)[*count].rule = stmt_text(query, 1, arena);
		++*count;
	}
	return more;
}

static int by_fingerprint(const void *a, const void *b)
{
	const struct known *first = a;
	const struct known *second = b;

	return strcmp(first->fingerprint, second->fingerprint);
}

/*
 * Is a finding of that rule, which is not there, really gone? Not when the rule was left out, is
 * unknown by now, or could not see all: then nobody has looked.
 */
static bool was_judged(const struct audit *audit, const char *rule)
{
	for (size_t i = 0; i < audit->verdict_count; i++) {
		if (rule && strcmp(audit->verdicts[i].rule->id, rule) == 0)
			return !audit->verdicts[i].is_incomplete;
	}
	return !rule;
}

int baseline_apply(struct store *store, struct arena *arena, struct finding *findings,
		   struct audit *out, struct err *err)
{
	struct known *list = NULL;
	size_t count = 0;

	if (load(store, arena, &list, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < out->finding_count; i++) {
		struct known key = {.fingerprint = findings[i].fingerprint};
		struct known *found =
		    count > 0 ? bsearch(&key, list, count, sizeof(*list), by_fingerprint) : NULL;

		findings[i].is_new = !found;
		if (found)
			found->is_found = true;
	}
	out->gone_count = 0;
	for (size_t i = 0; i < count; i++)
		out->gone_count += !list[i].is_found && was_judged(out, list[i].rule);
	return 0;
}

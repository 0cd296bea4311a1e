/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this stage share; the other stages see judge.h. */
#ifndef RULES_STAGE_H
#define RULES_STAGE_H

#include "lib/buf.h"
#include "lib/inet.h"
#include "rules/judge.h"

/* rule.c: reads a rule file; the rule lives in the arena. Errors begin with "rule ORIGIN". */
int rule_read(struct arena *arena, const char *id, const char *origin, struct span text,
	      struct rule **out, struct err *err) MUST_CHECK;

/* keep.c: a view of vocabulary.sql that is a table, empty until the facts are all there. */
#define KEPT_MAX 64U
struct kept {
	const char *name;
	const char *body;          /* the view's SELECT */
	const char *const *tables; /* base tables that it reads; ends with NULL */
	uint64_t kept;             /* of those before it, which ones it reads: a bit each */
};
struct kept_views {
	struct kept views[KEPT_MAX]; /* each after those that it reads */
	unsigned count;
};

/* reads.c: the store's tables, views and b-trees, so that names and programs can be understood. */
#define SCHEMA_MAX 512U
struct schema_page {
	int database; /* SQLite's number: 0 is main, 1 temp */
	int64_t root;
	const char *table;
};
struct schema {
	const struct kept_views *kept;
	const char *tables[SCHEMA_MAX];
	unsigned table_count;
	const char *views[SCHEMA_MAX];
	unsigned view_count;
	struct schema_page pages[SCHEMA_MAX];
	unsigned page_count;
};
int schema_load(struct store *store, struct arena *arena, const struct kept_views *kept,
		struct schema *out, struct err *err) MUST_CHECK;
/* Adds the b-trees of a database: 0 is main, 1 temp. */
int schema_add_pages(struct store *store, struct arena *arena, int database, struct schema *out,
		     struct err *err) MUST_CHECK;
/* The schema's own spelling of a name of its list, or NULL. */
const char *schema_find(const char *const *list, unsigned count, const char *name);

/* The kept view of that name, or NULL. */
const struct kept *schema_find_kept(const struct schema *schema, const char *name);

/* The base tables that a statement reads, each once. */
struct reads {
	const char *tables[RULE_MAX_TABLES]; /* the schema's */
	unsigned count;
	uint64_t kept; /* through which kept views, too */
};
/* Of a kept view, what it reads. -1: too many. */
int reads_add(struct reads *reads, const struct schema *schema, const char *table) MUST_CHECK;
/* Adds what the program of a SELECT opens, and sorts. */
int reads_complete(struct reads *reads, struct store *store, const struct schema *schema,
		   const char *select, struct err *err) MUST_CHECK;
/* The names, with NULL behind. */
const char *const *reads_list(const struct reads *reads, struct arena *arena);

/* prepare.c: a rule's statement. */
/*
 * Compiles the rule's SELECT with nothing allowed but to read facts; the same goes for what SQLite
 * compiles while the statement runs, until rule_release(). The caller sets the first three.
 */
struct compiled {
	struct store *store;
	struct arena *arena; /* of the texts */
	const struct schema *schema;
	struct reads reads;
	const char *refused; /* what the authorizer said no to; NULL: nothing */
	sqlite3_stmt *query;
};
int rule_compile(struct compiled *compiled, const struct rule *rule, struct err *err) MUST_CHECK;
/* Which tables a SELECT of our own reads; the rest as above, but for `query`. */
int reads_find(struct compiled *compiled, const char *select, struct err *err) MUST_CHECK;
void rule_release(struct compiled *compiled);
#define auto_compiled __attribute__((cleanup(rule_release)))

void stmt_finalize(sqlite3_stmt **statement);
#define auto_stmt __attribute__((cleanup(stmt_finalize)))
int stmt_prepare(struct store *store, const char *sql, sqlite3_stmt **out,
		 struct err *err) MUST_CHECK;
/* 1: a row; 0: the end; -1: an error. */
int stmt_step(sqlite3_stmt *statement, struct err *err) MUST_CHECK;
/*
 * A column's text as a copy that is safe to show, or NULL. Our probes have escaped theirs; a file
 * that --facts names need not have.
 */
const char *stmt_text(sqlite3_stmt *statement, int column, struct arena *arena);

/* functions.c */
int functions_register(struct store *store, const char *today, struct err *err) MUST_CHECK;

/* cover.c: a rectangle of ports and addresses. */
struct cover_area {
	uint32_t port_first;
	uint32_t port_last;
	struct inet_range source;
};
#define COVER_MAX_PIECES 4096U /* what is left over, while it is computed */

/*
 * Takes the `count` allowed areas (which it sorts, so that their order does not matter) from the
 * wanted one. 0: nothing is left. 1: *first is the first piece left, by port, then by address.
 * -1: more pieces than COVER_MAX_PIECES.
 */
int cover_subtract(const struct cover_area *wanted, struct cover_area *allowed, size_t count,
		   struct cover_area *first);
/* The areas of a JSON text [[first, last, "CIDR"], …]; the caller frees *out. */
int cover_parse(struct span json, struct cover_area **out, size_t *count,
		struct err *err) MUST_CHECK;
/* "80-85 from 10.128.0.0/9", or FIRST-LAST for addresses that are no prefix. */
#define COVER_TEXT_SIZE 160
char *cover_text(const struct cover_area *area, char *text);

/*
 * source_lists.c: lists of sources as the table reachability has them: prefixes, addresses and
 * FIRST-LAST with commas between. Of the second list only the family of the first counts; the first
 * one has but one, or it is an error.
 */
int source_lists_minus(struct span a, struct span b, struct buf *out, struct err *err) MUST_CHECK;
int source_lists_common(struct span a, struct span b, struct buf *out, struct err *err) MUST_CHECK;
/* 1: some are addresses of the internet; 0: none. */
int source_list_is_public(struct span list, struct err *err) MUST_CHECK;
/* For a sentence: "anywhere", "10.0.0.0/8, 192.0.2.1 and 4 more", "nobody". */
int source_list_words(struct span list, struct buf *out, struct err *err) MUST_CHECK;

/* coverage.c: how tables were collected. */
int coverage_load(struct store *store, struct arena *arena, struct audit *out,
		  struct err *err) MUST_CHECK;
/* NULL when all tables that the rule reads are complete or absent, else which are not. */
const char *coverage_reason(const struct audit *audit, const struct rule *rule,
			    struct arena *arena);

/* waive.c: what the owner has said about findings. */
struct waiver {
	const char *rule;
	const char *subject;
	const char *until;
	const char *reason;
};
struct waivers {
	struct waiver *list; /* the arena's */
	size_t count;
	const char *today;
};
int waivers_load(const struct rule_set *set, struct store *store, struct arena *arena,
		 struct waivers *out, struct err *err) MUST_CHECK;
void waivers_apply(const struct waivers *waivers, struct finding *finding);
/* Each setting must be one that a rule reads. */
int settings_check(const struct rule_set *set, struct store *store, struct arena *arena,
		   struct err *err) MUST_CHECK;

/* keep.c: makes empty tables of the views that vocabulary.sql marks, once for each store. */
int views_keep(struct kept_views *kept, struct store *store, struct arena *arena,
	       struct schema *schema, struct err *err) MUST_CHECK;
/* Fills those that selected rules read. */
int views_fill(const struct rule_set *set, struct store *store, struct err *err) MUST_CHECK;

/* places.c: sets shares_place, and leaves the findings in an order of its own. */
void places_mark(struct finding *findings, size_t count);

/* baseline.c: marks what is new, and counts what is gone. */
int baseline_apply(struct store *store, struct arena *arena, struct finding *findings,
		   struct audit *out, struct err *err) MUST_CHECK;
/* The first 128 bits of SHA-256 over the rule's id, NUL and the subject. */
void fingerprint_set(struct finding *finding);

#endif

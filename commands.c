/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands beside audit: see commands.h. */
#include "commands.h"

#include <fcntl.h>
#include <jansson.h>
#include <string.h>

#include "audit/facts.h"
#include "audit/input.h"
#include "audit/record.h"
#include "lib/output.h"
#include "lib/own.h"

static int fail(const struct err *err)
{
	complain(err);
	return EXIT_USAGE;
}

static int finish_stdout(int status)
{
	struct err err;

	if (output_finish(stdout, &err) < 0)
		return fail(&err);
	return status;
}

/* ---- tables ---- */

static void print_table(const struct probe_entry *entry)
{
	const struct probe *probe = entry->probe;

	(void)printf("%s: %s\n\n", entry->name, probe->about);
	for (unsigned i = 0; i < probe->column_count; i++)
		(void)printf("  %-16s %-8s %s\n", probe->columns[i].name,
			     probe->columns[i].type == INTEGER ? "integer" : "text",
			     probe->columns[i].about);
	(void)puts("\nits rights:");
	for (unsigned i = 0; i < probe->need_count; i++) {
		static const char *const kinds[] = {[READ] = "read",
						    [STAT] = "stat",
						    [READ_EACH] = "read in each network namespace",
						    [DUMP] = "dump",
						    [NAMESPACES] = "namespaces",
						    [CALL] = "call the rows of its input",
						    [READ_NAMED] = "read what it names",
						    [STAT_NAMED] = "stat what it names",
						    [READ_SECRET] = "read, but never record",
						    [SECRET_NAMED] =
							"read what it names, but never record",
						    [VARIABLE] = "variables that it names",
						    [ASK_ENGINE] = "ask a container engine for",
						    [CLOCK] = "ask the kernel of its clock"};

		(void)printf("  %s %s\n", kinds[probe->needs[i].kind], probe->needs[i].pattern);
	}
	if (probe->input)
		(void)printf("  input %s\n", probe->input);
	if (probe->hints)
		(void)printf("  hints %s\n", probe->hints);
}

static int print_view(struct store *store, const char *name, struct err *err)
{
	sqlite3_stmt *query;
	int found = 0;

	if (sqlite3_prepare_v2(
		store->db, "SELECT sql FROM sqlite_temp_schema WHERE type = 'view' AND name = ?",
		-1, &query, NULL) != SQLITE_OK ||
	    sqlite3_bind_text(query, 1, name, -1, SQLITE_STATIC) != SQLITE_OK)
		return err_set(err, "%s", sqlite3_errmsg(store->db));
	if (sqlite3_step(query) == SQLITE_ROW) {
		(void)printf("%s\n", (const char *)sqlite3_column_text(query, 0));
		found = 1;
	}
	(void)sqlite3_finalize(query); /* not found is an answer */
	return found ? 0 : err_set(err, "there is no table \"%s\": see harden tables", name);
}

static int print_all_tables(struct store *store, struct err *err)
{
	sqlite3_stmt *query;

	(void)puts("tables:");
	for (const struct probe_entry *entry = probe_registry; entry->name; entry++)
		(void)printf("  %-16s %s\n", entry->name, entry->probe->about);
	(void)printf("  %-16s %s\n\nviews:\n", "coverage",
		     "What became of each table: (table, status, detail, ms)");
	if (sqlite3_prepare_v2(store->db,
			       "SELECT name FROM sqlite_temp_schema WHERE type = 'view' ORDER BY 1",
			       -1, &query, NULL) != SQLITE_OK)
		return err_set(err, "%s", sqlite3_errmsg(store->db));
	while (sqlite3_step(query) == SQLITE_ROW)
		(void)printf("  %s\n", (const char *)sqlite3_column_text(query, 0));
	(void)sqlite3_finalize(query); /* cannot fail: the schema is in memory */
	(void)puts("\nfunctions:");
	functions_print(stdout);
	return 0;
}

int command_tables(struct pipeline *pipeline)
{
	const char *name = pipeline->options->operand_count ? pipeline->options->operands[0] : NULL;
	int index = name ? probe_find(probe_registry, name) : -1;
	struct err err;

	if (pipeline_open_store(pipeline, &err) < 0)
		return fail(&err);
	if (index >= 0)
		print_table(&probe_registry[index]);
	else if ((name ? print_view(&pipeline->store, name, &err)
		       : print_all_tables(&pipeline->store, &err)) < 0)
		return fail(&err);
	return finish_stdout(EXIT_OK);
}

/* ---- rules ---- */

int command_rules(struct pipeline *pipeline)
{
	const char *id = pipeline->options->operand_count ? pipeline->options->operands[0] : NULL;
	struct err err;

	if (pipeline_load_rules(pipeline, &err) < 0 || pipeline_open_store(pipeline, &err) < 0 ||
	    rules_prepare(&pipeline->rules, &pipeline->store, &err) < 0 ||
	    rules_print(stdout, &pipeline->rules, id, &err) < 0)
		return fail(&err);
	return finish_stdout(EXIT_OK);
}

/* ---- query ---- */

static int prepare_query(struct pipeline *pipeline, const char *sql, sqlite3_stmt **out,
			 struct err *err)
{
	const char *rest;

	if (sqlite3_prepare_v2(pipeline->store.db, sql, -1, out, &rest) != SQLITE_OK)
		return err_set(err, "query: %s", sqlite3_errmsg(pipeline->store.db));
	if (!*out || !sqlite3_stmt_readonly(*out) || sqlite3_column_count(*out) == 0 ||
	    span_trim(span_of(rest)).len > 0) {
		(void)sqlite3_finalize(*out); /* never stepped */
		return err_set(err, "query: takes one SELECT");
	}
	return 0;
}

static json_t *json_value(sqlite3_stmt *row, int column)
{
	switch (sqlite3_column_type(row, column)) {
	case SQLITE_INTEGER:
		return output_checked(json_integer(sqlite3_column_int64(row, column)));
	case SQLITE_FLOAT:
		return output_checked(json_real(sqlite3_column_double(row, column)));
	case SQLITE_TEXT:
		return output_string((const char *)sqlite3_column_text(row, column));
	default:
		return output_checked(json_null());
	}
}

static int print_json_rows(sqlite3_stmt *row, struct err *err)
{
	json_t *rows = output_checked(json_array());
	int result;

	while (sqlite3_step(row) == SQLITE_ROW) {
		json_t *object = output_checked(json_object());

		for (int i = 0; i < sqlite3_column_count(row); i++)
			output_set(object, sqlite3_column_name(row, i), json_value(row, i));
		output_add(rows, object);
	}
	result = output_json(stdout, rows, err);
	json_decref(rows);
	return result;
}

/* Values parted by tabs, which printable text cannot hold. */
static int print_text_rows(sqlite3_stmt *row, struct err *err)
{
	int columns = sqlite3_column_count(row);

	for (int i = 0; i < columns; i++)
		(void)printf("%s%s", sqlite3_column_name(row, i), i + 1 < columns ? "\t" : "\n");
	while (sqlite3_step(row) == SQLITE_ROW)
		for (int i = 0; i < columns; i++) {
			const char *text = (const char *)sqlite3_column_text(row, i);
			auto_free char *safe = output_printable(text ? text : "");

			(void)printf("%s%s", safe, i + 1 < columns ? "\t" : "\n");
		}
	return output_finish(stdout, err);
}

/* What the query read and could not be seen in full, for whoever takes the rows for all. */
static int print_incomplete(struct pipeline *pipeline)
{
	sqlite3_stmt *query;
	int status = EXIT_OK;

	if (sqlite3_prepare_v2(pipeline->store.db,
			       "SELECT \"table\", status, coalesce(detail, '') FROM coverage "
			       "WHERE status NOT IN ('complete', 'absent') ORDER BY 1",
			       -1, &query, NULL) != SQLITE_OK)
		return EXIT_USAGE;
	while (sqlite3_step(query) == SQLITE_ROW) {
		(void)fprintf(stderr, "harden: table %s is %s: %s\n",
			      (const char *)sqlite3_column_text(query, 0),
			      (const char *)sqlite3_column_text(query, 1),
			      (const char *)sqlite3_column_text(query, 2));
		status = EXIT_INCOMPLETE;
	}
	(void)sqlite3_finalize(query); /* reads memory: cannot fail */
	return status;
}

static int run_query(struct pipeline *pipeline, const void *sql)
{
	const struct option_output *output = &pipeline->options->outputs[0];
	struct verdict_page *page = pipeline->page;
	sqlite3_stmt *row;
	struct err err;
	int result;

	if (pipeline->options->facts &&
	    facts_import(&pipeline->store, probe_registry, buf_span(&pipeline->facts), &page->facts,
			 &err) < 0) {
		(void)err_in(&err, "facts %s", pipeline->options->facts);
		return fail(&err);
	}
	if (prepare_query(pipeline, sql, &row, &err) < 0)
		return fail(&err);
	result = strcmp(output->format, "json") == 0 ? print_json_rows(row, &err)
						     : print_text_rows(row, &err);
	if (sqlite3_finalize(row) != SQLITE_OK && result == 0)
		result = err_set(&err, "query: %s", sqlite3_errmsg(pipeline->store.db));
	return result < 0 ? fail(&err) : print_incomplete(pipeline);
}

static int want_read_tables(struct pipeline *pipeline, const char *sql, struct err *err)
{
	struct buf tables auto_buf;

	buf_init(&tables, SQL_TABLES_MAX);
	if (sql_tables(&pipeline->store, sql, &tables, err) < 0)
		return err_in(err, "query");
	for (unsigned i = 0; probe_registry[i].name; i++)
		pipeline->wanted[i] = sql_tables_have(&tables, probe_registry[i].name);
	return 0;
}

int command_query(struct pipeline *pipeline)
{
	const char *format = pipeline->options->outputs[0].format;
	const char *sql = pipeline->options->operands[0];
	struct err err;
	int status;

	if (pipeline->options->outputs[0].path || pipeline->options->output_count > 1 ||
	    (strcmp(format, "text") != 0 && strcmp(format, "json") != 0)) {
		(void)err_set(&err, "query: --output is text or json, to standard output");
		return fail(&err);
	}
	if (setvbuf(stdout, xcalloc(1, BUFSIZ), _IOFBF, BUFSIZ) != 0) /* see publish.c */
		return EXIT_USAGE;
	if (pipeline_read_given(pipeline, &err) < 0 || pipeline_open_store(pipeline, &err) < 0 ||
	    want_read_tables(pipeline, sql, &err) < 0 || pipeline_collect(pipeline, -1, &err) < 0)
		return fail(&err);
	status = pipeline_jailed(pipeline, run_query, sql, &err);
	return status < 0 ? fail(&err) : status;
}

/* ---- record ---- */

int command_record(struct pipeline *pipeline)
{
	const char *path = pipeline->options->operands[0];
	struct recording recording = {.time = pipeline->page->facts.time};
	auto_close int folder = -1;
	struct err err;

	if (mkdir(path, 0700) < 0) {
		(void)err_sys(&err, "record %s", path);
		return fail(&err);
	}
	folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0) {
		(void)err_sys(&err, "record %s", path);
		return fail(&err);
	}
	memcpy(recording.host, pipeline->page->facts.host, sizeof(recording.host));
	for (unsigned i = 0; probe_registry[i].name; i++)
		pipeline->wanted[i] = true;
	if (pipeline_read_given(pipeline, &err) < 0 || pipeline_open_store(pipeline, &err) < 0 ||
	    record_write_host(folder, &recording, &err) < 0 ||
	    pipeline_collect(pipeline, folder, &err) < 0) {
		(void)err_in(&err, "record %s", path);
		return fail(&err);
	}
	(void)printf("recorded in %s: it holds command lines and the files that you gave; look "
		     "before you send it to others\n",
		     path);
	return finish_stdout(print_incomplete(pipeline));
}

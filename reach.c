/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `harden reach`: who can get to an address and port of this host, and which rule decides. The
 * first word on standard output is the verdict; of several interfaces the most open one counts.
 */
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/reach.h"
#include "audit/trial.h"
#include "commands.h"
#include "lib/inet.h"
#include "lib/output.h"
#include "lib/own.h"
#include "lib/text.h"

/* What the options say, checked. */
struct question {
	uint64_t namespace; /* 0: the host's */
	char address[INET_TEXT_SIZE];
	uint64_t port;
	const char *protocol;
	const char *source; /* NULL: any */
	const char *interface;
};

/* "ADDR:PORT", "[ADDR]:PORT", and "/tcp" or "/udp" behind it. */
static int parse_to(const char *text, struct question *out, struct err *err)
{
	const char *slash = strrchr(text, '/');
	struct span rest = {text, slash ? (size_t)(slash - text) : strlen(text)};
	const char *colon = memrchr(rest.data, ':', rest.len);
	struct span address;
	struct span port;
	int family;
	u128 number;

	out->protocol = !slash || strcmp(slash, "/tcp") == 0 ? "tcp" : "udp";
	if (!colon || (slash && strcmp(slash, "/tcp") != 0 && strcmp(slash, "/udp") != 0))
		return err_set(err, "--to %s: is not ADDR:PORT[/tcp|udp]", text);
	address = (struct span){text, (size_t)(colon - text)};
	port = (struct span){colon + 1, rest.len - address.len - 1};
	if (span_starts(address, "[") && span_ends(address, "]"))
		address = (struct span){address.data + 1, address.len - 2};
	if (inet_parse(address, &family, &number, err) < 0)
		return err_in(err, "--to %s", text);
	if (span_uint(port, 65535, &out->port) < 0 || out->port == 0)
		return err_set(err, "--to %s: a port is 1 to 65535", text);
	(void)inet_text(family, number, out->address);
	return 0;
}

/* A name in /run/netns, or the number of a process. */
static int find_namespace(const char *text, uint64_t *out, struct err *err)
{
	auto_free char *path = NULL;
	struct stat meta;
	uint64_t pid;

	if (span_uint(span_of(text), INT32_MAX, &pid) == 0)
		path = xasprintf("/proc/%llu/ns/net", (unsigned long long)pid);
	else if (!strchr(text, '/'))
		path = xasprintf("/run/netns/%s", text);
	else
		return err_set(err, "--netns %s: is neither a name nor a process", text);
	if (stat(path, &meta) < 0)
		return err_sys(err, "--netns %s", text);
	*out = meta.st_ino;
	return 0;
}

static int read_options(const struct options *options, struct question *out, struct err *err)
{
	int family;
	u128 number;

	*out = (struct question){.source = options->from, .interface = options->iif};
	if (!options->to)
		return err_set(err, "reach: needs --to ADDR:PORT");
	if (parse_to(options->to, out, err) < 0)
		return -1;
	if (options->from && inet_parse(span_of(options->from), &family, &number, err) < 0)
		return err_in(err, "--from %s", options->from);
	return options->netns ? find_namespace(options->netns, &out->namespace, err) : 0;
}

static int put_question(struct store *store, const struct question *question, struct err *err)
{
	const struct store_value values[] = {
	    {.type = STORE_INTEGER, .integer = (int64_t)question->namespace},
	    {.type = STORE_TEXT, .text = span_of(question->address)},
	    {.type = STORE_INTEGER, .integer = (int64_t)question->port},
	    {.type = STORE_TEXT, .text = span_of(question->protocol)},
	    {.type = question->source ? STORE_TEXT : STORE_NULL,
	     .text = span_of(question->source ? question->source : "")},
	    {.type = question->interface ? STORE_TEXT : STORE_NULL,
	     .text = span_of(question->interface ? question->interface : "")},
	};
	sqlite3_stmt *insert;
	int result;

	if (store_exec(store, REACH_QUESTION, err) < 0 ||
	    store_prepare_insert(store, "question", ARRAY_LEN(values), &insert, err) < 0)
		return -1;
	result = store_insert(insert, values, ARRAY_LEN(values), err);
	(void)sqlite3_finalize(insert); /* repeats the error of the step */
	return result;
}

/* ---- in the jail: the answer ---- */

static const char *text_of(sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	return text ? text : "";
}

/* The most open of the answers; NULL without one. */
static const char *most_open(struct store *store)
{
	static const char *const verdicts[] = {"reachable", "unknown", "blocked"};
	sqlite3_stmt *rows;
	size_t best = ARRAY_LEN(verdicts);

	if (sqlite3_prepare_v2(store->db, "SELECT verdict FROM reach WHERE kind = 'answer'", -1,
			       &rows, NULL) != SQLITE_OK)
		return NULL;
	while (sqlite3_step(rows) == SQLITE_ROW)
		for (size_t i = 0; i < best; i++)
			if (strcmp(text_of(rows, 0), verdicts[i]) == 0)
				best = i;
	(void)sqlite3_finalize(rows); /* reads memory: cannot fail */
	return best < ARRAY_LEN(verdicts) ? verdicts[best] : NULL;
}

/*
 * Where there is no answer, because time ran out, nothing is known, and `why` has the reason, the
 * caller's; NULL else. -1: the question made no sense.
 */
static int read_verdict(struct store *store, const char **verdict, char **why, struct err *err)
{
	const char *found = most_open(store);
	sqlite3_stmt *row;
	int result = 0;

	*why = NULL;
	*verdict = found ? found : "unknown";
	if (sqlite3_prepare_v2(store->db,
			       "SELECT status, detail FROM coverage WHERE status <> 'complete'", -1,
			       &row, NULL) != SQLITE_OK)
		return err_set(err, "%s", sqlite3_errmsg(store->db));
	if (sqlite3_step(row) == SQLITE_ROW) {
		if (strcmp(text_of(row, 0), "error") == 0)
			result = err_set(err, "reach: %s", text_of(row, 1));
		else if (!found)
			*why = xasprintf("%s: %s", text_of(row, 0), text_of(row, 1));
	}
	(void)sqlite3_finalize(row); /* as above */
	return result;
}

/* Columns of the table reach: see its spec. */
enum { KIND, INTERFACE, VERDICT, SOURCES, TEMPORAL, UNKNOWN, DETAIL };

static void print_sources(const char *label, sqlite3_stmt *row, int column)
{
	if (text_of(row, column)[0])
		(void)printf("  %-16s %s\n", label, text_of(row, column));
}

static void print_row(sqlite3_stmt *row)
{
	if (strcmp(text_of(row, KIND), "step") == 0) {
		(void)printf("    %-8s %s\n", text_of(row, VERDICT), text_of(row, DETAIL));
		return;
	}
	(void)printf("\nby way of %s: %s", text_of(row, INTERFACE), text_of(row, VERDICT));
	if (text_of(row, DETAIL)[0])
		(void)printf(" (%s)", text_of(row, DETAIL));
	(void)putchar('\n');
	print_sources("reachable from", row, SOURCES);
	print_sources("now and then", row, TEMPORAL);
	print_sources("unknown from", row, UNKNOWN);
	if (!text_of(row, SOURCES)[0] && !text_of(row, TEMPORAL)[0] && !text_of(row, UNKNOWN)[0])
		(void)puts("  reachable from   nowhere");
}

static int print_json(sqlite3_stmt *row, const char *verdict, struct err *err)
{
	json_t *object = output_checked(json_object());
	json_t *rows = output_checked(json_array());
	int result;

	while (sqlite3_step(row) == SQLITE_ROW) {
		json_t *item = output_checked(json_object());

		for (int i = 0; i < sqlite3_column_count(row); i++)
			output_set(item, sqlite3_column_name(row, i),
				   output_string((const char *)sqlite3_column_text(row, i)));
		output_add(rows, item);
	}
	output_set(object, "verdict", output_string(verdict));
	output_set(object, "walk", rows);
	result = output_json(stdout, object, err);
	json_decref(object);
	return result;
}

static int print_answer(struct pipeline *pipeline, const void *argument)
{
	bool is_json = strcmp(pipeline->options->outputs[0].format, "json") == 0;
	auto_free char *why = NULL;
	const char *verdict;
	sqlite3_stmt *row;
	struct err err;
	int result = 0;

	(void)argument;
	if (read_verdict(&pipeline->store, &verdict, &why, &err) < 0) {
		complain(&err);
		return EXIT_USAGE;
	}
	/* the answer first, and then the walk */
	if (sqlite3_prepare_v2(pipeline->store.db,
			       "SELECT r.* FROM reach r ORDER BY (SELECT min(rowid) FROM reach "
			       "WHERE interface = r.interface), kind = 'step', rowid",
			       -1, &row, NULL) != SQLITE_OK)
		return EXIT_USAGE;
	if (is_json) {
		result = print_json(row, verdict, &err);
	} else {
		(void)puts(verdict);
		if (why)
			(void)printf("\n%s (--timeout gives it more time)\n", why);
		while (sqlite3_step(row) == SQLITE_ROW)
			print_row(row);
		result = output_finish(stdout, &err);
	}
	(void)sqlite3_finalize(row); /* reads memory: cannot fail */
	if (result < 0) {
		complain(&err);
		return EXIT_USAGE;
	}
	return strcmp(verdict, "reachable") == 0 ? EXIT_OK
	       : strcmp(verdict, "blocked") == 0 ? EXIT_GATE
						 : EXIT_INCOMPLETE;
}

/* ---- a ruleset that is not applied ---- */

static void on_alarm(int signal)
{
	(void)signal;
}

/* A pipe that is never closed ends with the deadline. */
static int read_rulesets(struct pipeline *pipeline, struct err *err)
{
	const struct option_list *list = &pipeline->options->rulesets;
	struct sigaction action = {.sa_handler = on_alarm};
	int result = 0;

	if (sigaction(SIGALRM, &action, NULL) < 0)
		return err_sys(err, "sigaction");
	(void)alarm((unsigned)pipeline->options->timeout_ms / 1000);
	for (size_t i = 0; result == 0 && i < list->count; i++) {
		const struct given_file *file;

		result =
		    given_add(&pipeline->given, TRIAL_ROLE, list->items[i], pipeline_caller(), err);
		file = &pipeline->given.files[pipeline->given.count - 1];
		/* what should have written into it has failed: no word for "no rules" */
		if (result == 0 && S_ISFIFO(file->meta.st_mode) && file->content.len == 0)
			result = err_set(err, "ruleset %s: nothing came out of the pipe",
					 list->items[i]);
	}
	if (alarm(0) == 0 && result < 0) /* it has gone off */
		return err_set(err, "ruleset: not read within the time of --timeout");
	return result;
}

/* The program's own message, with the name of the file in the place of its standard input. */
static void print_refusal(const struct trial *trial)
{
	struct span rest = buf_span(&trial->said);
	struct span line;

	while (span_cut(&rest, '\n', &line)) {
		const char *path = trial->refused->path;
		struct buf safe auto_buf;

		if (span_starts(line, "/dev/stdin:"))
			line = (struct span){line.data + strlen("/dev/stdin"),
					     line.len - strlen("/dev/stdin")};
		else
			path = "  ";
		buf_init(&safe, 4 * (strlen(path) + line.len) + 64);
		text_escape(&safe, span_of(path), safe.ceiling / 2);
		text_escape(&safe, line, safe.ceiling / 2);
		(void)fprintf(stderr, "%s\n", buf_string(&safe)); /* nowhere else to say it */
	}
}

/* The one row of the answer when nothing could be tried. */
static int put_unknown(struct pipeline *pipeline, const struct question *question, const char *why,
		       struct err *err)
{
	const char *all = strchr(question->address, ':') ? "::/0" : "0.0.0.0/0";
	const char *interface = question->interface ? question->interface : "any interface";
	const struct store_value values[] = {
	    {.type = STORE_TEXT, .text = span_of("answer")},
	    {.type = STORE_TEXT, .text = span_of(interface)},
	    {.type = STORE_TEXT, .text = span_of("unknown")},
	    {.type = STORE_NULL},
	    {.type = STORE_NULL},
	    {.type = STORE_TEXT, .text = span_of(all)},
	    {.type = STORE_TEXT, .text = span_of(why)},
	};
	sqlite3_stmt *insert;
	int result;

	if (store_prepare_insert(&pipeline->store, "reach", ARRAY_LEN(values), &insert, err) < 0)
		return -1;
	result = store_insert(insert, values, ARRAY_LEN(values), err);
	(void)sqlite3_finalize(insert); /* repeats the error of the step */
	return result;
}

/* 1: they are loaded. 0: they could not be tried, and the answer says so. */
static int try_rulesets(struct pipeline *pipeline, const struct question *question,
			struct trial *trial, struct err *err)
{
	struct err why;

	if (read_rulesets(pipeline, err) < 0)
		return -1;
	if (trial_load(trial, &pipeline->given, pipeline->options->timeout_ms, &why) == 0)
		return 1;
	if (trial->is_interrupted)
		return err_set(err, "%s", why.text);
	if (!trial->refused)
		return put_unknown(pipeline, question, why.text, err);
	print_refusal(trial);
	return err_set(err, "ruleset %s: does not load", trial->refused->path);
}

static int collect_answer(struct pipeline *pipeline, struct err *err)
{
	struct collect collect = {
	    .registry = reach_registry,
	    .given = &pipeline->given,
	    .timeout_ms = pipeline->options->timeout_ms,
	    .record_fd = -1,
	    .replay_fd = -1,
	};
	const bool wanted = true;
	struct question question;
	struct trial trial;
	int result = 1;

	if (read_options(pipeline->options, &question, err) < 0 ||
	    store_open(&pipeline->store, err) < 0 ||
	    collect_create_tables(reach_registry, &pipeline->store, err) < 0 ||
	    put_question(&pipeline->store, &question, err) < 0)
		return -1;
	trial_init(&trial, question.namespace);
	if (pipeline->options->rulesets.count > 0) {
		collect.trial = &trial;
		result = try_rulesets(pipeline, &question, &trial, err);
	}
	if (result > 0)
		result = collect_run(&collect, &pipeline->store, &wanted, err);
	trial_done(&trial); /* before the answer is written, by a process without rights */
	return result;
}

int command_reach(struct pipeline *pipeline)
{
	struct err err;
	int status;

	if (setvbuf(stdout, xcalloc(1, BUFSIZ), _IOFBF, BUFSIZ) != 0) /* see publish.c */
		return EXIT_USAGE;
	if (collect_answer(pipeline, &err) < 0) {
		complain(&err);
		return EXIT_USAGE;
	}
	status = pipeline_jailed(pipeline, print_answer, NULL, &err);
	if (status < 0)
		complain(&err);
	return status < 0 ? EXIT_USAGE : status;
}

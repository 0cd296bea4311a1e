/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The second half of a run: a jailed child judges the facts and writes the reports into files that
 * root opened before; then root, which has read none of it, puts them in place.
 */
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "audit/facts.h"
#include "lib/own.h"
#include "pipeline.h"
#include "rules/summary.h"

#define JUDGE_MAX_MEMORY ((size_t)512 << 20)
#define STREAM_BUFFER (64U << 10)

/* What this version does not look at, said in every report: silence would read as "fine". */
static const char *const limits[] = {
    "What BPF programs drop at the hooks of netfilter, of sockets and of control groups, and what "
    "policies of IPsec refuse, counts as let in: they are not seen.",
    "A packet that a bridge of this host hands on to a container without routing it counts as "
    "let in: the rules of the bridge are not walked there.",
    "An address that is not this host's own, and is translated to one that is, is not asked "
    "for; of a translated range of more than 256 ports only the ends are, and what is "
    "listened on.",
    "Of what a firewall loads at boot the chains are compared with the live ones, and not their "
    "rules.",
    "Listeners at ports where log collectors and printers keep whatever comes (514, 515, 601, "
    "6514, 9100 to 9107) are not asked what they speak, unless their process is one that is known "
    "here.",
    "That root of MySQL may log in from other hosts is seen where it is let in or an official "
    "image made it so; the error of a refused login does not tell.",
    "A server of TLS that shows another chain by TLS 1.3 than by TLS 1.2 is not told from others: "
    "what is seen is that of TLS 1.2.",
    "Which versions and weak suites of TLS a MySQL takes is asked only where it listens by itself, "
    "and at loopback. Names of server_name that are patterns are not asked for.",
    "Images, health and settings of containers are those that Docker tells, and a podman whose "
    "socket "
    "is enabled: containers of others are judged by what the kernel sees of them.",
    "A port that a user's own podman publishes is judged as a listener of the host, not as a "
    "container's.",
    "A network namespace that no process lives in and no name leads to is not seen.",
    "What listens on SCTP, DCCP, UDP-Lite, raw or vsock sockets is not seen: TCP and UDP are.",
    "Inside a container, though it be privileged, the container is seen and not its host.",
    NULL,
};

/* A run that broke off says nothing that would need them. */
static const char *const no_limits[] = {NULL};

static struct report_style terminal_style(const struct options *options, FILE *stream)
{
	struct report_style style = {.verbose = options->verbose, .quiet = options->quiet};
	const char *term = getenv("TERM");
	struct winsize size;

	/* In a file there is no locale: reports are UTF-8. */
	style.is_utf8 = stream != stdout || strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	style.color = options->color == COLOR_ALWAYS;
	if (stream != stdout || !isatty(STDOUT_FILENO))
		return style;
	if (options->color == COLOR_AUTO)
		style.color = !getenv("NO_COLOR") && term && strcmp(term, "dumb") != 0;
	style.columns = 80;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
		style.columns = size.ws_col;
	return style;
}

static FILE *open_stream(const struct file_out *file, struct err *err)
{
	int copy = fcntl(file->fd, F_DUPFD_CLOEXEC,
			 0); /* the stream and the file are closed each for itself */
	FILE *stream = copy < 0 ? NULL : fdopen(copy, "w");

	if (!stream) {
		own_close(&copy);
		(void)err_sys(err, "%s", file->path);
	}
	return stream;
}

static int open_output(struct pipeline *pipeline, const struct option_output *option,
		       struct err *err)
{
	struct output *output = &pipeline->outputs[pipeline->output_count++];

	output->option = *option;
	output->stream = stdout;
	if (option->path) {
		if (file_out_open(&output->file, option->path, pipeline_caller(), err) < 0)
			return err_in(err, "output");
		output->stream = open_stream(&output->file, err);
		if (!output->stream)
			return err_in(err, "output");
	}
	/* its own buffer, or stdio would ask the kernel about the terminal in the jail */
	if (setvbuf(output->stream, xcalloc(1, STREAM_BUFFER), _IOFBF, STREAM_BUFFER) != 0)
		return err_set(err, "output: no buffer");
	output->style = terminal_style(pipeline->options, output->stream);
	return 0;
}

/*
 * --cron keeps the JSON report of each run as the baseline of the next one, in a folder of its
 * own that only its owner may write.
 */
static int open_state(struct pipeline *pipeline, struct err *err)
{
	const char *folder = getenv("STATE_DIRECTORY");
	struct option_output option = {.format = "json"};

	if (!pipeline->options->cron)
		return 0;
	if (!folder) {
		folder = STATE_FOLDER;
		if (mkdir(folder, 0700) < 0 && errno != EEXIST)
			return err_sys(err, "--cron: %s", folder);
	}
	pipeline->state_path = xasprintf("%s/%s", folder, STATE_FILE);
	option.path = pipeline->state_path;
	if (open_output(pipeline, &option, err) < 0)
		return err_in(err, "--cron");
	/* it tells what is open here, and only its owner reads it */
	if (fchmod(pipeline->outputs[pipeline->output_count - 1].file.fd, 0600) < 0)
		return err_sys(err, "--cron: %s", pipeline->state_path);
	return 0;
}

/* Opens all outputs first, so that a wrong path is said before the work is done. */
static int open_outputs(struct pipeline *pipeline, struct err *err)
{
	const struct options *options = pipeline->options;

	(void)setlocale(LC_CTYPE, ""); /* a wrong locale leaves "C", which shows ASCII */
	for (size_t i = 0; i < options->output_count; i++)
		if (open_output(pipeline, &options->outputs[i], err) < 0)
			return -1;
	if (options->save &&
	    file_out_open(&pipeline->save, options->save, pipeline_caller(), err) < 0)
		return err_in(err, "save");
	return open_state(pipeline, err);
}

static const struct report_format *find_format(const char *name)
{
	const struct report_entry *entry = report_registry;

	while (strcmp(entry->name, name) != 0) /* options_parse() has checked it */
		entry++;
	return entry->format;
}

static int save(struct pipeline *pipeline, struct err *err)
{
	struct buf bytes auto_buf;

	buf_init(&bytes, FACTS_MAX_BYTES);
	if (facts_note_run(&pipeline->store, &pipeline->page->facts, err) < 0 ||
	    store_serialize(&pipeline->store, &bytes, err) < 0 ||
	    file_write(pipeline->save.fd, buf_span(&bytes), err) < 0)
		return err_in(err, "save %s", pipeline->options->save);
	pipeline->page->is_saved = true;
	return 0;
}

static int take_facts(struct pipeline *pipeline, struct err *err)
{
	struct verdict_page *page = pipeline->page;

	if (!pipeline->options->facts)
		return 0;
	if (facts_import(&pipeline->store, probe_registry, buf_span(&pipeline->facts), &page->facts,
			 err) < 0)
		return err_in(err, "facts %s", pipeline->options->facts);
	return 0;
}

/*
 * A file of the user's that makes no sense is an error and no finding: without it no statement
 * can be made.
 */
static int check_given(struct pipeline *pipeline, struct err *err)
{
	sqlite3_stmt *query;
	int result = 0;

	if (sqlite3_prepare_v2(pipeline->store.db,
			       "SELECT \"table\", status, coalesce(detail, '') FROM coverage WHERE "
			       "status NOT IN ('complete', 'absent', 'partial') ORDER BY 1",
			       -1, &query, NULL) != SQLITE_OK)
		return err_set(err, "%s", sqlite3_errmsg(pipeline->store.db));
	while (result == 0 && sqlite3_step(query) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(query, 0);
		const char *status = (const char *)sqlite3_column_text(query, 1);
		const char *detail = (const char *)sqlite3_column_text(query, 2);
		int index = probe_find(probe_registry, table);

		if (index < 0 || !probe_reads_given_only(probe_registry[index].probe))
			continue;
		if (strcmp(status, coverage_name(COVERAGE_ERROR)) == 0)
			result = err_set(err, "%s", detail);
		else
			result = err_set(err, "table %s: %s: %s", table, status, detail);
	}
	(void)sqlite3_finalize(query); /* an error shows in the judging that follows */
	return result;
}

static int judge(struct pipeline *pipeline, struct arena *arena, struct audit *audit,
		 struct err *err)
{
	struct judge_options options = {
	    .fail_on = pipeline->options->fail_on,
	    .fail_on_new = pipeline->options->fail_on_new,
	};

	for (size_t i = 0; i < pipeline->given.count; i++)
		if (strcmp(pipeline->given.files[i].role, "baseline") == 0)
			options.has_baseline = true;
	if (take_facts(pipeline, err) < 0 || check_given(pipeline, err) < 0)
		return -1;
	return judge_run(&pipeline->rules, &pipeline->store, &options, arena, audit, err);
}

/* With --cron the text is for people who are asleep: only what changed may wake them. */
static bool is_silent(const struct pipeline *pipeline, const struct output *output,
		      const struct audit *audit)
{
	return pipeline->options->cron && !audit->error && audit->has_baseline &&
	       !output->option.path && audit->gone_count == 0 && summary_of(audit).added == 0;
}

/* What broke off has seen nothing, and would make all of tomorrow's findings new ones. */
static bool is_no_state(const struct pipeline *pipeline, const struct output *output,
			const struct audit *audit)
{
	return audit->error && output->option.path && output->option.path == pipeline->state_path;
}

static int write_reports(struct pipeline *pipeline, const struct audit *audit)
{
	int result = 0;

	for (size_t i = 0; i < pipeline->output_count; i++) {
		struct output *output = &pipeline->outputs[i];
		const char *path = output->option.path;
		struct err err;

		if (is_silent(pipeline, output, audit) || is_no_state(pipeline, output, audit))
			continue;
		if (find_format(output->option.format)
			->write(output->stream, audit, &output->style, &err) < 0) {
			(void)err_in(&err, "report %s", path ? path : "to standard output");
			complain(&err);
			result = -1;
			continue;
		}
		pipeline->page->is_written[i] = true;
	}
	return result;
}

/* The whole of the jailed child's work. `argument` is the error that came before, or NULL. */
static int judge_and_report(struct pipeline *pipeline, const void *argument)
{
	const struct err *before = argument;
	struct audit audit = {
	    .version = VERSION, .fail_on = pipeline->options->fail_on, .limits = limits};
	struct arena arena;
	struct err err;

	arena_init(&arena, JUDGE_MAX_MEMORY);
	if (before)
		err = *before;
	if (before || judge(pipeline, &arena, &audit, &err) < 0) {
		complain(&err);
		audit = (struct audit){.version = VERSION,
				       .fail_on = pipeline->options->fail_on,
				       .limits = no_limits,
				       .error = err.text,
				       .exit = EXIT_USAGE};
	}
	audit.host = pipeline->page->facts.host;
	audit.started = pipeline->page->facts.time;
	audit.finished = pipeline->options->replay || pipeline->options->facts
			     ? pipeline->page->facts.time
			     : time(NULL);
	if (write_reports(pipeline, &audit) < 0)
		audit.exit = EXIT_USAGE;
	if (pipeline->options->save && !before) {
		struct err save_err;

		if (save(pipeline, &save_err) < 0) {
			complain(&save_err);
			audit.exit = EXIT_USAGE;
		}
	}
	return audit.exit;
}

static int put_in_place(struct pipeline *pipeline)
{
	int result = 0;
	struct err err;

	for (size_t i = 0; i < pipeline->output_count; i++) {
		struct output *output = &pipeline->outputs[i];

		if (!output->option.path || !pipeline->page->is_written[i])
			continue;
		if (file_out_commit(&output->file, &err) < 0) {
			(void)err_in(&err, "report");
			complain(&err);
			result = -1;
		}
	}
	if (pipeline->page->is_saved && file_out_commit(&pipeline->save, &err) < 0) {
		(void)err_in(&err, "save");
		complain(&err);
		result = -1;
	}
	return result;
}

static int gather(struct pipeline *pipeline, struct err *err)
{
	if (pipeline_read_given(pipeline, err) < 0 || pipeline_load_rules(pipeline, err) < 0 ||
	    pipeline_open_store(pipeline, err) < 0 ||
	    rules_prepare(&pipeline->rules, &pipeline->store, err) < 0)
		return -1;
	for (unsigned i = 0; probe_registry[i].name; i++)
		pipeline->wanted[i] = rules_read(&pipeline->rules, probe_registry[i].name);
	return pipeline_collect(pipeline, -1, err);
}

int pipeline_audit(struct pipeline *pipeline)
{
	struct err err;
	const struct err *before = NULL;
	int status;

	if (open_outputs(pipeline, &err) < 0) {
		complain(&err);
		return EXIT_USAGE;
	}
	if (gather(pipeline, &err) < 0)
		before = &err;
	status = pipeline_jailed(pipeline, judge_and_report, before, &err);
	if (status < 0) {
		complain(&err);
		return EXIT_USAGE;
	}
	return put_in_place(pipeline) < 0 ? EXIT_USAGE : status;
}

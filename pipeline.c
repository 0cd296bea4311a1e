/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run, from the files that were given to the facts: see pipeline.h. */
#include "pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "audit/facts.h"
#include "audit/given_compose.h"
#include "audit/jail.h"
#include "audit/record.h"
#include "lib/json.h"
#include "lib/own.h"
#include "lib/text.h"

void complain(const struct err *err)
{
	struct buf safe auto_buf;

	buf_init(&safe, 4 * sizeof(err->text)); /* each byte as \xNN */
	if (text_is_printable(span_of(err->text)))
		buf_text(&safe, err->text);
	else /* it repeats an argument */
		text_escape(&safe, span_of(err->text), safe.ceiling - 4);
	(void)fprintf(stderr, "harden: %s\n", buf_string(&safe)); /* nowhere else to say it */
}

void pipeline_init(struct pipeline *pipeline, const struct options *options)
{
	*pipeline = (struct pipeline){.options = options, .replay_fd = -1, .save = {.fd = -1}};
	for (size_t i = 0; i < PIPELINE_MAX_OUTPUTS; i++)
		pipeline->outputs[i].file.fd = -1;
	pipeline->page = mmap(NULL, sizeof(*pipeline->page), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (pipeline->page == MAP_FAILED)
		die("out of memory");
	if (gethostname(pipeline->page->facts.host, sizeof(pipeline->page->facts.host) - 1) < 0)
		memcpy(pipeline->page->facts.host, "localhost", sizeof("localhost"));
	pipeline->page->facts.time = time(NULL);
	pipeline->wanted = xcalloc(probe_count(probe_registry), sizeof(*pipeline->wanted));
	rules_init(&pipeline->rules);
	buf_init(&pipeline->host_file, 4096);
	buf_init(&pipeline->facts, FACTS_MAX_BYTES);
}

void pipeline_done(struct pipeline *pipeline)
{
	for (size_t i = 0; i < PIPELINE_MAX_OUTPUTS; i++) {
		struct output *output = &pipeline->outputs[i];

		if (output->stream && output->stream != stdout)
			(void)fclose(output->stream); /* a copy; the child wrote and checked */
		file_out_abort(&output->file);
	}
	file_out_abort(&pipeline->save);
	store_close(&pipeline->store);
	given_done(&pipeline->given);
	rules_done(&pipeline->rules);
	buf_done(&pipeline->host_file);
	buf_done(&pipeline->facts);
	own_close(&pipeline->replay_fd);
	free(pipeline->wanted);
	free(pipeline->state_path);
	(void)munmap(pipeline->page, sizeof(*pipeline->page)); /* our own mapping */
}

unsigned pipeline_caller(void)
{
	const char *sudo = getuid() == 0 ? getenv("SUDO_UID") : NULL;
	uint64_t uid;

	if (sudo && span_uint(span_of(sudo), UINT32_MAX, &uid) == 0)
		return (unsigned)uid;
	return getuid();
}

static int read_replay(struct pipeline *pipeline, struct err *err)
{
	const char *folder = pipeline->options->replay;
	auto_close int host_fd = -1;

	pipeline->replay_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (pipeline->replay_fd < 0)
		return err_sys(err, "replay %s", folder);
	host_fd = record_open_host(pipeline->replay_fd);
	if (host_fd < 0)
		return err_set(err, "replay %s: holds no recording", folder);
	return file_slurp(host_fd, &pipeline->host_file, err) < 0 ? err_in(err, "replay %s", folder)
								  : 0;
}

/* What cannot be looked for may be there: then reading it says why it cannot be read. */
static bool may_be_there(const char *path)
{
	return access(path, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

static int read_compose(struct pipeline *pipeline, unsigned caller, struct err *err)
{
	const struct option_list *paths = &pipeline->options->composes;
	const struct option_list *env_files = &pipeline->options->env_files;
	const struct given_compose compose = {paths->items, paths->count, env_files->items,
					      env_files->count};

	return given_add_compose(&pipeline->given, &compose, caller, err);
}

int pipeline_read_given(struct pipeline *pipeline, struct err *err)
{
	const struct options *options = pipeline->options;
	unsigned caller = pipeline_caller();
	struct stat meta;

	for (size_t i = 0; i < options->intents.count; i++)
		if (given_add(&pipeline->given, "intent", options->intents.items[i], caller, err) <
		    0)
			return -1;
	if (options->intents.count == 0 && !options->replay && !options->facts &&
	    may_be_there(CONFIG_FILE) &&
	    given_add(&pipeline->given, "intent", CONFIG_FILE, caller, err) < 0)
		return -1;
	if (read_compose(pipeline, caller, err) < 0)
		return -1;
	for (size_t i = 0; i < options->rules.count; i++)
		if (given_add_folder(&pipeline->given, "rules", options->rules.items[i], caller,
				     err) < 0)
			return -1;
	if (options->baseline &&
	    given_add(&pipeline->given, "baseline", options->baseline, caller, err) < 0)
		return -1;
	if (!options->baseline && pipeline->state_path && may_be_there(pipeline->state_path) &&
	    given_add(&pipeline->given, "baseline", pipeline->state_path, caller, err) < 0)
		return -1;
	if (options->facts && file_read(options->facts, &pipeline->facts, &meta, err) < 0)
		return err_in(err, "facts");
	return options->replay ? read_replay(pipeline, err) : 0;
}

int pipeline_load_rules(struct pipeline *pipeline, struct err *err)
{
	const struct options *options = pipeline->options;
	bool is_root = geteuid() == 0;
	unsigned caller = pipeline_caller();

	if (rules_load_builtin(&pipeline->rules, err) < 0)
		return -1;
	if (may_be_there(CONFIG_RULES) &&
	    rules_load_folder(&pipeline->rules, CONFIG_RULES, 0, is_root, err) < 0)
		return -1;
	for (size_t i = 0; i < options->rules.count; i++)
		if (rules_load_folder(&pipeline->rules, options->rules.items[i], caller, is_root,
				      err) < 0)
			return -1;
	return rules_select(&pipeline->rules, options->only.items, options->only.count,
			    options->skip.items, options->skip.count, err);
}

int pipeline_open_store(struct pipeline *pipeline, struct err *err)
{
	char today[sizeof("YYYY-MM-DD")];
	time_t now = time(NULL);
	struct tm utc;

	if (!gmtime_r(&now, &utc) || strftime(today, sizeof(today), "%Y-%m-%d", &utc) == 0)
		return err_set(err, "the clock shows no date");
	if (store_open(&pipeline->store, err) < 0 ||
	    collect_create_tables(probe_registry, &pipeline->store, err) < 0)
		return -1;
	return judge_open(&pipeline->store, today, err);
}

static int read_host_file(struct pipeline *pipeline, const void *argument)
{
	struct err err;

	(void)argument;
	if (record_read_host(buf_span(&pipeline->host_file), &pipeline->page->facts, &err) == 0)
		return EXIT_OK;
	(void)err_in(&err, "replay %s", pipeline->options->replay);
	complain(&err);
	return EXIT_USAGE;
}

static bool has_baseline(const struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->given.count; i++)
		if (strcmp(pipeline->given.files[i].role, "baseline") == 0)
			return true;
	return false;
}

int pipeline_collect(struct pipeline *pipeline, int record_fd, struct err *err)
{
	struct collect collect = {
	    .registry = probe_registry,
	    .given = &pipeline->given,
	    .timeout_ms = pipeline->options->timeout_ms,
	    .record_fd = record_fd,
	    .replay_fd = pipeline->replay_fd,
	};

	/* foreign bytes: the jailed child takes them in; but they know no baseline of today's */
	if (pipeline->options->facts) {
		for (unsigned i = 0; probe_registry[i].name; i++)
			pipeline->wanted[i] = has_baseline(pipeline) &&
					      strcmp(probe_registry[i].name, "baseline") == 0;
	}
	if (pipeline->options->replay) {
		int status = pipeline_jailed(pipeline, read_host_file, NULL, err);

		if (status != EXIT_OK)
			return status < 0 ? -1 : err_set(err, "nothing to replay");
	}
	return collect_run(&collect, &pipeline->store, pipeline->wanted, err);
}

int pipeline_jailed(struct pipeline *pipeline, int (*work)(struct pipeline *, const void *),
		    const void *argument, struct err *err)
{
	pid_t child;
	int status;

	json_prepare();
	(void)fflush(NULL); /* or the child would write it once more */
	child = fork();
	if (child < 0)
		return err_sys(err, "fork");
	if (child == 0) {
		struct err own;
		int result = EXIT_USAGE;

		jail_close_inherited();
		if (jail_enter(&own) < 0)
			complain(&own);
		else
			result = work(pipeline, argument);
		_exit(result);
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return err_sys(err, "wait for the jailed child");
	if (WIFSIGNALED(status))
		return err_set(err, "the judging process was killed by signal %d (%s)",
			       WTERMSIG(status), strsignal(WTERMSIG(status)));
	return WEXITSTATUS(status);
}

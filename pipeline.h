/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One run: collect as root, then judge and report in a jailed child, then put the reports in
 * place. Like harden.c this file knows all stages; nothing includes it but the commands.
 */
#ifndef PIPELINE_H
#define PIPELINE_H

#include <stdint.h>

#include "audit/collect.h"
#include "audit/record.h"
#include "lib/file.h"
#include "lib/file_out.h"
#include "options.h"
#include "reports/report.h"
#include "rules/judge.h"

/* Exit statuses: see harden(8). */
enum { EXIT_OK = 0, EXIT_GATE = 1, EXIT_USAGE = 2, EXIT_INCOMPLETE = 3 };

#define CONFIG_FILE "/etc/harden/harden.yaml"
#define CONFIG_RULES "/etc/harden/rules.d"
#define STATE_FOLDER "/var/lib/harden" /* of --cron; systemd's STATE_DIRECTORY comes first */
#define STATE_FILE "last.json"

/* The outputs that the user asked for, and the state of --cron. */
#define PIPELINE_MAX_OUTPUTS (OPTIONS_MAX_OUTPUTS + 1)

/* What a jailed child tells its parent: a page that both have mapped. */
struct verdict_page {
	struct recording facts;                /* whose facts, and of when */
	bool is_written[PIPELINE_MAX_OUTPUTS]; /* complete, and may be put in place */
	bool is_saved;
};

struct pipeline {
	const struct options *options;
	struct verdict_page *page;
	struct rule_set rules;
	struct given given;
	struct store store;
	bool *wanted; /* by index in the probe registry */
	struct output {
		struct option_output option;
		struct file_out file;
		FILE *stream;
		struct report_style style;
	} outputs[PIPELINE_MAX_OUTPUTS];
	size_t output_count;
	char *state_path; /* of --cron; NULL: not asked for */
	struct file_out save;
	int replay_fd;
	struct buf host_file; /* of a recording */
	struct buf facts;
};

void pipeline_init(struct pipeline *pipeline, const struct options *options);
void pipeline_done(struct pipeline *pipeline);

/* The user whose own files are no surprise: who called, also by way of sudo(8). */
unsigned pipeline_caller(void);

/* Reads the files that the options name; the bytes stay unread. */
int pipeline_read_given(struct pipeline *pipeline, struct err *err) MUST_CHECK;

/* Loads and selects the rules. */
int pipeline_load_rules(struct pipeline *pipeline, struct err *err) MUST_CHECK;

/* Makes the empty tables, and readies the store for rules. */
int pipeline_open_store(struct pipeline *pipeline, struct err *err) MUST_CHECK;

/* Collects the wanted tables, or takes them from --facts. */
int pipeline_collect(struct pipeline *pipeline, int record_fd, struct err *err) MUST_CHECK;

/*
 * Runs `work` in a forked child after jail_enter(); what is open of ours stays open. Returns its
 * exit status, or -1 when it was killed.
 */
int pipeline_jailed(struct pipeline *pipeline, int (*work)(struct pipeline *, const void *),
		    const void *argument, struct err *err);

/* `harden audit`: all of it. Returns the exit status. */
int pipeline_audit(struct pipeline *pipeline);

/* Prints "harden: TEXT" to standard error. */
void complain(const struct err *err);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line. Every option may stand with every command and means the same with each.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/err.h"

#define OPTIONS_MAX_LIST 64
#define OPTIONS_MAX_OUTPUTS 16

/* The values of an option that may be given several times. */
struct option_list {
	const char *items[OPTIONS_MAX_LIST];
	size_t count;
};

struct option_output {
	const char *format;
	const char *path; /* NULL: standard output */
};

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct options {
	const char *command;         /* "audit" when none is given */
	const char *const *operands; /* what stands behind the command */
	size_t operand_count;

	struct option_list intents;
	struct option_list composes;
	struct option_list env_files;
	struct option_output outputs[OPTIONS_MAX_OUTPUTS];
	size_t output_count;
	const char *fail_on;
	const char *baseline;
	bool fail_on_new;
	struct option_list only;
	struct option_list skip;
	struct option_list rules;
	const char *replay;
	const char *save;
	const char *facts;
	const char *to; /* the five of reach */
	const char *from;
	const char *iif;
	const char *netns;
	struct option_list rulesets;
	int timeout_ms;
	bool cron;
	enum color_choice color;
	bool quiet;
	unsigned verbose;
	bool help;
	bool version;
};

/* The strings of the result are those of argv, which is permuted as getopt_long(3) does. */
int options_parse(int argc, char **argv, struct options *out, struct err *err) MUST_CHECK;

/* Lines for --help, one for each option. */
extern const char options_help[];

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * harden: is this host exactly as open as its owner meant it to be? The table of commands, and
 * main(). The stages are audit/ (facts), rules/ (findings) and reports/; pipeline.h joins them.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "audit/nursery.h"
#include "audit/reach.h"
#include "commands.h"
#include "lib/own.h"
#include "pipeline.h"

static int command_audit(struct pipeline *pipeline);
static int command_help(struct pipeline *pipeline);

static const struct command {
	const char *name;
	const char *arguments; /* as --help shows them */
	const char *about;
	size_t operands_min;
	size_t operands_max;
	int (*run)(struct pipeline *pipeline);
} commands[] = {
    {"audit", "", "audit this host (the default)", 0, 0, command_audit},
    {"reach", "", "who can get to --to ADDR:PORT, and which rule decides", 0, 0, command_reach},
    {"query", "SQL", "one SELECT over this host's facts", 1, 1, command_query},
    {"tables", "[NAME]", "the tables of facts, or the columns of one", 0, 1, command_tables},
    {"rules", "[ID]", "the rules, or all about one", 0, 1, command_rules},
    {"record", "DIR", "save all that the probes read, for --replay", 1, 1, command_record},
    {"help", "", "this page", 0, 0, command_help},
};

static int command_audit(struct pipeline *pipeline)
{
	return pipeline_audit(pipeline);
}

static int print_help(void)
{
	(void)puts("usage: harden [COMMAND] [OPTION...]\n\n"
		   "Is this host exactly as open as its owner meant it to be?\n");
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		(void)printf("  harden %-7s %-8s %s\n", commands[i].name, commands[i].arguments,
			     commands[i].about);
	(void)printf("\n%s\nformats:\n", options_help);
	for (const struct report_entry *entry = report_registry; entry->name; entry++)
		(void)printf("  %-24s %s\n", entry->name, entry->format->about);
	(void)puts("\nexit status: 0 nothing at or above --fail-on; 1 the gate fails; 2 usage or "
		   "configuration;\n             3 something could not be seen. See harden(8).");
	return fflush(stdout) == 0 ? EXIT_OK : EXIT_USAGE;
}

static int command_help(struct pipeline *pipeline)
{
	(void)pipeline;
	return print_help();
}

static int run_command(struct options *options)
{
	const struct command *command = commands;
	struct pipeline pipeline;
	struct err err;
	int status;

	while (command < commands + ARRAY_LEN(commands) &&
	       strcmp(command->name, options->command) != 0)
		command++;
	if (command == commands + ARRAY_LEN(commands)) {
		(void)err_set(&err, "there is no command \"%s\": see harden --help",
			      options->command);
		complain(&err);
		return EXIT_USAGE;
	}
	if (options->operand_count < command->operands_min ||
	    options->operand_count > command->operands_max) {
		(void)fprintf(stderr, "usage: harden %s %s\n", command->name, command->arguments);
		return EXIT_USAGE;
	}
	pipeline_init(&pipeline, options);
	status = command->run(&pipeline);
	pipeline_done(&pipeline);
	return status;
}

/* The wait for the probes ends with EINTR, and what was begun is cleaned up on the way out. */
static void on_interrupt(int signal)
{
	(void)signal;
}

static int set_signals(struct err *err)
{
	struct sigaction interrupt = {.sa_handler = on_interrupt};
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct sigaction usual = {.sa_handler = SIG_DFL};
	struct sigaction hangup;

	if (sigaction(SIGINT, &interrupt, NULL) < 0 || sigaction(SIGTERM, &interrupt, NULL) < 0 ||
	    sigaction(SIGPIPE, &ignore, NULL) < 0 || sigaction(SIGHUP, NULL, &hangup) < 0 ||
	    /* not when nohup(1) started us */
	    (hangup.sa_handler != SIG_IGN && sigaction(SIGHUP, &interrupt, NULL) < 0) ||
	    /* ignored by whoever started us, no child would have a status to wait for */
	    sigaction(SIGCHLD, &usual, NULL) < 0)
		return err_sys(err, "sigaction");
	return 0;
}

int main(int argc, char **argv)
{
	static const struct probe_entry *const registries[] = {probe_registry, reach_registry,
							       NULL};
	struct options options;
	struct err err;

	if (argc == 2 && strcmp(argv[1], "--nursery") == 0) /* main's own: see nursery.h */
		return nursery_main(registries);
	if (set_signals(&err) < 0 || options_parse(argc, argv, &options, &err) < 0) {
		complain(&err);
		return EXIT_USAGE;
	}
	if (options.version) {
		(void)puts("harden " VERSION);
		return EXIT_OK;
	}
	if (options.help)
		return print_help();
	return run_command(&options);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: see options.h. */
#include "options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "lib/span.h"
#include "reports/report.h"

#define DEFAULT_TIMEOUT_S 10
#define MAX_TIMEOUT_S 3600

enum long_only {
	OPT_FAIL_ON = 256,
	OPT_ENV_FILE,
	OPT_BASELINE,
	OPT_FAIL_ON_NEW,
	OPT_ONLY,
	OPT_SKIP,
	OPT_RULES,
	OPT_REPLAY,
	OPT_SAVE,
	OPT_FACTS,
	OPT_TO,
	OPT_FROM,
	OPT_IIF,
	OPT_NETNS,
	OPT_RULESET,
	OPT_TIMEOUT,
	OPT_CRON,
	OPT_COLOR,
	OPT_VERSION
};

static const struct option long_options[] = {
    {"intent", required_argument, NULL, 'i'},
    {"compose", required_argument, NULL, 'c'},
    {"env-file", required_argument, NULL, OPT_ENV_FILE},
    {"output", required_argument, NULL, 'o'},
    {"fail-on", required_argument, NULL, OPT_FAIL_ON},
    {"baseline", required_argument, NULL, OPT_BASELINE},
    {"fail-on-new", no_argument, NULL, OPT_FAIL_ON_NEW},
    {"only", required_argument, NULL, OPT_ONLY},
    {"skip", required_argument, NULL, OPT_SKIP},
    {"rules", required_argument, NULL, OPT_RULES},
    {"replay", required_argument, NULL, OPT_REPLAY},
    {"save", required_argument, NULL, OPT_SAVE},
    {"facts", required_argument, NULL, OPT_FACTS},
    {"to", required_argument, NULL, OPT_TO},
    {"from", required_argument, NULL, OPT_FROM},
    {"iif", required_argument, NULL, OPT_IIF},
    {"netns", required_argument, NULL, OPT_NETNS},
    {"ruleset", required_argument, NULL, OPT_RULESET},
    {"timeout", required_argument, NULL, OPT_TIMEOUT},
    {"cron", no_argument, NULL, OPT_CRON},
    {"color", required_argument, NULL, OPT_COLOR},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

const char options_help[] =
    "  -i, --intent FILE        what is meant to be open: describe-security-groups,\n"
    "                           terraform show -json, or harden.yaml; repeatable\n"
    "  -c, --compose FILE|DIR   what is about to start: a Compose file; repeatable, merged\n"
    "                           as docker compose merges; or a folder, where it would look\n"
    "      --env-file FILE      with --compose: variables, in the place of .env; repeatable\n"
    "  -o, --output FORMAT[=FILE]  report, to standard output or a file; repeatable\n"
    "      --fail-on SEVERITY   critical, high (default), medium, low or none\n"
    "      --baseline FILE      an earlier JSON report: says what is new since\n"
    "      --fail-on-new        with --baseline: only what is new fails the gate\n"
    "      --only GLOB          these rules alone; repeatable\n"
    "      --skip GLOB          not these rules; repeatable\n"
    "      --rules DIR          more rules, AREA/NAME.sql; repeatable\n"
    "      --replay DIR         a host that `harden record` saved, not this one\n"
    "      --save FILE          keep the facts as an SQLite file\n"
    "      --facts FILE         judge facts that --save kept, and collect none\n"
    "      --to ADDR:PORT[/udp]  reach: what is to be reached, by TCP or UDP\n"
    "      --from ADDR          reach: from this source alone\n"
    "      --iif NAME           reach: by way of this interface alone\n"
    "      --netns NAME|PID     reach: in this network namespace, not the host's\n"
    "      --ruleset FILE       reach: by this ruleset, which is not applied, in the place\n"
    "                           of the live one: of nft or iptables-save; repeatable\n"
    "      --timeout SECONDS    for each table of facts (10)\n"
    "      --cron               say nothing unless something changed since last time\n"
    "      --color WHEN         auto, always or never\n"
    "  -q, --quiet              one line a finding\n"
    "  -v, --verbose            what passed and what was read, too\n"
    "  -h, --help               this page\n"
    "      --version            the version\n";

static int add(struct option_list *list, const char *name, const char *value, struct err *err)
{
	if (list->count == OPTIONS_MAX_LIST)
		return err_set(err, "--%s: more than %d times", name, OPTIONS_MAX_LIST);
	list->items[list->count++] = value;
	return 0;
}

static int set_once(const char **out, const char *name, const char *value, struct err *err)
{
	if (*out)
		return err_set(err, "--%s: given twice", name);
	if (value[0] == '\0')
		return err_set(err, "--%s: needs a name", name);
	*out = value;
	return 0;
}

static bool is_format(const char *name)
{
	for (const struct report_entry *entry = report_registry; entry->name; entry++)
		if (strcmp(entry->name, name) == 0)
			return true;
	return false;
}

static int add_output(struct options *options, char *value, struct err *err)
{
	struct option_output *output = &options->outputs[options->output_count];
	char *equals = strchr(value, '=');

	if (options->output_count == OPTIONS_MAX_OUTPUTS)
		return err_set(err, "--output: more than %d times", OPTIONS_MAX_OUTPUTS);
	if (equals)
		*equals = '\0';
	*output = (struct option_output){value, equals ? equals + 1 : NULL};
	if (output->path && strcmp(output->path, "-") == 0) /* as everywhere: standard output */
		output->path = NULL;
	if (!is_format(output->format))
		return err_set(err, "--output: there is no format \"%s\": see --help",
			       output->format);
	if (output->path && output->path[0] == '\0')
		return err_set(err, "--output %s=: needs a file name", output->format);
	for (size_t i = 0; i < options->output_count; i++) {
		const char *other = options->outputs[i].path;

		if (!output->path && !other)
			return err_set(err,
				       "--output: two reports to standard output: give one "
				       "a file, as in --output %s=FILE",
				       output->format);
		if (output->path && other && strcmp(output->path, other) == 0)
			return err_set(err, "--output: two reports to %s", other);
	}
	options->output_count++;
	return 0;
}

static int set_fail_on(struct options *options, const char *value, struct err *err)
{
	enum severity severity;

	if (strcmp(value, "none") != 0 &&
	    (severity_parse(value, &severity) < 0 || severity == SEVERITY_INFO))
		return err_set(err, "--fail-on: \"%s\" is not critical, high, medium, low or none",
			       value);
	options->fail_on = value;
	return 0;
}

static int set_color(struct options *options, const char *value, struct err *err)
{
	static const char *const names[] = {"auto", "always", "never"};

	for (unsigned i = 0; i < 3; i++)
		if (strcmp(value, names[i]) == 0) {
			options->color = (enum color_choice)i;
			return 0;
		}
	return err_set(err, "--color: \"%s\" is not auto, always or never", value);
}

static int set_timeout(struct options *options, const char *value, struct err *err)
{
	uint64_t seconds;

	if (span_uint(span_of(value), MAX_TIMEOUT_S, &seconds) < 0 || seconds == 0)
		return err_set(err, "--timeout: \"%s\" is not a number of seconds from 1 to %d",
			       value, MAX_TIMEOUT_S);
	options->timeout_ms = (int)seconds * 1000;
	return 0;
}

/* Options without a value. */
static void set_flag(struct options *options, int option)
{
	switch (option) {
	case OPT_FAIL_ON_NEW:
		options->fail_on_new = true;
		break;
	case OPT_CRON:
		options->cron = true;
		break;
	case 'q':
		options->quiet = true;
		break;
	case 'v':
		options->verbose++;
		break;
	case 'h':
		options->help = true;
		break;
	default:
		options->version = true;
	}
}

/* What getopt_long(3) would print itself, without a look at what bytes it prints. */
static int refuse(int option, const char *word, struct err *err)
{
	char letter[] = {'-', (char)optopt, '\0'};

	if (optopt > 0 && optopt < 256) /* one of a cluster, as -qx */
		word = letter;
	if (option == ':')
		return err_set(err, "%s: needs a value: see harden --help", word);
	return err_set(err, "%s: there is no such option: see harden --help", word);
}

static int set_option(struct options *options, int option, char *value, struct err *err)
{
	switch (option) {
	case 'i':
		return add(&options->intents, "intent", value, err);
	case 'c':
		return add(&options->composes, "compose", value, err);
	case OPT_ENV_FILE:
		return add(&options->env_files, "env-file", value, err);
	case 'o':
		return add_output(options, value, err);
	case OPT_FAIL_ON:
		return set_fail_on(options, value, err);
	case OPT_BASELINE:
		return set_once(&options->baseline, "baseline", value, err);
	case OPT_ONLY:
		return add(&options->only, "only", value, err);
	case OPT_SKIP:
		return add(&options->skip, "skip", value, err);
	case OPT_RULES:
		return add(&options->rules, "rules", value, err);
	case OPT_REPLAY:
		return set_once(&options->replay, "replay", value, err);
	case OPT_SAVE:
		return set_once(&options->save, "save", value, err);
	case OPT_FACTS:
		return set_once(&options->facts, "facts", value, err);
	case OPT_TO:
		return set_once(&options->to, "to", value, err);
	case OPT_FROM:
		return set_once(&options->from, "from", value, err);
	case OPT_IIF:
		return set_once(&options->iif, "iif", value, err);
	case OPT_NETNS:
		return set_once(&options->netns, "netns", value, err);
	case OPT_RULESET:
		return add(&options->rulesets, "ruleset", value, err);
	case OPT_TIMEOUT:
		return set_timeout(options, value, err);
	case OPT_COLOR:
		return set_color(options, value, err);
	default:
		set_flag(options, option);
		return 0;
	}
}

static int check_together(const struct options *options, struct err *err)
{
	bool asks = options->to || options->from || options->iif || options->netns ||
		    options->rulesets.count > 0;

	if (asks && strcmp(options->command, "reach") != 0)
		return err_set(err, "--to, --from, --iif, --netns and --ruleset: ask with "
				    "harden reach");
	if (options->facts && options->replay)
		return err_set(err, "--facts and --replay: one of them");
	if (options->facts && options->intents.count > 0)
		return err_set(err, "--facts: the facts hold the intent they were collected with, "
				    "and --intent cannot change it");
	if (options->facts && options->composes.count > 0)
		return err_set(err, "--facts: the facts hold the Compose files they were collected "
				    "with, and --compose cannot change them");
	if (options->env_files.count > 0 && options->composes.count == 0)
		return err_set(err, "--env-file: has variables for Compose files: name them, or "
				    "their folder, with --compose");
	if (options->fail_on_new && !options->baseline && !options->cron)
		return err_set(err, "--fail-on-new: needs --baseline FILE to know what is new");
	return 0;
}

int options_parse(int argc, char **argv, struct options *out, struct err *err)
{
	int option;

	*out = (struct options){
	    .command = "audit", .fail_on = "high", .timeout_ms = DEFAULT_TIMEOUT_S * 1000};
	while ((option = getopt_long(argc, argv, ":i:c:o:qvh", long_options, NULL)) != -1) {
		if (option == '?' || option == ':')
			return refuse(option, argv[optind - 1], err);
		if (set_option(out, option, optarg, err) < 0)
			return -1;
	}
	if (optind < argc)
		out->command = argv[optind++];
	out->operands = (const char *const *)argv + optind;
	out->operand_count = (size_t)(argc - optind);
	if (out->output_count == 0)
		out->outputs[out->output_count++].format = "text";
	return check_together(out, err);
}

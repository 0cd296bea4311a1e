/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What ACL GETUSER says: see redis_acl.h. Rules are applied from left to right, as
 * ACLSetSelector() of redis/src/acl.c does. Of one command that is exact, since its categories are
 * known; of "any command that writes" it is not, and then the answer is "unknown".
 */
#include "audit/talk/redis_acl.h"

#include <string.h>
#include <strings.h>

#include "audit/talk/keep.h"
#include "audit/talk/resp.h"
#include "lib/own.h"

/* A command that stands for what it can do, and its categories: redis/src/commands/NAME.json. */
struct deed {
	const char *command;
	const char *subcommand; /* NULL: has none */
	const char *categories[5];
	/* What others do as well: the category that holds them all, and the beginnings of names. */
	const char *all_kin;
	const char *kin[4];
};

static const struct deed config_set = {
    .command = "config", .subcommand = "set", .categories = {"admin", "slow", "dangerous"}};
static const struct deed eval = {.command = "eval",
				 .categories = {"slow", "scripting"},
				 .all_kin = "scripting",
				 .kin = {"eval", "fcall", "script"}};
static const struct deed set = {
    .command = "set", .categories = {"write", "string", "slow"}, .all_kin = "write", .kin = {""}};

/* Categories and commands that cannot write a key, whatever the version. */
static const char *const harmless[] = {
    "@read",   "@connection", "@pubsub", "ping", "info",    "get",    "mget",    "exists",
    "echo",    "command",     "select",  "auth", "hello",   "ttl",    "client",  "type",
    "strlen",  "getrange",    "config",  "acl",  "dbsize",  "role",   "cluster", "subscribe",
    "publish", "quit",        "keys",    "scan", "slowlog", "latency"};

/* What a list of rules comes to, for one deed. */
struct state {
	bool is_granted;
	bool may_have_kin;
};

static bool is_word(struct span word, const char *name)
{
	size_t len = strlen(name);

	return word.len == len && strncasecmp(word.data, name, len) == 0;
}

static bool begins(struct span word, const char *name)
{
	size_t len = strlen(name);

	return word.len >= len && strncasecmp(word.data, name, len) == 0;
}

/* "config" of "config|get" */
static struct span command_of(struct span rule)
{
	struct span command = rule;

	(void)span_cut(&rule, '|', &command); /* false leaves it empty, as it was */
	return command;
}

static bool has_category(const struct deed *deed, struct span category)
{
	for (size_t i = 0; i < ARRAY_LEN(deed->categories) && deed->categories[i]; i++)
		if (is_word(category, deed->categories[i]))
			return true;
	return false;
}

/* Does the rule behind its sign hold this very deed? */
static bool is_about(const struct deed *deed, struct span rule)
{
	struct span command = command_of(rule);

	if (rule.len > 0 && rule.data[0] == '@')
		return has_category(deed, (struct span){rule.data + 1, rule.len - 1});
	if (!is_word(command, deed->command))
		return false;
	if (command.len == rule.len)
		return true;
	return deed->subcommand &&
	       is_word((struct span){rule.data + command.len + 1, rule.len - command.len - 1},
		       deed->subcommand);
}

static bool is_harmless(struct span rule)
{
	struct span command = command_of(rule);

	for (size_t i = 0; i < ARRAY_LEN(harmless); i++)
		if (is_word(command, harmless[i]))
			return true;
	return false;
}

/* Could the rule grant something that is as good as the deed? */
static bool may_be_kin(const struct deed *deed, struct span rule)
{
	if (!deed->all_kin || is_harmless(rule))
		return false;
	if (rule.len > 0 && rule.data[0] == '@')
		return true;
	for (size_t i = 0; i < ARRAY_LEN(deed->kin) && deed->kin[i]; i++)
		if (begins(rule, deed->kin[i]))
			return true;
	return false;
}

static void apply(const struct deed *deed, struct span word, struct state *state)
{
	struct span rule;
	bool is_plus;

	if (is_word(word, "allcommands"))
		word = span_of("+@all");
	if (is_word(word, "nocommands"))
		word = span_of("-@all");
	if (word.len < 2 || (word.data[0] != '+' && word.data[0] != '-'))
		return;
	is_plus = word.data[0] == '+';
	rule = (struct span){word.data + 1, word.len - 1};
	if (is_word(rule, "@all")) {
		*state = (struct state){is_plus, is_plus && deed->all_kin};
		return;
	}
	if (is_about(deed, rule))
		state->is_granted = is_plus;
	if (is_plus)
		state->may_have_kin |= may_be_kin(deed, rule);
	else if (deed->all_kin && rule.data[0] == '@' &&
		 is_word((struct span){rule.data + 1, rule.len - 1}, deed->all_kin))
		state->may_have_kin = false;
}

static enum redis_may judge(const struct deed *deed, struct span rules)
{
	struct state state = {false, false};
	struct span word;

	while (span_word(&rules, &word))
		apply(deed, word, &state);
	if (state.is_granted)
		return REDIS_MAY;
	return state.may_have_kin ? REDIS_MAY_UNKNOWN : REDIS_MAY_NOT;
}

/* What one list of commands and keys grants: the user's own, or a selector's. */
struct grant {
	struct span commands;
	bool has_commands;
	bool has_written_keys;
};

/* "~pattern", "%RW~pattern", and in Redis 6 the pattern alone. */
static bool is_written(struct span pattern)
{
	const char *tilde;

	if (pattern.len == 0 || pattern.data[0] != '%')
		return pattern.len > 0;
	tilde = memchr(pattern.data, '~', pattern.len);
	for (const char *at = pattern.data; tilde && at < tilde; at++)
		if (*at == 'W' || *at == 'w')
			return true;
	return false;
}

static void read_keys(struct grant *grant, struct span value)
{
	struct resp_item item;

	while (resp_next(&value, &item)) {
		struct span text = resp_is_text(&item) ? item.text : (struct span){NULL, 0};
		struct span pattern;

		while (span_word(&text, &pattern))
			grant->has_written_keys |= is_written(pattern);
	}
}

static enum redis_may more(enum redis_may one, enum redis_may other)
{
	if (one == REDIS_MAY || other == REDIS_MAY)
		return REDIS_MAY;
	return one == REDIS_MAY_NOT && other == REDIS_MAY_NOT ? REDIS_MAY_NOT : REDIS_MAY_UNKNOWN;
}

static void take_grant(struct redis_acl *acl, const struct grant *grant, bool is_first)
{
	size_t len = strlen(acl->rules);

	if (!grant->has_commands)
		return;
	if (is_first)
		*acl = (struct redis_acl){true, REDIS_MAY_NOT, REDIS_MAY_NOT, REDIS_MAY_NOT, ""};
	else if (len + 4 < sizeof(acl->rules))
		memcpy(acl->rules + len, " (", 3);
	len = strlen(acl->rules);
	talk_keep(acl->rules + len, sizeof(acl->rules) - len, grant->commands);
	len = strlen(acl->rules);
	if (!is_first && len + 2 < sizeof(acl->rules))
		memcpy(acl->rules + len, ")", 2);
	acl->config = more(acl->config, judge(&config_set, grant->commands));
	acl->eval = more(acl->eval, judge(&eval, grant->commands));
	if (grant->has_written_keys)
		acl->write = more(acl->write, judge(&set, grant->commands));
}

/* Keys and values of one map, or of an array of both; what selectors there are goes to *selectors.
 */
static struct grant read_grant(struct span *rest, uint64_t count, struct span *selectors)
{
	struct grant grant = {0};
	struct resp_item key;
	struct resp_item head;
	struct span value;

	for (uint64_t i = 0; i + 1 < count; i += 2) {
		struct span look;

		if (!resp_next(rest, &key) || key.count > 0 || !resp_skip(rest, &value))
			break;
		look = value;
		if (!resp_next(&look, &head) || !resp_is_text(&key))
			continue;
		if (span_is(key.text, "commands") && resp_is_text(&head)) {
			grant.commands = head.text;
			grant.has_commands = true;
		} else if (span_is(key.text, "keys")) {
			read_keys(&grant, value);
		} else if (span_is(key.text, "selectors")) {
			*selectors = value;
		}
	}
	return grant;
}

void redis_acl_read(struct redis_acl *acl, struct span value)
{
	struct span selectors = {NULL, 0};
	struct span none = {NULL, 0};
	struct resp_item item;
	struct grant grant;

	*acl = (struct redis_acl){0};
	if (!resp_next(&value, &item) || !resp_is_aggregate(&item))
		return;
	grant = read_grant(&value, item.count, &selectors);
	take_grant(acl, &grant, true);
	if (!acl->is_read || !resp_next(&selectors, &item) || !resp_is_aggregate(&item))
		return;
	for (uint64_t left = item.count; left > 0 && resp_next(&selectors, &item); left--) {
		if (!resp_is_aggregate(&item))
			return;
		grant = read_grant(&selectors, item.count, &none);
		take_grant(acl, &grant, false);
	}
}

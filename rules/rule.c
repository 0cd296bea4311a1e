/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads one rule file: a header of `-- key: value` lines, then one SELECT.
 *
 * The header is the run of comment lines at the top. A value goes on in lines that have two blanks
 * or more behind `--` and do not look like a key. The keys are a closed set, so that a mistyped
 * one is an error and not a rule without severity.
 */
#include <string.h>

#include "lib/text.h"
#include "rules/stage.h"

enum key { TITLE, SEVERITY, WHY, FIX, REFS, TAGS, KEY_COUNT };

static const struct {
	const char *name;
	bool is_required;
} keys[KEY_COUNT] = {
    [TITLE] = {"title", true}, [SEVERITY] = {"severity", true}, [WHY] = {"why", true},
    [FIX] = {"fix", false},    [REFS] = {"refs", false},        [TAGS] = {"tags", false},
};

static const char *const severities[SEVERITY_COUNT] = {"info", "low", "medium", "high", "critical"};

/* A rule being read. */
struct reader {
	struct arena *arena;
	const char *origin;
	struct span rest;
	unsigned line; /* of the line read last */
	struct buf value[KEY_COUNT];
	unsigned seen[KEY_COUNT]; /* the line; 0: not yet */
	int key;                  /* what a continuation belongs to; -1: nothing */
};

const char *severity_name(enum severity severity)
{
	return severities[severity];
}

int severity_parse(const char *name, enum severity *out)
{
	for (unsigned i = 0; i < SEVERITY_COUNT; i++) {
		if (strcmp(name, severities[i]) == 0) {
			*out = (enum severity)i;
			return 0;
		}
	}
	return -1;
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {"pass", "fail", "unknown"};

	return names[verdict];
}

bool rule_has_tag(const struct rule *rule, const char *tag)
{
	struct span rest = span_of(rule->tags ? rule->tags : "");
	struct span one;

	while (span_cut(&rest, ',', &one)) {
		if (span_is(span_trim(one), tag))
			return true;
	}
	return false;
}

static bool is_slug_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* One or more of [a-z0-9-]. */
static bool is_slug(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_slug_char(text.data[i]))
			return false;
	}
	return text.len > 0;
}

static bool is_id(const char *id)
{
	struct span name = span_of(id);
	struct span area;

	return span_cut(&name, '/', &area) && is_slug(area) && is_slug(name);
}

/*
 * Cuts "key: value" at its colon; false when `text` is something else. A key is lower-case letters,
 * '_' and '-', and a blank or the line's end comes behind its colon: "http://…" is no key.
 */
static bool cut_key(struct span text, struct span *key, struct span *value)
{
	size_t len = 0;

	while (len < text.len && ((text.data[len] >= 'a' && text.data[len] <= 'z') ||
				  text.data[len] == '-' || text.data[len] == '_'))
		len++;
	if (len == 0 || len == text.len || text.data[len] != ':')
		return false;
	*key = (struct span){text.data, len};
	*value = (struct span){text.data + len + 1, text.len - len - 1};
	if (value->len > 0 && value->data[0] != ' ' && value->data[0] != '\t')
		return false;
	*value = span_trim(*value);
	return true;
}

static int find_key(struct span name)
{
	for (int i = 0; i < KEY_COUNT; i++) {
		if (span_is(name, keys[i].name))
			return i;
	}
	return -1;
}

static int key_line(struct reader *reader, struct span key, struct span value, struct err *err)
{
	int found = find_key(key);

	if (found < 0)
		return err_set(err, "rule %s:%u: unknown header key \"%.*s\"", reader->origin,
			       reader->line, (int)(key.len < 64 ? key.len : 64), key.data);
	if (reader->seen[found])
		return err_set(err, "rule %s:%u: header key \"%s\" stands in line %u already",
			       reader->origin, reader->line, keys[found].name, reader->seen[found]);
	reader->seen[found] = reader->line;
	reader->key = found;
	buf_put(&reader->value[found], value.data, value.len);
	return 0;
}

/* A comment line of the header; `text` is what stands behind its dashes. */
static int header_line(struct reader *reader, struct span text, struct err *err)
{
	struct span trimmed = span_trim(text);
	struct span key;
	struct span value;

	if (cut_key(trimmed, &key, &value))
		return key_line(reader, key, value, err);
	if (reader->key < 0 || trimmed.len == 0 || !span_starts(text, "  "))
		return err_set(err,
			       "rule %s:%u: not \"-- key: value\": put an empty line between the "
			       "header and other comments",
			       reader->origin, reader->line);
	if (reader->value[reader->key].len > 0)
		buf_text(&reader->value[reader->key], " ");
	buf_put(&reader->value[reader->key], trimmed.data, trimmed.len);
	return 0;
}

/* Reads the header and stops before the first line that is no comment. */
static int read_header(struct reader *reader, struct err *err)
{
	while (span_starts(reader->rest, "--")) {
		struct span line;

		if (!span_cut(&reader->rest, '\n', &line))
			break;
		reader->line++;
		line = (struct span){line.data + 2, line.len - 2};
		if (header_line(reader, line, err) < 0)
			return -1;
	}
	for (int i = 0; i < KEY_COUNT; i++) {
		if (keys[i].is_required && !reader->seen[i])
			return err_set(err, "rule %s: header key \"%s\" is missing", reader->origin,
				       keys[i].name);
		if (reader->seen[i] && reader->value[i].len == 0)
			return err_set(err, "rule %s:%u: header key \"%s\" is empty",
				       reader->origin, reader->seen[i], keys[i].name);
	}
	return 0;
}

/* The file is shown by `harden rules ID`, so it must not reach for the terminal. */
static int check_text(const char *origin, struct span text, struct err *err)
{
	struct span line;
	unsigned number = 0;

	if (text.len > RULE_MAX_BYTES)
		return err_set(err, "rule %s: larger than %zu KiB", origin, RULE_MAX_BYTES >> 10);
	while (span_cut(&text, '\n', &line)) {
		struct span part;

		number++;
		while (span_cut(&line, '\t', &part)) {
			if (!text_is_printable(part))
				return err_set(err,
					       "rule %s:%u: control character or invalid UTF-8",
					       origin, number);
		}
	}
	return 0;
}

static const char *value_of(struct reader *reader, enum key key)
{
	return reader->seen[key] ? arena_text(reader->arena, buf_span(&reader->value[key])) : NULL;
}

static int fill_rule(struct reader *reader, struct rule *rule, struct err *err)
{
	const char *severity = value_of(reader, SEVERITY);
	struct span tags = buf_span(&reader->value[TAGS]);
	struct span tag;

	rule->title = value_of(reader, TITLE);
	rule->why = value_of(reader, WHY);
	rule->fix = value_of(reader, FIX);
	rule->refs = value_of(reader, REFS);
	rule->tags = value_of(reader, TAGS);
	if (severity_parse(severity, &rule->severity) < 0)
		return err_set(err,
			       "rule %s:%u: severity \"%.64s\" is not one of critical, high, "
			       "medium, low, info",
			       reader->origin, reader->seen[SEVERITY], severity);
	while (span_cut(&tags, ',', &tag)) {
		if (!is_slug(span_trim(tag)))
			return err_set(err,
				       "rule %s:%u: tags are words of a-z, 0-9 and -, separated by "
				       "commas",
				       reader->origin, reader->seen[TAGS]);
	}
	return 0;
}

static int read_parts(struct reader *reader, struct rule *rule, struct err *err)
{
	if (check_text(reader->origin, reader->rest, err) < 0 || read_header(reader, err) < 0 ||
	    fill_rule(reader, rule, err) < 0)
		return -1;
	rule->sql = arena_text(reader->arena, reader->rest);
	rule->sql_line = reader->line + 1;
	return 0;
}

int rule_read(struct arena *arena, const char *id, const char *origin, struct span text,
	      struct rule **out, struct err *err)
{
	struct reader reader = {.arena = arena, .rest = text, .key = -1};
	struct rule *rule = arena_alloc(arena, 1, sizeof(*rule));
	int result;

	if (!is_id(id))
		return err_set(err, "rule %s: \"%.128s\" is no id: AREA/NAME of a-z, 0-9 and -",
			       origin, id);
	rule->id = arena_text(arena, span_of(id));
	rule->origin = arena_text(arena, span_of(origin));
	rule->is_selected = true;
	reader.origin = rule->origin;
	for (unsigned i = 0; i < KEY_COUNT; i++)
		buf_init(&reader.value[i], RULE_MAX_BYTES);
	result = read_parts(&reader, rule, err);
	for (unsigned i = 0; i < KEY_COUNT; i++)
		buf_done(&reader.value[i]);
	if (result == 0)
		*out = rule;
	return result;
}

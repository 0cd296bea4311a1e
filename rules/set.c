/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of one run: those built in, those of folders, and which of them are selected. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/own.h"
#include "rules/stage.h"

void rules_init(struct rule_set *set)
{
	*set = (struct rule_set){0};
	arena_init(&set->arena, RULES_MAX_MEMORY);
	set->rules = arena_alloc(&set->arena, RULES_MAX, sizeof(struct rule *));
}

void rules_done(struct rule_set *set)
{
	arena_done(&set->arena);
	*set = (struct rule_set){0};
}

/* Where the rule of that id stands, or belongs. */
static size_t place_of(const struct rule_set *set, const char *id)
{
	size_t low = 0;
	size_t high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(set->rules[middle]->id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct rule *rules_find(const struct rule_set *set, const char *id)
{
	size_t at = place_of(set, id);

	return at < set->count && strcmp(set->rules[at]->id, id) == 0 ? set->rules[at] : NULL;
}

int rules_load_text(struct rule_set *set, const char *id, const char *origin, struct span text,
		    struct err *err)
{
	struct rule *rule;
	size_t at;

	if (rule_read(&set->arena, id, origin, text, &rule, err) < 0)
		return -1;
	at = place_of(set, id);
	if (at == set->count || strcmp(set->rules[at]->id, id) != 0) {
		if (set->count == RULES_MAX)
			return err_set(err, "rule %s: more than %u rules", origin, RULES_MAX);
		memmove(&set->rules[at + 1], &set->rules[at],
			(set->count - at) * sizeof(struct rule *));
		set->count++;
	}
	set->rules[at] = rule;
	return 0;
}

/* `name` without the ".sql" at its end. */
static char *without_suffix(const char *name)
{
	return xasprintf("%.*s", (int)(strlen(name) - strlen(".sql")), name);
}

int rules_load_builtin(struct rule_set *set, struct err *err)
{
	for (const struct rule_source *source = rule_sources; source->path; source++) {
		auto_free char *id = without_suffix(source->path);
		auto_free char *origin = xasprintf("built-in:%s", source->path);

		if (rules_load_text(set, id, origin, (struct span){source->text, source->len},
				    err) < 0)
			return -1;
	}
	return 0;
}

/* A folder of rules being loaded. */
struct folder {
	struct rule_set *set;
	unsigned trusted_uid;
	bool check_writable;
};

static int check_owner(const struct folder *folder, const char *path, struct err *err)
{
	auto_free char *reason = NULL;

	if (!folder->check_writable)
		return 0;
	reason = file_writable_by_others(path, folder->trusted_uid);
	if (reason)
		return err_set(err, "rule %s: %s: refused while running as root", path, reason);
	return 0;
}

static int load_file(const struct folder *folder, const char *path, const char *area,
		     const char *name, struct err *err)
{
	auto_free char *slug = without_suffix(name);
	auto_free char *id = xasprintf("%s/%s", area, slug);
	auto_buf struct buf text;
	struct stat meta;

	buf_init(&text, RULE_MAX_BYTES);
	if (check_owner(folder, path, err) < 0)
		return -1;
	if (file_read(path, &text, &meta, err) < 0)
		return err_in(err, "rule");
	return rules_load_text(folder->set, id, path, buf_span(&text), err);
}

/* Hidden files are an editor's or a version control's, never rules. */
static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

typedef int visit_fn(const struct folder *folder, const char *path, const char *area,
		     const char *name, struct err *err);

/* Calls `visit` with each entry, by name, until one fails. */
static int each_entry(const struct folder *folder, const char *dir, const char *area,
		      visit_fn *visit, struct err *err)
{
	struct dirent **entries = NULL;
	int count = scandir(dir, &entries, is_shown, by_bytes);
	int result = 0;

	if (count < 0)
		return err_sys(err, "rules %s", dir);
	for (int i = 0; i < count; i++) {
		auto_free char *path = xasprintf("%s/%s", dir, entries[i]->d_name);

		if (result == 0)
			result = visit(folder, path, area, entries[i]->d_name, err);
		free(entries[i]);
	}
	free(entries);
	return result;
}

static int visit_rule(const struct folder *folder, const char *path, const char *area,
		      const char *name, struct err *err)
{
	struct stat meta;

	if (stat(path, &meta) < 0)
		return err_sys(err, "rule %s", path);
	if (S_ISDIR(meta.st_mode))
		return err_set(err, "rules %s: folders nest too deep: a rule is AREA/NAME.sql",
			       path);
	return span_ends(span_of(name), ".sql") ? load_file(folder, path, area, name, err) : 0;
}

static int visit_area(const struct folder *folder, const char *path, const char *area,
		      const char *name, struct err *err)
{
	struct stat meta;

	(void)area; /* there is none above an area */
	if (stat(path, &meta) < 0)
		return err_sys(err, "rules %s", path);
	if (S_ISDIR(meta.st_mode)) {
		if (check_owner(folder, path, err) < 0)
			return -1;
		return each_entry(folder, path, name, visit_rule, err);
	}
	if (span_ends(span_of(name), ".sql"))
		return err_set(err, "rule %s: lies in no area: a rule is AREA/NAME.sql", path);
	return 0;
}

int rules_load_folder(struct rule_set *set, const char *dir, unsigned trusted_uid,
		      bool check_writable, struct err *err)
{
	struct folder folder = {
	    .set = set, .trusted_uid = trusted_uid, .check_writable = check_writable};

	if (access(dir, R_OK | X_OK) < 0)
		return err_sys(err, "rules %s", dir);
	if (check_owner(&folder, dir, err) < 0)
		return -1;
	return each_entry(&folder, dir, NULL, visit_area, err);
}

static bool matches_any(const struct rule *rule, const char *const *globs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (fnmatch(globs[i], rule->id, 0) == 0)
			return true;
	}
	return false;
}

static int check_globs(const struct rule_set *set, const char *option, const char *const *globs,
		       size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		bool is_found = false;

		for (size_t j = 0; j < set->count && !is_found; j++)
			is_found = matches_any(set->rules[j], &globs[i], 1);
		if (!is_found)
			return err_set(err, "%s %s: no rule matches; `harden rules` lists them",
				       option, globs[i]);
	}
	return 0;
}

int rules_select(struct rule_set *set, const char *const *only, size_t only_count,
		 const char *const *skip, size_t skip_count, struct err *err)
{
	bool is_any = set->count == 0;

	if (check_globs(set, "--only", only, only_count, err) < 0 ||
	    check_globs(set, "--skip", skip, skip_count, err) < 0)
		return -1;
	for (size_t i = 0; i < set->count; i++) {
		struct rule *rule = set->rules[i];

		rule->is_selected = (only_count == 0 || matches_any(rule, only, only_count)) &&
				    !matches_any(rule, skip, skip_count);
		is_any |= rule->is_selected;
	}
	if (!is_any)
		return err_set(err, "--only and --skip leave no rule: nothing would be looked at");
	return 0;
}

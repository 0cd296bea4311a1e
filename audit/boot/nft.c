/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Which chains a file of nft -f declares. Of its grammar (src/parser_bison.y) only what
 * makes and removes tables and chains is understood; all else is skipped to the end of its
 * statement, with its braces.
 */
#include <fnmatch.h>
#include <string.h>

#include "audit/boot/boot.h"
#include "audit/boot/lex.h"
#include "lib/own.h"

#define MAX_WORDS 6U

struct table {
	const char *family;
	const char *name;
};

struct reader {
	struct boot_ruleset *ruleset;
	const struct boot_file *file;
	const char *included_by;
	unsigned depth;
	struct lexer lexer;
	struct boot_row *row; /* of the file itself */
};

static int read_file(struct reader *reader, const struct table *table);

static int refuse(const struct reader *reader, unsigned line, const char *what)
{
	host_incomplete(reader->ruleset->files->host, COVERAGE_ERROR, "%s:%u: %s",
			reader->file->path, line, what);
	return -1;
}

static void miss(const struct reader *reader, unsigned line, const char *what)
{
	host_incomplete(reader->ruleset->files->host, COVERAGE_PARTIAL, "%s:%u: %s",
			reader->file->path, line, what);
}

/* To the end of the statement; a brace that closes what stands around it is left there. */
static int skip_statement(struct reader *reader)
{
	struct lexer *lexer = &reader->lexer;
	unsigned depth = 0;
	unsigned opened = 0; /* line of the outermost brace */

	for (;; lex_next(lexer)) {
		switch (lexer->type) {
		case LEX_OPEN:
			if (depth++ == 0)
				opened = lexer->line;
			break;
		case LEX_CLOSE:
			if (depth == 0)
				return 0;
			depth--;
			break;
		case LEX_SEPARATOR:
			if (depth == 0)
				return 0;
			break;
		case LEX_END:
			if (depth > 0 && !reader->file->is_cut)
				return refuse(reader, opened, "a brace is not closed");
			return 0;
		case LEX_BAD:
			return refuse(reader, lexer->line, "a string is not closed");
		case LEX_WORD:
		case LEX_STRING:
			break;
		}
	}
}

static bool is_family(struct span word)
{
	static const char *const names[] = {"ip", "ip6", "inet", "arp", "bridge", "netdev"};

	for (unsigned i = 0; i < ARRAY_LEN(names); i++)
		if (span_is(word, names[i]))
			return true;
	return false;
}

/* A name as nft takes it: not what stands for one (`$x`), and no number of one. */
static bool is_name(struct span word)
{
	return word.len > 0 && word.data[0] != '$' && !span_is(word, "handle") && !is_family(word);
}

/* [FAMILY] TABLE [CHAIN]; `count` of names. The family left out is ip (nft(8), ADDRESS FAMILIES) */
static bool read_names(const struct reader *reader, const struct span *words, unsigned count,
		       const char **out)
{
	struct arena *arena = host_arena(reader->ruleset->files->host);
	bool has_family = is_family(words[0]);

	out[0] = has_family ? arena_text(arena, words[0]) : "ip";
	words += has_family;
	for (unsigned i = 0; i < count; i++) {
		if (!is_name(words[i]))
			return false;
		out[i + 1] = arena_text(arena, words[i]);
	}
	return true;
}

static void add_chain(struct reader *reader, const struct table *table, const char *name,
		      unsigned line)
{
	(void)boot_add_chain(reader->ruleset, &(struct boot_row){.file = reader->file->path,
								 .included_by = reader->included_by,
								 .family = table->family,
								 .table = table->name,
								 .chain = name,
								 .line = line});
}

static int include(struct reader *reader, const char *path, const struct table *table)
{
	const struct boot_file *file = boot_readable(reader->ruleset->files, path);
	struct reader inner = {.ruleset = reader->ruleset,
			       .file = file,
			       .depth = reader->depth + 1,
			       .included_by =
				   reader->included_by ? reader->included_by : reader->file->path};

	if (!file)
		return 0;
	return read_file(&inner, table);
}

/* As include_glob() of src/scanner.l: in order, without folders and hidden files. */
static int include_all(struct reader *reader, const char *pattern, const struct table *table)
{
	(void)boot_readable(reader->ruleset->files, pattern); /* is the folder itself to be seen? */
	for (const struct boot_file *at = reader->ruleset->files->first; at; at = at->next) {
		if (fnmatch(pattern, at->path, FNM_PATHNAME | FNM_PERIOD) != 0)
			continue;
		if (include(reader, at->path, table) < 0)
			return -1;
	}
	return 0;
}

static int read_include(struct reader *reader, const struct table *table)
{
	struct lexer *lexer = &reader->lexer;
	unsigned line = lexer->line;
	const struct boot_files *files = reader->ruleset->files;
	const char *path;

	if (lexer->type != LEX_STRING)
		return refuse(reader, line, "include without a path in quotes");
	path = boot_include_path(files, lexer->text);
	if (!path) {
		miss(reader, line, "it includes what is not read: see harden tables boot_rulesets");
		return skip_statement(reader);
	}
	if (reader->depth >= BOOT_MAX_DEPTH)
		return refuse(reader, line, "too many includes, one in the other");
	if (boot_is_pattern(path)) {
		if (include_all(reader, path, table) < 0)
			return -1;
	} else if (!boot_find(files, path)) {
		return refuse(reader, line, "it includes a file that is not there");
	} else if (include(reader, path, table) < 0) {
		return -1;
	}
	return skip_statement(reader);
}

/* The words up to a string, a brace or the end. What has more is of no interest. */
static unsigned take_words(struct reader *reader, struct span *words)
{
	struct lexer *lexer = &reader->lexer;
	unsigned count = 0;

	for (; lexer->type == LEX_WORD && count < MAX_WORDS; lex_next(lexer))
		words[count++] = lexer->text;
	return count;
}

static int read_block(struct reader *reader, const struct table *table, unsigned opened);

static int read_table(struct reader *reader, const struct span *words, unsigned line)
{
	const char *names[2];
	struct table table;

	if (!read_names(reader, words, 1, names)) {
		miss(reader, line, "the name of a table is not understood");
		return skip_statement(reader);
	}
	if (reader->lexer.type != LEX_OPEN)
		return skip_statement(reader);
	table = (struct table){names[0], names[1]};
	lex_next(&reader->lexer);
	return read_block(reader, &table, line);
}

static int read_chain(struct reader *reader, const struct span *words, unsigned line)
{
	const char *names[3];

	if (read_names(reader, words, 2, names))
		add_chain(reader, &(struct table){names[0], names[1]}, names[2], line);
	else
		miss(reader, line, "the name of a chain is not understood");
	return skip_statement(reader);
}

/* delete, destroy: table or chain; of other things there are none here. */
static int read_delete(struct reader *reader, const struct span *words, unsigned line)
{
	bool is_chain = span_is(words[0], "chain");
	const char *names[3] = {0};

	if (!is_chain && !span_is(words[0], "table"))
		return skip_statement(reader);
	if (read_names(reader, words + 1, is_chain ? 2 : 1, names))
		boot_remove(reader->ruleset, names[0], names[1], names[2]);
	else
		miss(reader, line, "what is deleted is not understood");
	return skip_statement(reader);
}

static int read_flush(struct reader *reader, const struct span *words, unsigned line)
{
	struct arena *arena = host_arena(reader->ruleset->files->host);

	if (span_is(words[0], "ruleset")) {
		const char *family = is_family(words[1]) ? arena_text(arena, words[1]) : NULL;

		boot_remove(reader->ruleset, family, NULL, NULL);
		if (!reader->row->flushes || !family) {
			reader->row->line = line;
			reader->row->family = family;
		}
		reader->row->flushes = true;
	}
	return skip_statement(reader);
}

/* A statement that stands in no table. */
static int read_command(struct reader *reader)
{
	struct span words[MAX_WORDS + 3] = {0}; /* the last ones stay empty */
	const struct span *object = words;
	unsigned line = reader->lexer.line;
	unsigned count = take_words(reader, words);

	if (count == 0) {
		miss(reader, line, "what this means is not understood");
		return skip_statement(reader);
	}
	if (span_is(words[0], "include"))
		return read_include(reader, NULL);
	if (span_is(words[0], "flush"))
		return read_flush(reader, words + 1, line);
	if (span_is(words[0], "delete") || span_is(words[0], "destroy"))
		return read_delete(reader, words + 1, line);
	if (span_is(words[0], "rename"))
		miss(reader, line, "a chain that is renamed is not followed");
	if (span_is(words[0], "add") || span_is(words[0], "create"))
		object++;
	if (span_is(*object, "table"))
		return read_table(reader, object + 1, line);
	if (span_is(*object, "chain"))
		return read_chain(reader, object + 1, line);
	return skip_statement(reader);
}

static int read_member(struct reader *reader, const struct table *table)
{
	struct span words[MAX_WORDS + 3] = {0};
	unsigned line = reader->lexer.line;
	unsigned count = take_words(reader, words);

	if (count > 0 && span_is(words[0], "include"))
		return read_include(reader, table);
	if (count > 0 && span_is(words[0], "chain")) {
		if (is_name(words[1]))
			add_chain(reader, table,
				  arena_text(host_arena(reader->ruleset->files->host), words[1]),
				  line);
		else
			miss(reader, line, "the name of a chain is not understood");
	}
	return skip_statement(reader);
}

/* Statements to the brace that closes the table, `opened` there; 0: to the end of the file. */
static int read_block(struct reader *reader, const struct table *table, unsigned opened)
{
	struct lexer *lexer = &reader->lexer;

	for (;;) {
		int result = 0;

		if (lexer->type == LEX_SEPARATOR) {
			lex_next(lexer);
		} else if (lexer->type == LEX_CLOSE) {
			if (!opened)
				return refuse(reader, lexer->line, "a brace closes nothing");
			lex_next(lexer);
			return 0;
		} else if (lexer->type == LEX_END) {
			if (opened && !reader->file->is_cut)
				return refuse(reader, opened, "a brace is not closed");
			return 0;
		} else {
			result = table ? read_member(reader, table) : read_command(reader);
		}
		if (result < 0)
			return -1;
	}
}

static int read_file(struct reader *reader, const struct table *table)
{
	if (reader->ruleset->includes++ == BOOT_MAX_INCLUDES) {
		host_incomplete(reader->ruleset->files->host, COVERAGE_PARTIAL,
				"%s includes more than %u files",
				reader->included_by ? reader->included_by : reader->file->path,
				BOOT_MAX_INCLUDES);
		return -1;
	}
	reader->row = boot_add(reader->ruleset, reader->file->path, 0);
	reader->row->included_by = reader->included_by;
	lex_begin(&reader->lexer, reader->file->data, reader->file->is_cut);
	return read_block(reader, table, 0);
}

void boot_read_nft(struct boot_ruleset *ruleset, const struct boot_file *file)
{
	struct reader reader = {.ruleset = ruleset, .file = file};

	/* nft loads all of a file or nothing, in one transaction */
	if (read_file(&reader, NULL) < 0)
		boot_remove(ruleset, NULL, NULL, NULL);
}

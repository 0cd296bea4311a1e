/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of SARIF: see sarif.h. */
#include "lib/sarif.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* The newer functions fetch an implementation first and open openssl.cnf: not in a jail. */
#define OPENSSL_API_COMPAT 10100
#include <openssl/sha.h>

#include "lib/buf.h"
#include "lib/output.h"
#include "lib/own.h"
#include "lib/uri.h"

#define MAX_MESSAGE 150 /* characters */
#define MAX_TAGS 10
#define MAX_TITLE 200
#define MAX_ARGUMENT 50  /* characters of a host or subject in a message */
#define MAX_URI 4096     /* bytes: PATH_MAX, and a subject that stands in for a path is shorter */
#define MAX_NAME 255     /* bytes of a rule's name; GitHub keeps no more */
#define MAX_LINE 1000000 /* beyond it, the first line is named */
#define GENERAL_WEAKNESS 693
#define MAX_SUBJECT 100 /* characters of a subject that stands in for a path */

static void digest(const char *const *texts, size_t count, unsigned char *out)
{
	SHA256_CTX context;

	(void)SHA256_Init(&context);       /* these three cannot fail */
	for (size_t i = 0; i < count; i++) /* with the NUL, so that "a" "bc" is not "ab" "c" */
		(void)SHA256_Update(&context, texts[i], strlen(texts[i]) + 1);
	(void)SHA256_Final(out, &context);
}

json_t *sarif_fingerprints(const char *host, const char *rule, const char *subject)
{
	const char *const texts[] = {host, rule, subject};
	unsigned char bytes[SHA256_DIGEST_LENGTH];
	char id[32 + 1];
	auto_free char *line = NULL;

	digest(texts, ARRAY_LEN(texts), bytes);
	for (size_t i = 0; 2 * i + 1 < sizeof(id); i++)
		(void)snprintf(id + 2 * i, 3, "%02x", (unsigned)bytes[i]);
	line = xasprintf("%.16s:1", id);
	return output_checked(
	    json_pack("{s:s, s:s}", "hardenFindingId/v1", id, "primaryLocationLineHash", line));
}

/*
 * Eight digits, since the form that the SARIF Multitool accepts (SARIF2009) ends there. Two of
 * 1,024 rules have the same number with a probability of 0.5 %.
 */
char *sarif_number(const char *id)
{
	unsigned char bytes[SHA256_DIGEST_LENGTH];
	uint64_t number = 0;

	digest(&id, 1, bytes);
	for (size_t i = 0; i < sizeof(number); i++)
		number = number << 8 | bytes[i];
	return xasprintf("HRD%08llu", (unsigned long long)(number % 100000000));
}

/*
 * SARIF2012 wants words of an upper-case letter and at least one more character. A word that
 * begins with a digit or is a single letter is put behind the word before it.
 */
char *sarif_name(const char *id)
{
	auto_buf struct buf name = {.ceiling = MAX_NAME};
	bool is_first = true;

	while (*id) {
		size_t len = 0;
		char first = (char)toupper((unsigned char)*id);

		while (isalnum((unsigned char)id[len]))
			len++;
		if (len == 0) {
			id++;
			continue;
		}
		if (len > 1 && isupper((unsigned char)first)) {
			buf_put(&name, &first, 1);
		} else {
			buf_text(&name, is_first ? "Rule" : "");
			buf_printf(&name, "%c", tolower((unsigned char)*id));
		}
		for (size_t i = 1; i < len; i++)
			buf_printf(&name, "%c", tolower((unsigned char)id[i]));
		id += len;
		is_first = false;
	}
	return xstrdup(name.len ? buf_string(&name) : "Rule");
}

static size_t length(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

/* The text, or its beginning with "…" behind it. */
static char *cut(const char *text, size_t max)
{
	size_t count = 0;
	const char *at = text;

	if (length(text) <= max)
		return xstrdup(text);
	for (; *at; at++) {
		if (((unsigned char)*at & 0xc0) != 0x80 && ++count == max)
			break;
	}
	return xasprintf("%.*s…", (int)(at - text), text);
}

/* Without what would be a link or a placeholder, and on one line. */
static char *tame(const char *text, size_t max)
{
	auto_free char *line = xstrdup(text);
	auto_free char *printable = NULL;

	for (char *at = line; *at; at++) {
		if (*at == '[' || *at == '{')
			*at = '(';
		else if (*at == ']' || *at == '}')
			*at = ')';
		else if (*at == '\n' || *at == '\t')
			*at = ' ';
	}
	printable = output_printable(line);
	return cut(printable, max);
}

char *sarif_sentence(const char *text, size_t max)
{
	auto_free char *line = xstrdup(text);
	size_t len = strlen(line);

	if (len > 0 && line[len - 1] == '.')
		line[len - 1] = '\0';
	return tame(line, max);
}

/* SARIF2015 wants each placeholder in quotes, and consumers fill {0} to {5} in that order. */
json_t *sarif_message_strings(const char *title)
{
	auto_free char *start = sarif_sentence(title, MAX_TITLE);
	auto_free char *full = xasprintf("%s: '{1}' on '{0}'; '{2}'.", start);

	return output_checked(json_pack("{s:{s:s}, s:{s:s}}", "full", "text", full, "brief", "text",
					"'{1}' on '{0}': '{2}'."));
}

json_t *sarif_message(const char *title, const char *host, const char *subject, const char *detail)
{
	auto_free char *start = sarif_sentence(title, MAX_TITLE);
	auto_free char *where = tame(host, MAX_ARGUMENT);
	auto_free char *thing = tame(subject, MAX_ARGUMENT);
	auto_free char *what = sarif_sentence(detail, MAX_MESSAGE);
	auto_free char *text = xasprintf("%s: '%s' on '%s'; '%s'.", start, thing, where, what);
	bool is_full = length(text) <= MAX_MESSAGE;

	if (!is_full) {
		size_t others = length(thing) + length(where) + length("'' on '': ''.");

		own_free(&what);
		own_free(&text);
		what = sarif_sentence(detail, MAX_MESSAGE - others);
		text = xasprintf("'%s' on '%s': '%s'.", thing, where, what);
	}
	return output_checked(json_pack("{s:s, s:s, s:[s, s, s]}", "text", text, "id",
					is_full ? "full" : "brief", "arguments", where, thing,
					what));
}

/*
 * Not everything that a rule finds stands in a file: a socket does not. Jenkins follows a result
 * from build to build by the file's base name and the line, and shows nothing else of a location,
 * so one stand-in file for all would tell neither what it is about nor which one is new. Hence a
 * relative path of area and subject, without a base: it claims no file on the host.
 */
static void put_stand_in(struct buf *uri, const char *area, const char *subject)
{
	auto_free char *name = cut(subject, MAX_SUBJECT);

	for (char *at = name; *at; at++)
		if (*at == '/')
			*at = '_';
	buf_printf(uri, "%s/", area);
	if (*name == '.' || *name == '\0')
		buf_text(uri, "_"); /* "." and ".." would be resolved */
	uri_encode(uri, name);
}

static json_t *artifact(const char *file, const char *area, const char *subject)
{
	bool is_absolute = file && *file == '/';
	auto_free char *path = xstrdup(file ? file : "");
	size_t skipped = is_absolute ? strspn(path, "/") : 0;
	size_t len = strlen(path);
	auto_buf struct buf uri = {.ceiling = (size_t)MAX_URI * 3};

	while (len > skipped && path[len - 1] == '/')
		path[--len] = '\0';
	if (strncmp(path, "./", 2) == 0)
		skipped = 2;
	if (len <= skipped) {
		put_stand_in(&uri, area, subject);
		is_absolute = false;
	} else {
		uri_encode(&uri, path + skipped);
	}
	if (is_absolute)
		return json_pack("{s:s, s:s}", "uri", buf_string(&uri), "uriBaseId", "HOSTROOT");
	return json_pack("{s:s}", "uri", buf_string(&uri));
}

json_t *sarif_location(const char *file, int64_t line, const char *area, const char *subject,
		       const char *snippet)
{
	int at = line < 1 || line > MAX_LINE ? 1 : (int)line;

	return output_checked(json_pack(
	    "{s:o, s:{s:i, s:i, s:i, s:i, s:{s:o}}, s:{s:i, s:{s:o}}}", "artifactLocation",
	    output_checked(artifact(file, area, subject)), "region", "startLine", at, "startColumn",
	    1, "endLine", at, "endColumn", 1, "snippet", "text", output_string(snippet),
	    "contextRegion", "startLine", at, "snippet", "text", output_string(snippet)));
}

/* Where the array has that string, or an object of that id; its size: nowhere. */
static size_t find(const json_t *array, const char *text)
{
	size_t count = json_array_size(array);

	for (size_t i = 0; i < count; i++) {
		const json_t *at = json_array_get(array, i);
		const json_t *id = json_is_object(at) ? json_object_get(at, "id") : at;

		if (json_is_string(id) && strcmp(json_string_value(id), text) == 0)
			return i;
	}
	return count;
}

void sarif_add_tag(json_t *tags, const char *tag)
{
	if (json_array_size(tags) < MAX_TAGS && find(tags, tag) == json_array_size(tags))
		output_add(tags, output_string(tag));
}

static void add_weakness(uint64_t number, json_t *taxa, json_t *tags, json_t *relations)
{
	unsigned long long digits = number;
	auto_free char *cwe = xasprintf("CWE-%llu", digits);
	auto_free char *tag = xasprintf("external/cwe/cwe-%llu", digits);
	auto_free char *url = xasprintf("https://cwe.mitre.org/data/definitions/%llu.html", digits);
	size_t index = find(taxa, cwe);

	if (find(tags, cwe) < json_array_size(tags))
		return; /* named twice: relations have to be unique */
	if (index == json_array_size(taxa))
		output_add(taxa, json_pack("{s:s, s:s}", "id", cwe, "helpUri", url));
	output_add(relations, json_pack("{s:{s:s, s:I, s:{s:s, s:i}}, s:[s]}", "target", "id", cwe,
					"index", (json_int_t)index, "toolComponent", "name", "CWE",
					"index", 0, "kinds", "relevant"));
	sarif_add_tag(tags, tag);
	sarif_add_tag(tags, cwe);
}

void sarif_add_weaknesses(const char *refs, json_t *taxa, json_t *tags, json_t *relations)
{
	struct span rest = span_of(refs ? refs : "");
	struct span ref;

	while (span_cut(&rest, ',', &ref)) {
		uint64_t number;

		ref = span_trim(ref);
		if (span_starts(ref, "CWE-") &&
		    span_uint((struct span){ref.data + 4, ref.len - 4}, UINT32_MAX, &number) == 0)
			add_weakness(number, taxa, tags, relations);
	}
	if (json_array_size(relations) == 0)
		add_weakness(GENERAL_WEAKNESS, taxa, tags, relations);
}

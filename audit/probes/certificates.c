/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table certificates: see the spec at the end, audit/uses/ and audit/keystore/. */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "audit/certificate.h"
#include "audit/keystore/keystore.h"
#include "audit/uses/spring.h"
#include "audit/uses/uses.h"

#define MAX_CERTIFICATES 50000U
#define FILE_MEMORY ((size_t)128 << 20)

struct reading {
	struct host *host;
	struct uses *uses;
	const struct use *use;
	const char *path; /* as the process sees it; in an archive JAR!/ENTRY */
	unsigned position;
	unsigned total;
	/* of an archive: what its settings say */
	struct spring spring;
	bool is_second; /* the passwords are known, now its key stores are opened */
	/* of a file: the names under which it has keys */
	const struct alias *keys;
	int64_t now;
};

struct alias {
	const struct alias *next;
	const char *text;
};

static void put_optional(struct host *host, struct span text)
{
	if (text.len > 0)
		row_span(host, text);
	else
		row_null(host);
}

static void begin_row(struct reading *reading, const char *format, const char *alias)
{
	struct host *host = reading->host;

	row_text(host, reading->path);
	row_text(host, reading->use->place);
	row_text(host, reading->use->used_by);
	row_text(host, format[0] ? format : NULL);
	row_text(host, alias && alias[0] ? alias : NULL);
}

/* A file, or what there is behind its last certificate, that cannot be read. */
static void put_failure(struct reading *reading, const char *format, const char *outcome)
{
	struct host *host = reading->host;

	begin_row(reading, format, NULL);
	for (int i = 0; i < 12; i++)
		row_null(host);
	for (int i = 0; i < 3; i++)
		row_int(host, 0);
	row_int(host, reading->now);
	row_text(host, outcome);
	row_end(host);
}

/* In PEM and PKCS#12 a key stands beside its whole chain; in Java's own stores names tell. */
static bool has_key(const struct reading *reading, const char *format, const char *alias)
{
	const struct alias *at = reading->keys;

	while (at && format[0] == 'J' && strcmp(at->text, alias) != 0)
		at = at->next;
	return at != NULL;
}

static void put_date(struct host *host, bool is_known, int64_t seconds)
{
	if (is_known)
		row_int(host, seconds);
	else
		row_null(host);
}

static void put_fields(struct host *host, const struct certificate *read)
{
	struct buf names auto_buf;

	buf_init(&names, PROBE_MAX_TEXT);
	certificate_put_names(read, &names);
	row_span(host, read->subject);
	row_span(host, read->issuer);
	row_span(host, buf_span(&names));
	put_date(host, read->has_not_before, read->not_before);
	put_date(host, read->has_not_after, read->not_after);
	row_text(host, read->key_type);
	row_int(host, read->key_bits);
	row_text(host, read->signature);
	row_text(host, read->digest);
	row_text(host, read->fingerprint);
	put_optional(host, span_of(read->spki));
	row_int(host, read->is_self_signed);
	row_int(host, read->is_ca);
}

static void take_certificate(struct keystore *keystore, struct span der, const char *alias)
{
	struct reading *reading = keystore->context;
	struct host *host = reading->host;
	struct certificate read;
	struct err err;

	reading->position++;
	if (reading->total++ >= MAX_CERTIFICATES) {
		host_incomplete(host, COVERAGE_PARTIAL, "there are too many certificates");
		return;
	}
	if (certificate_read(keystore->arena, der, &read, &err) < 0) {
		host_incomplete(host, COVERAGE_PARTIAL, "%s: %s", reading->path, err.text);
		put_failure(reading, keystore->format, "corrupt");
		return;
	}
	begin_row(reading, keystore->format, alias);
	row_int(host, reading->position);
	put_fields(host, &read);
	row_int(host, has_key(reading, keystore->format, alias));
	row_int(host, reading->now);
	row_text(host, read.has_not_after ? "read" : "corrupt");
	row_end(host);
	if (!read.has_not_after)
		host_incomplete(host, COVERAGE_PARTIAL, "%s: the date of a certificate is no date",
				reading->path);
}

static void skip_certificate(struct keystore *keystore, struct span der, const char *alias)
{
	(void)keystore;
	(void)der;
	(void)alias;
}

static void skip_key(struct keystore *keystore, const struct keystore_key *key)
{
	(void)keystore;
	(void)key;
}

static void note_key(struct keystore *keystore, const struct keystore_key *key)
{
	struct reading *reading = keystore->context;
	struct alias *alias = arena_alloc(keystore->arena, 1, sizeof(*alias));

	*alias = (struct alias){reading->keys, key->alias};
	reading->keys = alias;
}

/* Twice: which certificates have a key is known at the end alone. */
static enum keystore_outcome read_twice(struct keystore *keystore, struct span data, bool is_cut)
{
	struct reading *reading = keystore->context;

	reading->position = 0;
	reading->keys = NULL;
	if (reading->use->password)
		keystore_add_password(keystore, span_of(reading->use->password));
	if (reading->spring.password)
		keystore_add_password(keystore, span_of(reading->spring.password));
	for (unsigned i = 0; i < reading->uses->password_count; i++)
		keystore_add_password(keystore, span_of(reading->uses->passwords[i]));
	keystore->certificate = skip_certificate;
	keystore->key = note_key;
	(void)keystore_read(keystore, data, is_cut); /* the same comes of the second time */
	keystore->certificate = take_certificate;
	keystore->key = skip_key;
	keystore->certificates = 0;
	return keystore_read(keystore, data, is_cut);
}

static void take_data(struct reading *reading, struct span data, bool is_cut)
{
	struct arena arena;
	struct keystore keystore = {.arena = &arena, .context = reading};
	enum keystore_outcome outcome;

	arena_init(&arena, FILE_MEMORY);
	outcome = read_twice(&keystore, data, is_cut);
	if (outcome == KEYSTORE_NONE && (reading->use->is_pattern || reading->use->is_archive))
		outcome = KEYSTORE_READ; /* a file of another kind */
	if (outcome == KEYSTORE_NONE)
		outcome = KEYSTORE_CORRUPT;
	if (outcome != KEYSTORE_READ) {
		const char *name = keystore_outcome_name(outcome);

		host_incomplete(reading->host, COVERAGE_PARTIAL, "%s: %s", reading->path, name);
		put_failure(reading, keystore.format, name);
	}
	arena_done(&arena);
}

/* ---- archives ---- */

static bool is_settings(const char *name)
{
	struct span path = span_of(name);

	return span_ends(path, ".properties") || span_ends(path, ".yml") ||
	       span_ends(path, ".yaml");
}

static void take_entry(struct archive *archive, const struct archive_entry *entry)
{
	struct reading *reading = archive->context;
	const char *outer = reading->path;

	if (is_settings(entry->name) != !reading->is_second)
		return;
	if (!reading->is_second) {
		spring_read(host_arena(reading->host), entry->data, &reading->spring);
		return;
	}
	reading->path = arena_printf(host_arena(reading->host), "%s!/%s", outer, entry->name);
	if (entry->outcome == KEYSTORE_READ) {
		take_data(reading, entry->data, false);
	} else {
		host_incomplete(reading->host, COVERAGE_PARTIAL, "%s: %s", reading->path,
				keystore_outcome_name(entry->outcome));
		put_failure(reading, "", keystore_outcome_name(entry->outcome));
	}
	reading->path = outer;
}

static void take_archive(struct reading *reading, const struct item *item)
{
	struct archive archive = {.context = reading, .entry = take_entry};
	enum keystore_outcome outcome = KEYSTORE_CORRUPT;

	reading->spring = (struct spring){0};
	for (int pass = 0; archive_is(item->data) && pass < 2; pass++) {
		reading->is_second = pass > 0;
		outcome = archive_read(&archive, item->data, item->is_cut);
	}
	if (outcome != KEYSTORE_READ)
		host_incomplete(reading->host, COVERAGE_PARTIAL, "%s: %s", reading->path,
				keystore_outcome_name(outcome));
}

/* ---- files ---- */

static void take_item(struct reading *reading, const struct item *item, const char *asked)
{
	const struct use *use = reading->use;

	reading->path = item->path[0] ? item->path : asked;
	if (item->error == ENOENT && use->is_optional)
		return;
	if (item->error) {
		host_item_failed(reading->host, item, reading->path);
		put_failure(reading, "", item->error == ENOENT ? "missing" : "unreadable");
		return;
	}
	if (use->is_archive)
		take_archive(reading, item);
	else
		take_data(reading, item->data, item->is_cut);
}

/* One certificate may be configured with several keys. */
static bool was_read(const struct uses *uses, const struct use *use)
{
	for (const struct use *at = uses->first; at != use; at = at->next)
		if (at->certificate && strcmp(at->certificate, use->certificate) == 0 &&
		    strcmp(at->place, use->place) == 0 && strcmp(at->used_by, use->used_by) == 0)
			return true;
	return false;
}

/* What opens the stores of one program is tried with others, as what the policy says is. */
static void keep_password(struct uses *uses, const char *password)
{
	for (unsigned i = 0; i < uses->password_count; i++)
		if (strcmp(uses->passwords[i], password) == 0)
			return;
	if (uses->password_count < USES_MAX_PASSWORDS)
		uses->passwords[uses->password_count++] = password;
}

/* Key stores that the settings within an archive name: more uses, that come behind all others. */
static int add_stores(struct reading *reading, struct err *err)
{
	struct use use = *reading->use;
	struct spring spring = reading->spring;

	use.is_archive = false;
	use.is_optional = true; /* the file may be of a profile that is not this host's */
	use.password = spring.password;
	reading->spring = (struct spring){0};
	if (spring.password)
		keep_password(reading->uses, spring.password);
	for (unsigned i = 0; i < spring.count; i++)
		if (uses_key_store(reading->uses, &use, spring.key_stores[i], err) < 0)
			return -1;
	return 0;
}

static int read_use(struct reading *reading, struct err *err)
{
	const struct use *use = reading->use;
	const char *path = use->certificate;
	bool is_there = true;
	unsigned need = USES_FILE;
	struct item item;
	int got;

	if (uses_is_secret(use)) {
		need = USES_SECRET;
		if (uses_is_there(reading->host, use->pid, path, &is_there, err) < 0)
			return -1;
	}
	if (!is_there && (use->is_optional || use->is_pattern))
		return 0;
	got = use->is_pattern ? host_ask_glob(reading->host, need, use->pid, span_of(path), err)
			      : host_ask_file(reading->host, need, use->pid, span_of(path), err);
	if (got < 0)
		return -1;
	while ((got = host_next(reading->host, &item, err)) > 0)
		take_item(reading, &item, path);
	return got < 0 ? -1 : add_stores(reading, err);
}

static int collect(struct host *host, struct err *err)
{
	struct uses uses = {.host = host};
	struct reading reading = {.host = host, .uses = &uses, .now = time(NULL)};

	if (uses_find(&uses, err) < 0)
		return -1;
	for (reading.use = uses.first; reading.use; reading.use = reading.use->next)
		if (reading.use->certificate && !was_read(&uses, reading.use) &&
		    read_use(&reading, err) < 0)
			return -1;
	if (!host_is_privileged(host))
		host_incomplete(host, COVERAGE_DENIED,
				"which files other users' processes read is hidden without root");
	return 0;
}

const struct probe probe_certificates = {
    .about = "Certificates in files that services of this host are configured to use",
    COLUMNS({"path", TEXT, "of the file, as the service sees it; in an archive JAR!/ENTRY"},
	    {"place", TEXT, "'' for the host's own files, else container or network namespace"},
	    {"used_by", TEXT,
	     "nginx, mysql, postgres, redis, docker, java, kubernetes, letsencrypt or policy"},
	    {"format", TEXT, "PEM, DER, PKCS12, JKS, JCEKS or kubeconfig; NULL: cannot be read"},
	    {"alias", TEXT, "its name in a key store; NULL: none"},
	    {"position", INTEGER, "in the file, from 1; NULL: the row is about the file"},
	    {"subject", TEXT, "whom it names, as RFC 4514 writes it"},
	    {"issuer", TEXT, "who signed it, the same way"},
	    {"names", TEXT, "names and addresses of servers, parted by blanks"},
	    {"not_before", INTEGER, "seconds since 1970 from which it is valid"},
	    {"not_after", INTEGER, "seconds since 1970 up to which it is valid"},
	    {"key_type", TEXT, "RSA, EC, ED25519 …"}, {"key_bits", INTEGER, "size of its key"},
	    {"signature", TEXT, "how it is signed"},
	    {"digest", TEXT, "the signature's digest; NULL: part of it, or not known"},
	    {"fingerprint", TEXT, "SHA-256 of it, hexadecimal"},
	    {"spki", TEXT, "SHA-256 of its public key, hexadecimal"},
	    {"is_self_signed", INTEGER, "1: its own key signed it"},
	    {"is_ca", INTEGER, "1: it may sign others"},
	    {"has_key", INTEGER, "1: its file holds the key as well"},
	    {"read_at", INTEGER, "when it was read, in seconds since 1970"},
	    {"outcome", TEXT,
	     "read, or why there is no more: missing, unreadable, cut, corrupt, wrong password"}),
    USES_NEEDS,
    .input = USES_SQL,
    .hints = USES_HINTS,
    .collect = collect,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table private_keys: see the spec at the end. Of a key only the digest of its public half
 * gets here; who may read it is told by its mode and by the folders on the way.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "audit/keystore/keystore.h"
#include "audit/uses/uses.h"

#define FILE_MEMORY ((size_t)64 << 20)
#define MAX_KEYS 50000U

/* A folder that was looked at. */
struct folder {
	struct folder *next;
	int64_t pid;
	const char *path;
	int error;
	uint32_t mode;
	uint32_t uid;
	uint32_t gid;
};

struct found {
	struct found *next;
	const struct use *use;
	const char *path;
	const char *certificate; /* NULL: none is known */
	struct keystore_key key;
	uint32_t mode;
	uint32_t uid;
	uint32_t gid;
};

struct reading {
	struct host *host;
	const struct uses *uses;
	const struct use *use;
	const struct item *item;
	struct found *first;
	struct found **end;
	struct folder *folders;
	unsigned count;
};

/* ---- the keys ---- */

/* What stands for the * in the pattern of keys stands for that in the pattern of certificates. */
static const char *partner(struct reading *reading, const char *path)
{
	const struct use *use = reading->use;
	const char *key_end = use->key ? strrchr(use->key, '*') : NULL;
	const char *end = use->certificate ? strrchr(use->certificate, '*') : NULL;
	struct span stem = span_of(path);

	if (!use->key)
		return path;
	if (!use->is_pattern || !key_end || !end || !span_ends(stem, key_end + 1))
		return use->is_pattern ? NULL : use->certificate;
	stem.len -= strlen(key_end + 1);
	return arena_printf(host_arena(reading->host), "%.*s%s", (int)stem.len, stem.data, end + 1);
}

static void skip_certificate(struct keystore *keystore, struct span der, const char *alias)
{
	(void)keystore;
	(void)der;
	(void)alias;
}

static void take_key(struct keystore *keystore, const struct keystore_key *key)
{
	struct reading *reading = keystore->context;
	struct arena *arena = host_arena(reading->host);
	struct found *found;

	if (reading->count++ >= MAX_KEYS) {
		host_incomplete(reading->host, COVERAGE_PARTIAL, "there are too many keys");
		return;
	}
	found = arena_alloc(arena, 1, sizeof(*found));
	found->use = reading->use;
	found->path = arena_text(arena, span_of(reading->item->path));
	found->certificate = partner(reading, found->path);
	found->key = *key;
	found->key.alias = arena_text(arena, span_of(key->alias));
	found->mode = reading->item->mode;
	found->uid = reading->item->uid;
	found->gid = reading->item->gid;
	*reading->end = found;
	reading->end = &found->next;
}

static void take_item(struct reading *reading, const struct item *item, const char *asked)
{
	struct arena arena;
	struct keystore keystore = {
	    .arena = &arena, .context = reading, .certificate = skip_certificate, .key = take_key};
	enum keystore_outcome outcome;
	unsigned before = reading->count;

	if (item->error == ENOENT && (reading->use->is_optional || !reading->use->key))
		return;
	if (item->error) {
		host_item_failed(reading->host, item, item->path[0] ? item->path : asked);
		return;
	}
	reading->item = item;
	arena_init(&arena, FILE_MEMORY);
	if (reading->use->password)
		keystore_add_password(&keystore, span_of(reading->use->password));
	for (unsigned i = 0; i < reading->uses->password_count; i++)
		keystore_add_password(&keystore, span_of(reading->uses->passwords[i]));
	outcome = keystore_read(&keystore, item->data, item->is_cut);
	arena_done(&arena);
	/* a file of certificates need not have a key, but one that is named as a key must */
	if (reading->use->key && reading->count == before)
		host_incomplete(reading->host, COVERAGE_PARTIAL, "%s: %s", item->path,
				outcome == KEYSTORE_READ ? "there is no key in it"
							 : keystore_outcome_name(outcome));
}

static int read_use(struct reading *reading, struct err *err)
{
	const struct use *use = reading->use;
	const char *path = use->key ? use->key : use->certificate;
	bool is_there;
	struct item item;
	int got;

	if (use->is_archive || (!use->key && !uses_is_secret(use)))
		return 0;
	if (uses_is_there(reading->host, use->pid, path, &is_there, err) < 0)
		return -1;
	if (!is_there && (use->is_optional || use->is_pattern || !use->key))
		return 0;
	got = use->is_pattern
		  ? host_ask_glob(reading->host, USES_SECRET, use->pid, span_of(path), err)
		  : host_ask_file(reading->host, USES_SECRET, use->pid, span_of(path), err);
	if (got < 0)
		return -1;
	while ((got = host_next(reading->host, &item, err)) > 0)
		take_item(reading, &item, path);
	return got;
}

/* ---- the folders ---- */

static int look_at(struct reading *reading, int64_t pid, struct span path, struct folder **out,
		   struct err *err)
{
	struct arena *arena = host_arena(reading->host);
	struct folder *folder;
	struct item item;
	int got;

	for (folder = reading->folders; folder; folder = folder->next)
		if (folder->pid == pid && span_is(path, folder->path))
			break;
	*out = folder;
	if (folder)
		return 0;
	folder = arena_alloc(arena, 1, sizeof(*folder));
	*folder = (struct folder){reading->folders, pid, arena_text(arena, path), ENOENT, 0, 0, 0};
	if (host_ask_file(reading->host, USES_STAT, pid, path, err) < 0)
		return -1;
	while ((got = host_next(reading->host, &item, err)) > 0) {
		folder->error = item.error;
		folder->mode = item.mode;
		folder->uid = item.uid;
		folder->gid = item.gid;
	}
	reading->folders = folder;
	*out = folder;
	return got;
}

/* Who else than root, the key's owner and the service could put another file there; or NULL. */
static const char *exposure(struct arena *arena, const struct folder *folder,
			    const struct found *found)
{
	bool is_sticky = (folder->mode & S_ISVTX) != 0;

	if (folder->error)
		return NULL;
	if ((folder->mode & S_IWOTH) != 0 && !is_sticky)
		return arena_printf(arena, "everybody may write to %s", folder->path);
	if ((folder->mode & S_IWGRP) != 0 && !is_sticky && folder->gid != 0 &&
	    folder->gid != found->use->gid)
		return arena_printf(arena, "group %u may write to %s", folder->gid, folder->path);
	if (folder->uid != 0 && folder->uid != found->uid && folder->uid != found->use->uid)
		return arena_printf(arena, "%s belongs to user %u", folder->path, folder->uid);
	return NULL;
}

static int put_key(struct reading *reading, const struct found *found, struct err *err)
{
	struct host *host = reading->host;
	const char *exposed = NULL;
	const char *closed = NULL;

	for (const char *at = strchr(found->path + 1, '/'); at; at = strchr(at + 1, '/')) {
		struct span path = {found->path, (size_t)(at - found->path)};
		struct folder *folder;

		if (look_at(reading, found->use->pid, path, &folder, err) < 0)
			return -1;
		if (!exposed)
			exposed = exposure(host_arena(host), folder, found);
		if (!closed && !folder->error && (folder->mode & S_IXOTH) == 0)
			closed = folder->path;
	}
	row_text(host, found->path);
	row_text(host, found->use->place);
	row_text(host, found->use->used_by);
	row_text(host, found->key.alias[0] ? found->key.alias : NULL);
	row_int(host, found->mode & 07777);
	row_int(host, found->uid);
	row_int(host, found->gid);
	row_int(host, found->key.is_encrypted);
	row_text(host, found->key.spki[0] ? found->key.spki : NULL);
	row_text(host, found->certificate);
	row_text(host, exposed);
	row_text(host, closed);
	row_end(host);
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct uses uses = {.host = host};
	struct reading reading = {.host = host, .uses = &uses};

	reading.end = &reading.first;
	if (uses_find(&uses, err) < 0)
		return -1;
	for (reading.use = uses.first; reading.use; reading.use = reading.use->next)
		if (read_use(&reading, err) < 0)
			return -1;
	for (const struct found *at = reading.first; at; at = at->next)
		if (put_key(&reading, at, err) < 0)
			return -1;
	if (!host_is_privileged(host))
		host_incomplete(host, COVERAGE_DENIED,
				"which files other users' processes read is hidden without root");
	return 0;
}

const struct probe probe_private_keys = {
    .about = "Private keys that services of this host are configured to use: who may read them",
    COLUMNS({"path", TEXT, "of the file, as the service sees it"},
	    {"place", TEXT, "'' for the host's own files, else container or network namespace"},
	    {"used_by", TEXT, "as in certificates"},
	    {"alias", TEXT, "its name in a key store; NULL: none"},
	    {"mode", INTEGER, "permissions of the file, 420 is 0644"},
	    {"uid", INTEGER, "who owns it, as the host counts"},
	    {"gid", INTEGER, "its group, as the host counts"},
	    {"is_encrypted", INTEGER, "1: by a pass phrase"},
	    {"spki", TEXT, "SHA-256 of its public half, hexadecimal; NULL when it is encrypted"},
	    {"certificate", TEXT, "path of the certificate that it is configured with; or NULL"},
	    {"exposed", TEXT, "who else could replace it by what folder on the way; NULL: nobody"},
	    {"closed_by", TEXT, "folder on the way that others cannot enter; NULL: none"}),
    USES_NEEDS,
    .input = USES_SQL,
    .hints = USES_HINTS,
    .collect = collect,
};

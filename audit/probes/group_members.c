/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table group_members: see the spec at the end. group(5) names those who are members
 * besides, passwd(5) those whose first group it is: most lists of members forget these.
 */
#include <errno.h>
#include <string.h>

#include "audit/probe.h"
#include "lib/own.h"

enum { NEED_GROUP, NEED_PASSWD };

struct group {
	struct group *next;
	struct span name;
	uint64_t id;
};

struct groups {
	struct host *host;
	struct group *first;
	struct group **end;
};

static void put(struct groups *groups, const struct group *group, struct span user, bool is_primary)
{
	row_span(groups->host, group->name);
	row_int(groups->host, (int64_t)group->id);
	row_span(groups->host, user);
	row_int(groups->host, is_primary);
	row_end(groups->host);
}

/* The first fields of a line; false when there are fewer. */
static bool cut_fields(struct span line, struct span *fields, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (!span_cut(&line, ':', &fields[i]))
			return false;
	return true;
}

/* NAME:PASSWORD:GID:USER,… */
static void read_group(struct groups *groups, struct span line)
{
	struct span fields[3];
	struct group *group;
	struct span users;
	struct span user;
	uint64_t id;

	if (!cut_fields(line, fields, ARRAY_LEN(fields)) ||
	    span_uint(fields[2], UINT32_MAX, &id) < 0)
		return; /* of NIS (+), or a comment, as getgrent(3) skips it */
	group = arena_alloc(host_arena(groups->host), 1, sizeof(*group));
	*group = (struct group){
	    .name = span_of(arena_text(host_arena(groups->host), fields[0])),
	    .id = id,
	};
	*groups->end = group;
	groups->end = &group->next;
	users = line;
	for (int i = 0; i < 3; i++)
		if (!span_cut(&users, ':', &user))
			return;
	while (span_cut(&users, ',', &user))
		if (span_trim(user).len > 0)
			put(groups, group, span_trim(user), false);
}

/* NAME:PASSWORD:UID:GID:… */
static void read_user(struct groups *groups, struct span line)
{
	struct span fields[4];
	uint64_t id;

	if (!cut_fields(line, fields, ARRAY_LEN(fields)) ||
	    span_uint(fields[3], UINT32_MAX, &id) < 0)
		return; /* as above */
	for (const struct group *at = groups->first; at; at = at->next)
		if (at->id == id)
			put(groups, at, fields[0], true);
}

static int read_file(struct groups *groups, unsigned need,
		     void (*read_line)(struct groups *, struct span), struct err *err)
{
	struct item item;
	int got;

	if (host_ask(groups->host, need, err) < 0)
		return -1;
	while ((got = host_next(groups->host, &item, err)) > 0) {
		struct span line;

		if (item.error || item.is_cut)
			host_item_failed(groups->host, &item, item.path);
		while (!item.error && span_cut(&item.data, '\n', &line))
			read_line(groups, line);
	}
	return got;
}

static int collect(struct host *host, struct err *err)
{
	struct groups groups = {.host = host};

	groups.end = &groups.first;
	if (read_file(&groups, NEED_GROUP, read_group, err) < 0)
		return -1;
	return read_file(&groups, NEED_PASSWD, read_user, err);
}

const struct probe probe_group_members = {
    .about = "Users in each group of this host's own files",
    COLUMNS({"name", TEXT, "of the group"}, {"gid", INTEGER, "id of the group"},
	    {"user", TEXT, "name of the user"},
	    {"is_primary", INTEGER,
	     "1: it is the user's first group, by /etc/passwd; 0: one more, by /etc/group"}),
    NEEDS([NEED_GROUP] = {READ, "/etc/group"}, [NEED_PASSWD] = {READ, "/etc/passwd"}),
    .collect = collect,
};

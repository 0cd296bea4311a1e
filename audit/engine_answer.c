/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] How engines are asked, and what they answer is read: see engine_answer.h. */
#include "audit/engine_answer.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "audit/talk/http.h"
#include "lib/own.h"

/* What an answer says: 1 and the tree, or 0 when there is none, which has been told. Only what has
 * an id can have been removed meanwhile; who does not know a list has not said that it is empty. */
static int read_answer(struct engine *engine, const struct item *item, bool may_be_gone,
		       struct arena *arena, struct json **out)
{
	struct http_response response;
	struct err err;

	if (item->error == EACCES || item->error == EPERM) {
		host_incomplete(engine->host, COVERAGE_DENIED, "%s may not be asked",
				engine->socket);
		return 0;
	}
	if (item->error || item->is_cut) {
		engine->is_silent = true;
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: %s", engine->socket,
				item->error ? strerror(item->error) : "the answer has no end");
		return 0;
	}
	if (http_read(item->data, arena, &response, &err) < 0) {
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: %s", engine->socket, err.text);
		return 0;
	}
	if (response.status == 404 && may_be_gone)
		return 0;
	if (response.status != 200) {
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s answers with status %u",
				engine->socket, response.status);
		return 0;
	}
	if (json_read(response.body, arena, out, &err) < 0) {
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: the answer is no JSON",
				engine->socket);
		return 0;
	}
	return 1;
}

static void take_item(struct engine *engine, const struct engine_question *question, struct span id,
		      const struct item *item)
{
	struct arena arena;
	struct json *root;

	arena_init(&arena, ENGINE_MAX_TREE);
	if (read_answer(engine, item, id.len > 0, &arena, &root))
		question->take(engine, id, root, &arena);
	arena_done(&arena);
}

int engine_ask(struct engine *engine, const struct engine_question *question, struct err *err)
{
	struct span none = {"", 0};
	struct item item;
	bool is_there = false;
	int got;

	if (host_ask_engine(engine->host, question->need, engine->socket, none, err) < 0)
		return -1;
	while ((got = host_next(engine->host, &item, err)) > 0) {
		if (item.error == ENOENT || item.error == ECONNREFUSED)
			continue;
		is_there = true;
		take_item(engine, question, none, &item);
	}
	return got < 0 ? -1 : is_there;
}

/* The same for some of the ids, from `first` on. */
static int ask_some(struct engine *engine, const struct engine_question *question, unsigned first,
		    struct err *err)
{
	unsigned end =
	    first + HOST_MAX_IDS < engine->id_count ? first + HOST_MAX_IDS : engine->id_count;
	struct buf ids auto_buf;
	struct item item;
	int got;

	buf_init(&ids, HOST_MAX_IDS * (ENGINE_ID_LENGTH + 1));
	for (unsigned i = first; i < end; i++) {
		buf_put(&ids, " ", 1);
		buf_put(&ids, engine->ids[i].data, engine->ids[i].len);
	}
	if (host_ask_engine(engine->host, question->need, engine->socket, buf_span(&ids), err) < 0)
		return -1;
	for (unsigned i = first; (got = host_next(engine->host, &item, err)) > 0; i++)
		if (i < end)
			take_item(engine, question, engine->ids[i], &item);
	return got;
}

static void keep_ids(struct engine *engine, struct span none, const struct json *list,
		     struct arena *arena)
{
	(void)none, (void)arena; /* the ids outlive this answer */
	if (list->type != JSON_ARRAY)
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: the answer is no list",
				engine->socket);
	for (const struct json *at = list->type == JSON_ARRAY ? list->child : NULL; at;
	     at = at->next) {
		struct span id = engine_text(at, "Id");

		if (!engine_is_id(id))
			host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: %s without an id",
					engine->socket, engine->what);
		else if (engine->id_count == ENGINE_MAX_IDS)
			host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: more than %u of %s",
					engine->socket, ENGINE_MAX_IDS, engine->what);
		else
			engine->ids[engine->id_count++] =
			    span_of(arena_text(host_arena(engine->host), id));
	}
}

int engine_ask_each(struct engine *engine, unsigned list_need, const char *what,
		    const struct engine_question *question, struct err *err)
{
	const struct engine_question list = {list_need, keep_ids};
	int is_there;

	engine->what = what;
	engine->ids = arena_alloc(host_arena(engine->host), ENGINE_MAX_IDS, sizeof(*engine->ids));
	is_there = engine_ask(engine, &list, err);
	for (unsigned i = 0; is_there > 0 && i < engine->id_count && !engine->is_silent;
	     i += HOST_MAX_IDS)
		if (ask_some(engine, question, i, err) < 0)
			return -1;
	return is_there;
}

int engines_ask(struct host *host, int (*ask)(struct engine *engine, struct err *err),
		struct err *err)
{
	static const char *const engines[][2] = {{"docker", "/run/docker.sock"},
						 {"podman", "/run/podman/podman.sock"}};
	struct value is_there[ARRAY_LEN(engines) + 1];
	bool is_heard[ARRAY_LEN(engines)];

	if (host_input(host, is_there, ARRAY_LEN(is_there), err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(engines); i++) {
		struct engine engine = {
		    .host = host, .name = engines[i][0], .socket = engines[i][1]};
		int got = is_there[i].integer ? ask(&engine, err) : 0;

		if (got < 0)
			return -1;
		is_heard[i] = got > 0;
	}
	if (is_there[2].integer && !is_heard[0])
		host_incomplete(host, COVERAGE_PARTIAL,
				"Docker runs, and does not answer at /run/docker.sock");
	else if (!is_heard[0] && !is_heard[1])
		host_incomplete(host, COVERAGE_ABSENT, "no container engine answers on this host");
	return 0;
}

bool engine_is_id(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!((text.data[i] >= '0' && text.data[i] <= '9') ||
		      (text.data[i] >= 'a' && text.data[i] <= 'f')))
			return false;
	return text.len == ENGINE_ID_LENGTH;
}

bool engine_is_name(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!isalnum((unsigned char)text.data[i]) && text.data[i] != '_' &&
		    text.data[i] != '.' && text.data[i] != '-')
			return false;
	return text.len > 0;
}

struct span engine_text(const struct json *object, const char *key)
{
	const struct json *member = json_get(object, key);

	return member && member->type == JSON_STRING ? member->text : (struct span){"", 0};
}

const struct json *engine_list(const struct json *object, const char *key)
{
	const struct json *member = json_get(object, key);

	return member && member->type == JSON_ARRAY ? member->child : NULL;
}

void engine_put_text(struct host *host, struct span value)
{
	if (value.len > 0)
		row_span(host, value);
	else
		row_null(host);
}

void engine_put_bool(struct host *host, const struct json *object, const char *key)
{
	const struct json *member = json_get(object, key);

	row_int(host, member && member->type == JSON_BOOL && member->integer);
}

void engine_put_list(struct host *host, const struct json *list, struct arena *arena)
{
	const char *text = "";

	for (; list; list = list->next) {
		if (list->type != JSON_STRING || strlen(text) + list->text.len > PROBE_MAX_TEXT)
			continue;
		text = arena_printf(arena, "%s%s%.*s", text, *text ? "," : "", (int)list->text.len,
				    list->text.data);
	}
	row_text(host, text);
}

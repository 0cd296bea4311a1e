/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What SQL cannot say by itself: addresses, and areas of ports and addresses. A wrong argument is
 * an error of the rule and never NULL, since NULL would make a condition false and the rule silent.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lib/own.h"
#include "rules/stage.h"

#define MAX_LIST ((size_t)1 << 20) /* bytes of a list of sources */

typedef void call_fn(sqlite3_context *context, int count, sqlite3_value **values);

struct function {
	const char *name;
	int count; /* of the arguments */
	const char *arguments;
	const char *about;
	call_fn *call;
};

/* What a call finds by sqlite3_user_data(). */
struct bound {
	const struct function *function;
	char today[sizeof("YYYY-MM-DD")];
};

PRINTF_LIKE(2, 3)
static void fail(sqlite3_context *context, const char *fmt, ...)
{
	const struct bound *bound = sqlite3_user_data(context);
	struct err err;
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(err.text, sizeof(err.text), fmt, args);
	va_end(args);
	(void)err_in(&err, "%s()", bound->function->name);
	sqlite3_result_error(context, err.text, -1);
}

/* A text argument, or false after an error. */
static bool text_arg(sqlite3_context *context, sqlite3_value *value, const char *what,
		     struct span *out)
{
	if (sqlite3_value_type(value) != SQLITE_TEXT) {
		fail(context, "%s is no text", what);
		return false;
	}
	*out = (struct span){(const char *)sqlite3_value_text(value),
			     (size_t)sqlite3_value_bytes(value)};
	return true;
}

static bool prefix_arg(sqlite3_context *context, sqlite3_value *value, const char *what,
		       struct inet_range *out)
{
	struct span text;
	struct err err;

	if (!text_arg(context, value, what, &text))
		return false;
	if (inet_parse_prefix(text, out, &err) < 0) {
		fail(context, "%s: %s", what, err.text);
		return false;
	}
	return true;
}

static bool port_arg(sqlite3_context *context, sqlite3_value *value, uint32_t *out)
{
	sqlite3_int64 port = sqlite3_value_int64(value);

	if (sqlite3_value_type(value) != SQLITE_INTEGER || port < 0 || port > 65535) {
		fail(context, "a port is an integer from 0 to 65535");
		return false;
	}
	*out = (uint32_t)port;
	return true;
}

static void cidr_contains(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct inet_range outer;
	struct inet_range inner;

	(void)count;
	if (!prefix_arg(context, values[0], "prefix", &outer) ||
	    !prefix_arg(context, values[1], "address", &inner))
		return;
	sqlite3_result_int(context, outer.family == inner.family && outer.first <= inner.first &&
					inner.last <= outer.last);
}

static void is_public(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct inet_range range;

	(void)count;
	if (prefix_arg(context, values[0], "address", &range))
		sqlite3_result_int(context, inet_is_public(&range));
}

static void is_loopback(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct inet_range range;

	(void)count;
	if (prefix_arg(context, values[0], "address", &range))
		sqlite3_result_int(context, inet_is_loopback(range.family, range.first) &&
						inet_is_loopback(range.family, range.last));
}

static void endpoint(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct inet_range address;
	struct span protocol;
	char text[INET_TEXT_SIZE];
	uint32_t port;

	(void)count;
	if (!prefix_arg(context, values[0], "address", &address) ||
	    !port_arg(context, values[1], &port) ||
	    !text_arg(context, values[2], "protocol", &protocol))
		return;
	if (address.first != address.last) {
		fail(context, "address: is a prefix");
		return;
	}
	(void)inet_text(address.family, address.first, text);
	sqlite3_result_text(
	    context,
	    sqlite3_mprintf(address.family == AF_INET6 ? "[%s]:%u/%.*s" : "%s:%u/%.*s", text, port,
			    (int)protocol.len, protocol.data),
	    -1, sqlite3_free);
}

static void uncovered(sqlite3_context *context, int count, sqlite3_value **values)
{
	auto_free struct cover_area *allowed = NULL;
	struct cover_area wanted;
	struct cover_area first;
	struct span json;
	size_t allowed_count;
	struct err err;
	char text[COVER_TEXT_SIZE];
	int left;

	(void)count;
	if (!port_arg(context, values[0], &wanted.port_first) ||
	    !port_arg(context, values[1], &wanted.port_last) ||
	    !prefix_arg(context, values[2], "prefix", &wanted.source) ||
	    !text_arg(context, values[3], "allowed", &json))
		return;
	if (wanted.port_first > wanted.port_last) {
		fail(context, "port range %u-%u is reversed", wanted.port_first, wanted.port_last);
		return;
	}
	if (cover_parse(json, &allowed, &allowed_count, &err) < 0) {
		fail(context, "allowed: %s", err.text);
		return;
	}
	left = cover_subtract(&wanted, allowed, allowed_count, &first);
	if (left < 0)
		sqlite3_result_text(context, "more pieces than can be counted", -1, SQLITE_STATIC);
	else if (left > 0)
		sqlite3_result_text(context, cover_text(&first, text), -1, SQLITE_TRANSIENT);
}

/* The text, or NULL for an empty one. */
static void list_result(sqlite3_context *context, const struct buf *out)
{
	if (out->len > 0)
		sqlite3_result_text(context, out->data, (int)out->len, SQLITE_TRANSIENT);
}

static void two_lists(sqlite3_context *context, sqlite3_value **values,
		      int (*combine)(struct span a, struct span b, struct buf *out,
				     struct err *err))
{
	struct buf out auto_buf;
	struct span first;
	struct span second;
	struct err err;

	buf_init(&out, MAX_LIST);
	if (!text_arg(context, values[0], "sources", &first) ||
	    !text_arg(context, values[1], "others", &second))
		return;
	if (combine(first, second, &out, &err) < 0)
		fail(context, "%s", err.text);
	else
		list_result(context, &out);
}

static void sources_minus(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	two_lists(context, values, source_lists_minus);
}

static void sources_common(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	two_lists(context, values, source_lists_common);
}

static void sources_public(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct span list;
	struct err err;
	int found;

	(void)count;
	if (!text_arg(context, values[0], "sources", &list))
		return;
	found = source_list_is_public(list, &err);
	if (found < 0)
		fail(context, "%s", err.text);
	else
		sqlite3_result_int(context, found);
}

static void sources_words(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct buf out auto_buf;
	struct span list;
	struct err err;

	(void)count;
	buf_init(&out, MAX_LIST);
	if (!text_arg(context, values[0], "sources", &list))
		return;
	if (source_list_words(list, &out, &err) < 0)
		fail(context, "%s", err.text);
	else
		list_result(context, &out);
}

static void today(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct bound *bound = sqlite3_user_data(context);

	(void)count;
	(void)values;
	sqlite3_result_text(context, bound->today, -1, SQLITE_STATIC);
}

/* A setting's text as the type that the default has. */
static void setting_result(sqlite3_context *context, sqlite3_stmt *found, sqlite3_value *fallback)
{
	const char *text = (const char *)sqlite3_column_text(found, 0);
	const char *file = (const char *)sqlite3_column_text(found, 1);
	const char *key = (const char *)sqlite3_column_text(found, 3);
	char *end;
	long long number;

	if (!text) {
		sqlite3_result_value(context, fallback);
		return;
	}
	if (sqlite3_value_type(fallback) == SQLITE_TEXT) {
		sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
		return;
	}
	errno = 0;
	number = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0')
		fail(context, "%s:%d: setting \"%.64s\": \"%.64s\" is not a whole number",
		     file ? file : "?", sqlite3_column_int(found, 2), key ? key : "", text);
	else
		sqlite3_result_int64(context, number);
}

static void setting(sqlite3_context *context, int count, sqlite3_value **values)
{
	auto_stmt sqlite3_stmt *query = NULL;
	struct store store = {.db = sqlite3_context_db_handle(context)};
	struct span key;
	struct err err;
	int type = sqlite3_value_type(values[1]);
	int more;

	(void)count;
	if (!text_arg(context, values[0], "key", &key))
		return;
	if (type != SQLITE_INTEGER && type != SQLITE_TEXT) {
		fail(context, "the default is an integer or a text");
		return;
	}
	if (stmt_prepare(&store, "SELECT value, file, line, key FROM settings WHERE key = ?1",
			 &query, &err) < 0) {
		fail(context, "%s", err.text);
		return;
	}
	(void)sqlite3_bind_value(query, 1, values[0]); /* out of memory: then nothing is found */
	more = stmt_step(query, &err);
	if (more < 0)
		fail(context, "%s", err.text);
	else if (more == 0)
		sqlite3_result_value(context, values[1]);
	else
		setting_result(context, query, values[1]);
}

static const struct function functions[] = {
    {"cidr_contains", 2, "prefix, address_or_prefix",
     "1 when the second lies wholly in the first, else 0; families never mix", cidr_contains},
    {"endpoint", 3, "address, port, protocol", "'0.0.0.0:6379/tcp', '[::]:80/tcp'", endpoint},
    {"is_loopback", 1, "address", "1 when the address is the host's own loopback", is_loopback},
    {"is_public", 1, "address_or_prefix",
     "1 when packets of it may come from the internet (RFC 6890)", is_public},
    {"setting", 2, "'key', default",
     "the value in the policy file; an integer default wants a whole number", setting},
    {"sources_common", 2, "sources, others", "what two lists of sources share, or NULL",
     sources_common},
    {"sources_minus", 2, "sources, others",
     "what the second list of sources leaves of the first, or NULL", sources_minus},
    {"sources_public", 1, "sources", "1 when some of the list are addresses of the internet",
     sources_public},
    {"sources_words", 1, "sources", "the list for a sentence: 'anywhere', '10.0.0.0/8 and 4 more'",
     sources_words},
    {"today", 0, "", "the day of the audit, YYYY-MM-DD in UTC", today},
    {"uncovered", 4, "port_first, port_last, cidr, allowed",
     "the first part that no allowed area covers ('80-85 from 10.128.0.0/9'), or NULL; "
     "allowed is a json_group_array(json_array(port_first, port_last, cidr))",
     uncovered},
};

static int register_one(struct store *store, const struct function *function, const char *day)
{
	struct bound *bound = sqlite3_malloc(sizeof(*bound));

	if (!bound)
		return SQLITE_NOMEM;
	bound->function = function;
	(void)snprintf(bound->today, sizeof(bound->today), "%s", day);
	/* INNOCUOUS: our views call them, and the schema is not trusted. Frees `bound`, always. */
	return sqlite3_create_function_v2(store->db, function->name, function->count,
					  SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
					  bound, function->call, NULL, NULL, sqlite3_free);
}

int functions_register(struct store *store, const char *day, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
		if (register_one(store, &functions[i], day) != SQLITE_OK)
			return err_set(err, "SQL function %s: %s", functions[i].name,
				       sqlite3_errmsg(store->db));
	}
	return 0;
}

void functions_print(FILE *out)
{
	for (size_t i = 0; i < ARRAY_LEN(functions); i++)
		(void)fprintf(out, "%s(%s)\n    %s\n", functions[i].name, functions[i].arguments,
			      functions[i].about);
}

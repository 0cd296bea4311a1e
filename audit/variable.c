/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] Variables of the caller's environment, for the need VARIABLE: one at a time and by name,
 * so that what no file refers to stays where it is.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "audit/broker.h"
#include "lib/own.h"

#define MAX_NAME 256U

int broker_variable(struct broker *broker, struct wire *ask, struct err *err)
{
	struct span name = wire_get_span(ask, MAX_NAME);
	auto_free char *text = NULL;
	struct broker_item item = {0};
	const char *value;

	if (ask->bad || !wire_at_end(ask) || name.len == 0 || memchr(name.data, '\0', name.len) ||
	    memchr(name.data, '=', name.len))
		return err_set(err, "the jail broke the protocol");
	text = xasprintf("%.*s", (int)name.len, name.data);
	value = getenv(text);
	item.path = text;
	if (value)
		item.data = span_of(value);
	else
		item.error = ENOENT;
	return broker_put(broker, &item, err);
}

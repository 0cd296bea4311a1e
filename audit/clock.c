/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] What the kernel says of its clock, for the need CLOCK: adjtimex(2), which anybody may ask,
 * but not in a jail. As text, "NAME NUMBER" a line, so that a recording holds on any machine.
 */
#include <errno.h>
#include <sys/timex.h>

#include "audit/broker.h"
#include "lib/own.h"

int broker_clock(struct broker *broker, struct err *err)
{
	struct timex clock = {.modes = 0}; /* nothing is set */
	struct broker_item item = {.path = "adjtimex"};
	auto_free char *text = NULL;

	if (adjtimex(&clock) < 0)
		item.error = errno;
	else
		text = xasprintf("status %d\nmaxerror %ld\n", clock.status, clock.maxerror);
	if (text)
		item.data = span_of(text);
	return broker_put(broker, &item, err);
}

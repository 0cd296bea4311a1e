/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intent_parse() over any bytes; what comes out must keep the promises of audit/intent.h. */
#include "audit/intent.h"

#include <string.h>

#include "lib/inet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int fuzz_intent_allow(const struct intent_reader *reader, const struct intent_allow *allow,
			     struct err *err)
{
	struct inet_range range;
	bool has_ports = allow->port_first != INTENT_NO_PORT;

	(void)reader;
	if (!allow->origin || allow->line == 0 ||
	    (allow->protocol ? !allow->source == !allow->source_ref
			     : has_ports || allow->source || allow->source_ref) ||
	    (allow->source && inet_parse_prefix(span_of(allow->source), &range, err) < 0))
		__builtin_trap();
	if (has_ports && (allow->port_first < 0 || allow->port_first > allow->port_last ||
			  allow->port_last > 65535))
		__builtin_trap();
	return 0;
}

static int fuzz_intent_waiver(const struct intent_reader *reader,
			      const struct intent_waiver *waiver, struct err *err)
{
	(void)reader;
	(void)err;
	if (!waiver->rule || !waiver->subject || !waiver->reason || strlen(waiver->until) != 10)
		__builtin_trap();
	return 0;
}

static int fuzz_intent_setting(const struct intent_reader *reader,
			       const struct intent_setting *setting, struct err *err)
{
	(void)reader;
	(void)err;
	if (!setting->key || !setting->value)
		__builtin_trap();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	struct arena arena;
	struct intent_reader reader = {.arena = &arena,
				       .allow = fuzz_intent_allow,
				       .waiver = fuzz_intent_waiver,
				       .setting = fuzz_intent_setting};
	struct err err;

	arena_init(&arena, (size_t)256 << 20);
	if (intent_parse(input, &reader, &err) < 0 && (err.text[0] < '1' || err.text[0] > '9'))
		__builtin_trap();
	arena_done(&arena);
	return 0;
}

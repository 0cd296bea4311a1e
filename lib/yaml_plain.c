/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plain scalar of YAML means: see yaml.h. */
#include "lib/yaml.h"

void yaml_resolve_plain(struct json *node)
{
	static const struct {
		const char *text;
		enum json_type type;
		int64_t integer;
	} words[] = {
	    {"", JSON_NULL, 0},      {"~", JSON_NULL, 0},     {"null", JSON_NULL, 0},
	    {"Null", JSON_NULL, 0},  {"NULL", JSON_NULL, 0},  {"true", JSON_BOOL, 1},
	    {"True", JSON_BOOL, 1},  {"TRUE", JSON_BOOL, 1},  {"false", JSON_BOOL, 0},
	    {"False", JSON_BOOL, 0}, {"FALSE", JSON_BOOL, 0},
	};
	struct span digits = node->text;
	bool is_negative = span_starts(digits, "-");
	uint64_t number;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (span_is(node->text, words[i].text)) {
			node->type = words[i].type;
			node->integer = words[i].integer;
			return;
		}
	}
	if (is_negative)
		digits = (struct span){digits.data + 1, digits.len - 1};
	/* 010 is eight to YAML 1.1 and ten to 1.2: it stays text */
	if (span_uint(digits, INT64_MAX, &number) < 0 || (digits.len > 1 && digits.data[0] == '0'))
		return;
	node->type = JSON_INTEGER;
	node->integer = is_negative ? -(int64_t)number : (int64_t)number;
}

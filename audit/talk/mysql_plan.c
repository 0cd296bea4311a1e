/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Which accounts are tried, and in which order: see mysql.h. */
#include "audit/talk/mysql.h"

bool mysql_plan_try(const struct mysql_plan *plan, size_t index, enum mysql_kind *kind,
		    struct mysql_try *try)
{
	size_t words = plan->word_count < TALK_MAX_WORDS ? plan->word_count : TALK_MAX_WORDS;

	*try = (struct mysql_try){.user = "root", .password = ""};
	*kind = index < MYSQL_ROOT_WORD ? (enum mysql_kind)index : MYSQL_ROOT_WORD;
	switch (*kind) {
	case MYSQL_ROOT_EMPTY:
		return true;
	case MYSQL_ANONYMOUS:
		try->user = MYSQL_NOBODY;
		return true;
	case MYSQL_SKIP_GRANTS:
		try->user = MYSQL_NOBODY;
		try->password = MYSQL_NO_PASSWORD;
		return true;
	case MYSQL_ROOT_WORD:
		break;
	}
	if (index - MYSQL_ROOT_WORD >= words)
		return false;
	try->password = plan->words[index - MYSQL_ROOT_WORD];
	return true;
}

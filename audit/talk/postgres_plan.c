/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Which passwords are tried, and in which order: see postgres.h. */
#include "audit/talk/postgres.h"

bool postgres_plan_try(const char *const *words, size_t count, size_t index,
		       const unsigned char *nonce, struct postgres_try *try)
{
	*try = (struct postgres_try){.user = "postgres", .database = "postgres", .nonce = nonce};
	if (index == 0)
		return true;
	if (index > count || index > POSTGRES_MAX_WORDS)
		return false;
	try->password = words[index - 1];
	return true;
}

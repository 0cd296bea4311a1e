/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Which passwords are tried, in which order, and how outcomes are called: see postgres.h. */
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

const char *postgres_outcome_name(enum postgres_outcome outcome)
{
	static const char *const names[] = {
	    [POSTGRES_UNKNOWN] = "unknown",   [POSTGRES_ACCEPTED] = "accepted",
	    [POSTGRES_WANTED] = "wanted",     [POSTGRES_DENIED] = "denied",
	    [POSTGRES_NO_ENTRY] = "no entry", [POSTGRES_UNSUPPORTED] = "unsupported",
	    [POSTGRES_BUSY] = "busy",
	};

	return names[outcome];
}

const char *postgres_method_name(enum postgres_method method)
{
	static const char *const names[] = {
	    [POSTGRES_NONE] = "none",   [POSTGRES_CLEARTEXT] = "cleartext",
	    [POSTGRES_MD5] = "md5",     [POSTGRES_SCRAM] = "scram",
	    [POSTGRES_GSS] = "gss",     [POSTGRES_SSPI] = "sspi",
	    [POSTGRES_OTHER] = "other",
	};

	return names[method];
}

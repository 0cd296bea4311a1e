/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Parts of PostgreSQL's protocol: see postgres_read.h; the chapters named are those of
 * postgresql.org/docs/current/. */
#include "audit/talk/postgres_read.h"

#include <string.h>

/* MD5(MD5(password, user), salt) in hexadecimal digits: protocol-flow.html, 55.2.1 */
int postgres_md5(const struct postgres_try *try, struct span salt, char text[POSTGRES_MD5_ANSWER])
{
	struct span parts[] = {span_of(try->password), span_of(try->user)};
	unsigned char digest[CRYPTO_MAX_DIGEST];

	memcpy(text, "md5", 3);
	text[POSTGRES_MD5_ANSWER - 1] = '\0';
	for (int turn = 0; turn < 2; turn++) {
		if (crypto_digest("MD5", parts, 2, digest) != 16)
			return -1;
		for (size_t i = 0; i < 16; i++) {
			text[3 + 2 * i] = "0123456789abcdef"[digest[i] >> 4];
			text[4 + 2 * i] = "0123456789abcdef"[digest[i] & 15];
		}
		parts[0] = (struct span){text + 3, 32};
		parts[1] = salt;
	}
	return 0;
}

/* errcodes-appendix.html; after AuthenticationOk the role is known to be let in, unless it is not
 * there (miscinit.c, InitializeSessionUserId(): 28000), and what is missing is its database. */
static enum postgres_outcome outcome_of(const struct postgres *postgres, bool names_hba)
{
	struct span state = span_of(postgres->state);
	bool in = postgres->stage == POSTGRES_IN;

	if (span_starts(state, "53") || span_starts(state, "57P"))
		return POSTGRES_BUSY;
	if (postgres->stage == POSTGRES_ASKED_TLS)
		return POSTGRES_UNKNOWN;
	if (span_is(state, "28P01") || span_is(state, "28000"))
		return names_hba && !in ? POSTGRES_NO_ENTRY : POSTGRES_DENIED;
	if (in && (span_is(state, "3D000") || span_is(state, "42501")))
		return POSTGRES_ACCEPTED;
	return POSTGRES_UNKNOWN;
}

/* Whether it tells of pg_hba.conf. The message can be in any language, but that name stays as it
 * is. */
static bool tells_of_hba(struct span text)
{
	static const char name[] = "pg_hba.conf";

	return text.len >= sizeof(name) - 1 && memmem(text.data, text.len, name, sizeof(name) - 1);
}

/* protocol-error-fields.html: fields of a letter and a text, each ended by NUL, then one more NUL
 */
int postgres_read_error(struct postgres *postgres, struct span body, enum postgres_outcome *outcome)
{
	bool names_hba = false;
	struct span field;

	while (span_cut(&body, '\0', &field) && field.len > 0) {
		struct span text = {field.data + 1, field.len - 1};

		if (field.data[0] == 'M')
			names_hba = tells_of_hba(text);
		if (field.data[0] != 'C' || text.len != 5)
			continue;
		for (size_t i = 0; i < 5; i++)
			postgres->state[i] =
			    text.data[i] > ' ' && text.data[i] <= '~' ? text.data[i] : '?';
	}
	if (!postgres->state[0])
		return -1;
	*outcome = outcome_of(postgres, names_hba);
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Blocks of PEM, RFC 7468, and the older headers of RFC 1421 that keys of OpenSSL have.
 * What stands between blocks is for people.
 */
#include <limits.h>
#include <openssl/evp.h>
#include <string.h>

#include "audit/keystore/keystore.h"

static const char begin[] = "-----BEGIN ";

struct block {
	struct span label;
	struct span body;
	bool is_ended;
};

/* Where a line begins with the text, or NULL. */
static const char *find_line(struct span text, const char *wanted)
{
	size_t len = strlen(wanted);
	size_t at = 0;

	while (at + len <= text.len) {
		const char *found = memmem(text.data + at, text.len - at, wanted, len);

		if (!found || found == text.data || found[-1] == '\n' || found[-1] == '\r')
			return found;
		at = (size_t)(found - text.data) + len;
	}
	return NULL;
}

/* Does the line "-----END LABEL-----" begin here? */
static bool is_end(struct span text, struct span label)
{
	size_t len = strlen("-----END ");

	if (!span_starts(text, "-----END ") || text.len < len + label.len + 5)
		return false;
	text = (struct span){text.data + len, text.len - len};
	return memcmp(text.data, label.data, label.len) == 0 &&
	       memcmp(text.data + label.len, "-----", 5) == 0;
}

static bool next_block(struct span *rest, struct block *out)
{
	const char *at;
	const char *end;
	struct span line;

	do {
		at = find_line(*rest, begin);
		if (!at)
			return false;
		at += strlen(begin);
		*rest = (struct span){at, rest->len - (size_t)(at - rest->data)};
		line = (struct span){at, 0};
		(void)span_cut(rest, '\n', &line); /* nothing: cut */
		line = span_trim(line);
	} while (!span_ends(line, "-----") && rest->len > 0);
	*out = (struct block){.label = line, .body = *rest};
	if (!span_ends(line, "-----")) /* the file ends here */
		return true;
	out->label.len -= 5;
	end = find_line(*rest, "-----");
	if (!end)
		return true;
	out->body.len = (size_t)(end - rest->data);
	*rest = (struct span){end, rest->len - out->body.len};
	out->is_ended = is_end(*rest, out->label);
	return true;
}

/* Cuts headers off, which end with an empty line; says whether they tell of encryption. */
static bool cut_headers(struct span *body)
{
	struct span rest = *body;
	bool is_encrypted = false;
	struct span line;

	if (!span_cut(&rest, '\n', &line) || !memchr(line.data, ':', line.len))
		return false;
	do {
		is_encrypted = is_encrypted || (span_starts(line, "Proc-Type:") &&
						span_ends(span_trim(line), "ENCRYPTED"));
		*body = rest;
	} while (span_trim(line).len > 0 && span_cut(&rest, '\n', &line));
	return is_encrypted;
}

bool keystore_base64(struct arena *arena, struct span body, struct span *out)
{
	EVP_ENCODE_CTX *context = EVP_ENCODE_CTX_new();
	unsigned char *bytes = arena_alloc(arena, body.len / 4 * 3 + 64, 1);
	int len = 0;
	int more = 0;
	bool is_right;

	EVP_DecodeInit(context);
	is_right = context && body.len <= INT_MAX &&
		   EVP_DecodeUpdate(context, bytes, &len, (const unsigned char *)body.data,
				    (int)body.len) >= 0 &&
		   EVP_DecodeFinal(context, bytes + len, &more) == 1;
	EVP_ENCODE_CTX_free(context);
	*out = (struct span){(const char *)bytes, (size_t)len + (size_t)more};
	return is_right && out->len > 0;
}

static bool is_certificate(struct span label)
{
	return span_is(label, "CERTIFICATE") || span_is(label, "X509 CERTIFICATE") ||
	       span_is(label, "TRUSTED CERTIFICATE");
}

static enum keystore_outcome take_certificate(struct keystore *keystore, const struct block *block)
{
	struct span der;
	size_t len;

	if (!keystore_base64(keystore->arena, block->body, &der))
		return block->is_ended ? KEYSTORE_CORRUPT : KEYSTORE_CUT;
	len = keystore_der_length(der);
	if (len == 0)
		return KEYSTORE_CORRUPT;
	if (len > der.len)
		return KEYSTORE_CUT;
	/* a trusted one has what it is trusted for behind it */
	if (len < der.len && !span_is(block->label, "TRUSTED CERTIFICATE"))
		return KEYSTORE_CORRUPT;
	der.len = len;
	return keystore_put_certificate(keystore, der, "") ? KEYSTORE_READ : KEYSTORE_CUT;
}

static enum keystore_outcome take_key(struct keystore *keystore, const struct block *block)
{
	struct span body = block->body;
	bool is_encrypted = cut_headers(&body);
	struct span der;

	if (is_encrypted || span_is(block->label, "ENCRYPTED PRIVATE KEY")) {
		keystore->key(keystore, &(struct keystore_key){.alias = "", .is_encrypted = true});
		return KEYSTORE_READ;
	}
	if (!keystore_base64(keystore->arena, body, &der) || !keystore_put_key(keystore, der))
		return block->is_ended ? KEYSTORE_CORRUPT : KEYSTORE_CUT;
	return KEYSTORE_READ;
}

enum keystore_outcome keystore_pem(struct keystore *keystore, struct span data, bool is_cut)
{
	enum keystore_outcome worst = KEYSTORE_READ;
	struct block block;
	bool is_any = false;

	while (next_block(&data, &block)) {
		enum keystore_outcome outcome = KEYSTORE_READ;
		bool is_key = span_ends(block.label, "PRIVATE KEY");

		bool is_last = !block.is_ended && data.len == 0 && block.body.len == 0;

		if (!is_certificate(block.label) && !is_key && !is_last)
			continue;
		is_any = true;
		if (!keystore->format[0]) /* else it is within that */
			keystore->format = "PEM";
		if (!block.is_ended)
			outcome = KEYSTORE_CUT;
		else
			outcome = is_key ? take_key(keystore, &block)
					 : take_certificate(keystore, &block);
		if (outcome > worst)
			worst = outcome;
		if (outcome != KEYSTORE_READ && keystore->certificates == KEYSTORE_MAX_CERTIFICATES)
			break;
	}
	if (is_cut)
		return KEYSTORE_CUT;
	return is_any ? worst : KEYSTORE_NONE;
}

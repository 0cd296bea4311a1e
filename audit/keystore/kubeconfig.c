/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Certificates and keys within a kubeconfig: base64 of PEM, on the line of its key, in YAML
 * as kubeadm and kubectl write it or in JSON:
 * kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo
 */
#include <string.h>

#include "audit/keystore/keystore.h"

/* Those of users first: what a cluster's authority has is behind them. */
static const char *const members[] = {"client-certificate-data", "client-key-data",
				      "certificate-authority-data"};

static bool is_between(char byte)
{
	return memchr(" \t\r\n\"'{,", byte, 8) != NULL;
}

static bool is_base64(char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= '0' && byte <= '9') || byte == '+' || byte == '/' || byte == '=';
}

/* The value behind the next of those members, which is cut off. */
static bool next_value(struct span *rest, const char *member, struct span *out)
{
	size_t len = strlen(member);
	const char *at;

	while ((at = memmem(rest->data, rest->len, member, len))) {
		const char *end = rest->data + rest->len;
		bool begins = at == rest->data || is_between(at[-1]);

		at += len;
		*rest = (struct span){at, (size_t)(end - at)};
		if (at < end && (*at == '"' || *at == '\''))
			at++;
		if (!begins || at == end || *at != ':')
			continue;
		for (at++; at < end && memchr(" \t\"'", *at, 4); at++)
			;
		*out = (struct span){at, 0};
		while (at < end && !memchr("\r\n\"', }", *at, 7))
			at++;
		out->len = (size_t)(at - out->data);
		*rest = (struct span){at, (size_t)(end - at)};
		return true;
	}
	return false;
}

bool keystore_is_kubeconfig(struct span data)
{
	for (unsigned i = 0; i < sizeof(members) / sizeof(*members); i++) {
		struct span rest = data;
		struct span value;

		if (next_value(&rest, members[i], &value))
			return true;
	}
	return false;
}

static enum keystore_outcome take(struct keystore *keystore, struct span value, bool is_last)
{
	enum keystore_outcome outcome;
	struct span pem;

	if (value.len == 0) /* not set */
		return is_last ? KEYSTORE_CUT : KEYSTORE_READ;
	for (size_t i = 0; i < value.len; i++)
		if (!is_base64(value.data[i]))
			return KEYSTORE_CORRUPT;
	if (!keystore_base64(keystore->arena, value, &pem))
		return is_last ? KEYSTORE_CUT : KEYSTORE_CORRUPT;
	outcome = keystore_pem(keystore, pem, false);
	if (outcome == KEYSTORE_NONE)
		return is_last ? KEYSTORE_CUT : KEYSTORE_CORRUPT;
	return outcome;
}

enum keystore_outcome keystore_kubeconfig(struct keystore *keystore, struct span data, bool is_cut)
{
	enum keystore_outcome worst = is_cut ? KEYSTORE_CUT : KEYSTORE_READ;

	keystore->format = "kubeconfig";
	for (unsigned i = 0; i < sizeof(members) / sizeof(*members); i++) {
		struct span rest = data;
		struct span value;

		while (next_value(&rest, members[i], &value)) {
			enum keystore_outcome outcome = take(keystore, value, rest.len == 0);

			if (outcome > worst)
				worst = outcome;
		}
	}
	return worst;
}

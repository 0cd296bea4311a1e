/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Files that hold keys, by their names: see keys.h. */
#include "audit/compose/keys.h"

#include <string.h>

#include "lib/own.h"

static bool contains(struct span text, const char *part)
{
	size_t len = strlen(part);

	for (size_t at = 0; at + len <= text.len; at++)
		if (strncasecmp(text.data + at, part, len) == 0)
			return true;
	return false;
}

bool keys_is_file(struct span path)
{
	static const char *const names[] = {"id_rsa",
					    ".netrc",
					    ".npmrc",
					    ".pypirc",
					    ".git-credentials",
					    "id_dsa",
					    ".pgpass",
					    ".htpasswd",
					    "credentials.json",
					    ".dockerconfigjson",
					    "id_ecdsa",
					    "id_ed25519",
					    "kubeconfig",
					    ".env",
					    "service-account.json",
					    ".ssh",
					    ".aws",
					    ".my.cnf",
					    "secrets.json",
					    "secrets.yml",
					    ".kube",
					    "secrets.yaml"};
	static const char *const ends[] = {".key", ".pem", ".p12", ".pfx", ".jks", ".keystore"};
	static const char *const harmless[] = {"example", "sample",  "template", ".dist",
					       "public",  "cert",    "chain",    "bundle",
					       "ca.pem",  "root-ca", "-ca-",     "dhparam"};
	const char *slash;

	while (path.len > 0 && path.data[path.len - 1] == '/')
		path.len--;
	slash = path.len > 0 ? memrchr(path.data, '/', path.len) : NULL;
	if (slash)
		path = (struct span){slash + 1, path.len - (size_t)(slash + 1 - path.data)};
	for (size_t i = 0; i < ARRAY_LEN(harmless); i++)
		if (contains(path, harmless[i]))
			return false;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (span_is(path, names[i]))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (path.len > strlen(ends[i]) && span_ends(path, ends[i]))
			return true;
	return span_starts(path, ".env.");
}

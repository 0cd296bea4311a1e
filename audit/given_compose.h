/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] The Compose files that the user gave, as `docker compose` is given them: by -f, or by the
 * folder that it is called in, and by the variables COMPOSE_FILE and COMPOSE_ENV_FILES of the
 * caller. What a .env file in that folder says is not known here, since only the jail reads it.
 */
#ifndef AUDIT_GIVEN_COMPOSE_H
#define AUDIT_GIVEN_COMPOSE_H

#include "audit/given.h"

struct given_compose {
	const char *const *paths; /* of -c: files, or one folder */
	size_t path_count;
	const char *const *env_files;
	size_t env_file_count;
};

/*
 * Roles: "compose" for files, and for the folder; "compose-default" for what lies in the folder by
 * Compose's own names; "env-file" for files of variables; "compose-directory" for the current
 * directory, which relative paths refer to.
 */
int given_add_compose(struct given *given, const struct given_compose *compose,
		      unsigned trusted_uid, struct err *err) MUST_CHECK;

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What the settings of a Spring Boot application, application.properties or .yml, say of its
 * key store: docs.spring.io/spring-boot/how-to/webserver.html#howto.webserver.configure-ssl
 */
#ifndef AUDIT_USES_SPRING_H
#define AUDIT_USES_SPRING_H

#include "lib/arena.h"
#include "lib/span.h"

#define SPRING_MAX_STORES 8U

struct spring {
	const char *key_stores[SPRING_MAX_STORES]; /* as they are written */
	unsigned count;
	const char
	    *password; /* of them, and of those in the jar; NULL: none. The last one counts */
};

/* Adds what a file says; what is not said there stays. */
void spring_read(struct arena *arena, struct span text, struct spring *out);

/*
 * The path within "file:/a", "file:///a" or "/a"; empty when it is in the jar (classpath:), or
 * stands in a variable (${…}), which is then said in *is_variable.
 */
struct span spring_path(struct span written, bool *is_variable);

#endif

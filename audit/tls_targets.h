/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The TLS listeners that are asked, and by which names: the rows of tls_input.h. */
#ifndef AUDIT_TLS_TARGETS_H
#define AUDIT_TLS_TARGETS_H

#include "audit/tls_endpoint.h"

/* A server_name of nginx that is a regular expression: which names it is for cannot be told. */
struct tls_pattern {
	struct tls_pattern *next;
	const struct tls_endpoint *endpoint;
	const char *text;
};

struct tls_targets {
	struct tls_round round;
	struct tls_endpoint *first;
	struct tls_pattern *patterns; /* in the order of their endpoints */

	/* its own */
	struct tls_endpoint **end;
	struct tls_endpoint *last;
	struct tls_pattern **patterns_end;
	struct tls_endpoint *hinted;
};

/* Reads all of the input; `targets` is zero but for its round's arena. */
int tls_targets_read(struct tls_targets *targets, struct host *host, struct err *err) MUST_CHECK;

#endif

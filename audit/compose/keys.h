/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Files that hold keys, by their names. */
#ifndef AUDIT_COMPOSE_KEYS_H
#define AUDIT_COMPOSE_KEYS_H

#include <stdbool.h>

#include "lib/span.h"

/* True for what by habit is a private key or a file of credentials, and no example of one. */
bool keys_is_file(struct span path);

#endif

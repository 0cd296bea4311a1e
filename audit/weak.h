/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Passwords that bots try: short ones, and those of guides and examples. */
#ifndef AUDIT_WEAK_H
#define AUDIT_WEAK_H

#include <stdbool.h>

#include "lib/span.h"

/* NIST SP 800-63B, 5.1.1.1: fewer bytes than that are weak by themselves. */
#define WEAK_LEN 8

/* Is it one of them? An empty one is. */
bool password_is_weak(struct span password);

#endif

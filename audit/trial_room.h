/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Room for large rulesets. nft(8) sends one in a single message, which net.core.wmem_max bounds for
 * all but root of the host (SO_SNDBUFFORCE, socket(7)): some thousand rules. So that call is handed
 * to main, which makes the room of a fixed size on the program's socket, and reads nothing of it
 * but a descriptor's number. seccomp_unotify(2)
 */
#ifndef AUDIT_TRIAL_ROOM_H
#define AUDIT_TRIAL_ROOM_H

#include "lib/err.h"

/* [jail] The calls of this process are handed on from now; the descriptor to listen at. */
int trial_room_ask(struct err *err) MUST_CHECK;

/* [root] Serves one call, if there is one. */
void trial_room_serve(int listener_fd);

#endif

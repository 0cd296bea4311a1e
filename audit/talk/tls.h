/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] TLS between a machine (talk.h) and the carrier: OpenSSL over memory, which neither opens
 * nor connects. Nobody is authenticated: who asks whether a server lets strangers in takes it as it
 * is.
 */
#ifndef AUDIT_TALK_TLS_H
#define AUDIT_TALK_TLS_H

#include "lib/buf.h"
#include "lib/err.h"
#include "lib/span.h"

struct tls;

/* Before the jail closes: OpenSSL reads no configuration, and has what it needs from files by then.
 */
void tls_prepare(void);

/* The client's side; what is to be sent first is written to `out`. NULL: OpenSSL has no memory. */
struct tls *tls_start(struct buf *out);
void tls_end(struct tls *tls);

/* Takes what came: 1: the handshake is over, and `plain` has what was said; 0: it goes on; -1: the
 * peer does not keep to the protocol, or has ended it. */
int tls_feed(struct tls *tls, struct span in, struct buf *plain, struct buf *out) MUST_CHECK;

/* Did the peer end it by an alert: since it wants a certificate of ours, or another version? */
bool tls_was_refused(const struct tls *tls);

/* -1: it cannot be said any more. */
int tls_say(struct tls *tls, struct span plain, struct buf *out) MUST_CHECK;

#endif

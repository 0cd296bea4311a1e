/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] All that is asked of one TLS server at one address, one question after the other, each a
 * connection of its own; many servers are asked at once (carry.h). All that can be seen in clear is
 * asked by a ClientHello of our own (hello.h), which costs neither side a key. A good one is asked:
 *
 *	- without a name, whatever it likes: the highest version, and its suite
 *	- for TLS 1.2, where it shows its chain in clear, and whether it wants a certificate of ours
 *	- whether it would also serve the other kind of key (RSA, ECDSA), since it may have one of
 *	  each; and if it would, for that chain
 *	- whether it takes TLS 1.1 or older: refused, by a good one
 *	- whether it takes a weak suite: refused, by a good one
 *	- for each name: the second and third of these; not the third for a name that only stands in
 *	  its certificate and is served as no name is
 *
 * So five connections, and one or two for each name. What it takes costs another one each: TLS 1.0
 * behind 1.1, and the next weak suite.
 *
 * Whoever does not answer plainly (it takes TLS 1.3 alone, refuses who does not know its name, does
 * not keep to the protocol) is asked by whole handshakes of OpenSSL's (handshake.h) for the chain,
 *and whether it takes TLS 1.2 by one more ClientHello. A server that shows another chain by TLS 1.3
 *than by TLS 1.2 is not told from others: what is seen is that of TLS 1.2.
 *
 * MySQL counts what is broken off against who asks, unless that is loopback. So it is asked by a
 * handshake that is finished, and only at loopback for versions and suites, by three connections
 *more.
 */
#ifndef AUDIT_TLS_ENDPOINT_H
#define AUDIT_TLS_ENDPOINT_H

#include "audit/talk/tls_ask.h"
#include "audit/tls_leaf.h"

/* The origin of names that nobody meant: they stand in a certificate. */
#define TLS_FROM_CERTIFICATE "certificate"

#define TLS_MAX_NAMES 64U /* that one listener is asked by */

enum tls_outcome {
	TLS_NOT_ASKED, /* another name had no answer in time */
	TLS_SERVED,
	TLS_REFUSED,     /* a fatal alert: it does not serve this name, or nobody */
	TLS_CLEAR,       /* its protocol offers no TLS, or it speaks another one */
	TLS_UNREACHABLE, /* nothing listens there any more, or no packet gets there */
	TLS_UNKNOWN,     /* see reason */
};

/* What one name is served. */
struct tls_name {
	struct tls_name *next;
	const char *name;   /* NULL: none was sent */
	const char *origin; /* where it is from; NULL without a name */
	enum tls_outcome outcome;
	const char *reason; /* of TLS_UNKNOWN */
	unsigned version;   /* the highest, TLS_1_0 …; 0: none, or as below */
	const char *cipher; /* as is the version: NULL where another name was asked for it */
	bool wants_certificate;
	struct tls_leaf leaves[TLS_KINDS];
	/* of TLS 1.0 to 1.3: 1, 0; -1: not known, or asked by another name of this server */
	signed char accepts[4];
	bool has_weaknesses; /* is known */
	unsigned weaknesses; /* bits 1 << HELLO_… */
};

/* What all endpoints share. */
struct tls_round {
	struct handshakes handshakes;
	struct tls_leaves leaves;
};

struct tls_endpoint {
	struct tls_endpoint *next; /* the probe's */
	int64_t namespace;
	const char *bound;
	const char *asked;
	int64_t port;
	enum tls_prelude prelude;
	bool is_not_counted;    /* of MySQL: what is broken off does it no harm */
	struct tls_name *names; /* the first is the one without a name */
	size_t name_count;
	bool has_too_many_names; /* the configuration's */
	bool is_short_of;        /* some answer but the first ones never came: see short_reason */
	const char *short_reason;

	/* its own */
	struct conversation conversation;
	struct tls_round *round;
	struct tls_ask ask;
	struct tls_name *at; /* whose question is on its way */
	unsigned question;
	bool are_versions_asked;
	bool is_clear;    /* it has shown its chain in clear */
	int64_t until_ms; /* when it has had its time; 0: not begun */
};

/* Makes it ready: row is the one of the probe's input that says where it is called. */
void tls_endpoint_init(struct tls_endpoint *endpoint, struct tls_round *round, unsigned row);
/* One more name, which is copied: true when it will be asked. Those that cannot be host names
 * (RFC 1123, 2.1) are not; `*` becomes "harden". */
bool tls_endpoint_add_name(struct tls_endpoint *endpoint, struct span name, const char *origin);

/* For tls_endpoint.c: one more name, not copied. */
struct tls_name *tls_name_append(struct tls_endpoint *endpoint, const char *name,
				 const char *origin);
/* What the certificates say that were served without a name; those beyond the ceiling are no loss,
 * since nothing but the certificate says that they are served. */
void tls_names_add_served(struct tls_endpoint *endpoint);
/* Is the one that was asked for last of no intent, and shows what is shown without one? Then its
 * other key is that one's, too, and is put there. */
bool tls_name_is_as_none(struct tls_endpoint *endpoint);

#endif

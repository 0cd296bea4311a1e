/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table tls_handshakes: see the spec at the end. All listeners are asked at once, and each
 * one question after the other: see audit/tls_endpoint.h, also for how many that are.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "audit/tls_input.h"
#include "audit/tls_targets.h"
#include "lib/own.h"

enum { NEED_CALL, NEED_ROOTS, NEEDS_END = 4 };

/* ---- the roots ---- */

/* The first bundle that is there; distributions put it in different places. */
static int read_roots(struct host *host, struct tls_leaves *leaves, struct err *err)
{
	struct item item;
	bool is_there = false;

	for (unsigned need = NEED_ROOTS; need < NEEDS_END && !leaves->roots; need++) {
		int got;

		if (host_ask(host, need, err) < 0)
			return -1;
		while ((got = host_next(host, &item, err)) > 0) {
			if (item.error == ENOENT || leaves->roots)
				continue;
			is_there = true;
			if (item.error)
				host_item_failed(host, &item, item.path);
			else
				leaves->roots = chain_read_roots(item.data);
		}
		if (got < 0)
			return -1;
	}
	if (is_there && !leaves->roots)
		host_incomplete(host, COVERAGE_PARTIAL, "the bundle of roots holds none");
	return 0;
}

static const char *prelude_name(enum tls_prelude prelude)
{
	static const char *const names[] = {[TLS_AT_ONCE] = NULL,
					    [TLS_BY_SMTP] = "smtp",
					    [TLS_BY_POSTGRES] = "postgresql",
					    [TLS_BY_MYSQL] = "mysql"};

	return names[prelude];
}

/* ---- rows ---- */

static void row_known(struct host *host, int value)
{
	if (value < 0)
		row_null(host);
	else
		row_int(host, value);
}

static void put_weaknesses(struct host *host, const struct tls_name *name)
{
	struct buf text auto_buf;

	buf_init(&text, 256);
	for (unsigned i = 0; i < HELLO_WEAKNESSES; i++)
		if (name->weaknesses >> i & 1) {
			buf_text(&text, text.len > 0 ? " " : "");
			buf_text(&text, hello_weakness_name((enum hello_weakness)i));
		}
	row_text(host, name->has_weaknesses ? buf_string(&text) : NULL);
}

static void put_name(struct host *host, const struct tls_endpoint *endpoint,
		     const struct tls_name *name)
{
	static const char *const outcomes[] = {
	    [TLS_NOT_ASKED] = "not asked", [TLS_SERVED] = "served",
	    [TLS_REFUSED] = "refused",     [TLS_CLEAR] = "no tls",
	    [TLS_UNKNOWN] = "unknown",     [TLS_UNREACHABLE] = "unreachable"};
	static const char *const versions[] = {"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};

	row_int(host, endpoint->namespace);
	row_text(host, endpoint->bound);
	row_int(host, endpoint->port);
	row_text(host, endpoint->asked);
	row_text(host, prelude_name(endpoint->prelude));
	row_text(host, name->name);
	row_text(host, name->origin);
	row_int(host, endpoint->round->leaves.now);
	row_text(host, outcomes[name->outcome]);
	row_text(host, name->outcome == TLS_UNKNOWN ? name->reason : NULL);
	row_text(host, name->version >= TLS_1_0 && name->version <= TLS_1_3
			   ? versions[name->version - TLS_1_0]
			   : NULL);
	row_text(host, name->cipher);
	for (size_t i = 0; i < ARRAY_LEN(versions); i++)
		row_known(host, name->accepts[i]);
	put_weaknesses(host, name);
	row_known(host, name->outcome == TLS_SERVED ? name->wants_certificate : -1);
}

static void put_time(struct host *host, bool is_known, int64_t seconds)
{
	if (is_known)
		row_int(host, seconds);
	else
		row_null(host);
}

static void put_certificate(struct host *host, const struct certificate *certificate)
{
	struct buf names auto_buf;

	buf_init(&names, (size_t)16 << 20); /* more than the ceilings of certificate.h come to */
	certificate_put_names(certificate, &names);
	row_span(host, certificate->subject);
	row_span(host, certificate->issuer);
	row_span(host, certificate->serial);
	row_span(host, buf_span(&names));
	put_time(host, certificate->has_not_before, certificate->not_before);
	put_time(host, certificate->has_not_after, certificate->not_after);
	row_text(host, certificate->key_type);
	if (certificate->key_bits > 0)
		row_int(host, certificate->key_bits);
	else
		row_null(host);
	row_text(host, certificate->signature);
	row_text(host, certificate->digest);
	row_text(host, certificate->fingerprint);
	row_text(host, certificate->spki[0] ? certificate->spki : NULL);
	row_int(host, certificate->is_ca);
	row_int(host, certificate->is_self_signed);
	row_end(host);
}

#define CERTIFICATE_COLUMNS 18 /* of a row that has no certificate: those behind put_name() */

static void put_leaf(struct host *host, const struct tls_endpoint *endpoint,
		     const struct tls_name *name, enum tls_kind kind)
{
	const struct tls_leaf *leaf = &name->leaves[kind];

	for (size_t i = 0; leaf->chain && i < leaf->count; i++) {
		put_name(host, endpoint, name);
		row_text(host, kind == TLS_KIND_RSA ? "rsa" : "ecdsa");
		row_text(host, chain_verdict_name(leaf->verdict));
		row_known(host, leaf->name_matches);
		row_int(host, (int64_t)i);
		put_certificate(host, &leaf->chain[i]);
	}
	if (leaf->is_cut)
		host_incomplete(host, COVERAGE_PARTIAL, "the chain at port %lld is too long",
				(long long)endpoint->port);
	for (size_t i = 0; leaf->chain && i < leaf->count; i++)
		if (!leaf->chain[i].has_not_after || !leaf->chain[i].has_not_before)
			host_incomplete(host, COVERAGE_PARTIAL,
					"a certificate at port %lld has a date that cannot be read",
					(long long)endpoint->port);
}

static void end_without_leaf(struct host *host)
{
	for (int i = 0; i < CERTIFICATE_COLUMNS; i++)
		row_null(host);
	row_end(host);
}

/* What nobody can ask for is in the table all the same, and a limit of what is told. */
static void put_patterns(struct host *host, struct tls_targets *all,
			 const struct tls_endpoint *endpoint)
{
	for (; all->patterns && all->patterns->endpoint == endpoint;
	     all->patterns = all->patterns->next) {
		const struct tls_name name = {.name = all->patterns->text,
					      .origin = "pattern",
					      .outcome = TLS_NOT_ASKED,
					      .accepts = {-1, -1, -1, -1}};

		put_name(host, endpoint, &name);
		end_without_leaf(host);
		host_note(host,
			  "TLS at port %lld: names that nginx has as a pattern are not asked for",
			  (long long)endpoint->port);
	}
}

static void put(struct host *host, const struct tls_endpoint *endpoint)
{
	long long port = (long long)endpoint->port;
	bool is_served = false;
	bool is_refused = false;

	for (const struct tls_name *name = endpoint->names; name; name = name->next) {
		is_served |= name->outcome == TLS_SERVED;
		is_refused |= name->outcome == TLS_REFUSED;
		if (name->outcome == TLS_UNKNOWN)
			host_incomplete(host, COVERAGE_PARTIAL, "TLS at port %lld: %s", port,
					name->reason ? name->reason : "no answer");
		if (!name->leaves[TLS_KIND_RSA].chain && !name->leaves[TLS_KIND_ECDSA].chain) {
			put_name(host, endpoint, name);
			end_without_leaf(host);
		}
		put_leaf(host, endpoint, name, TLS_KIND_RSA);
		put_leaf(host, endpoint, name, TLS_KIND_ECDSA);
	}
	if (is_refused && !is_served)
		host_incomplete(host, COVERAGE_PARTIAL,
				"TLS at port %lld: it serves nobody who does not know its name",
				port);
	if (endpoint->is_short_of)
		host_incomplete(host, COVERAGE_PARTIAL, "TLS at port %lld, asked further: %s", port,
				endpoint->short_reason ? endpoint->short_reason : "no answer");
	if (endpoint->has_too_many_names)
		host_incomplete(host, COVERAGE_PARTIAL,
				"TLS at port %lld: it has more names than are asked for", port);
}

static int ask_all(struct host *host, struct tls_targets *all, struct err *err)
{
	struct conversation *queue = NULL;
	struct conversation **end = &queue;

	for (struct tls_endpoint *at = all->first; at; at = at->next) {
		*end = &at->conversation;
		end = &at->conversation.next;
	}
	if (!queue) /* then neither roots nor OpenSSL are needed */
		return 0;
	if (read_roots(host, &all->round.leaves, err) < 0)
		return -1;
	return carry(host, NEED_CALL, queue, err);
}

static int collect(struct host *host, struct err *err)
{
	struct tls_targets *all = arena_alloc(host_arena(host), 1, sizeof(*all));
	struct timespec now;
	int result;

	(void)clock_gettime(CLOCK_REALTIME, &now); /* cannot fail for this clock */
	all->round.leaves.arena = host_arena(host);
	all->round.leaves.now = now.tv_sec;
	if (tls_targets_read(all, host, err) < 0)
		return -1;
	result = ask_all(host, all, err);
	for (const struct tls_endpoint *at = all->first; result == 0 && at; at = at->next) {
		put(host, at);
		put_patterns(host, all, at);
	}
	tls_leaves_done(&all->round.leaves);
	handshakes_end(&all->round.handshakes);
	chain_free_roots(all->round.leaves.roots);
	return result;
}

const struct probe probe_tls_handshakes = {
    .about = "What TLS listeners served, by asking them: a row for each certificate; see "
	     "tls_endpoints and served_certificates",
    COLUMNS(
	{"namespace", INTEGER, "id of the network namespace"},
	{"address", TEXT, "that the listener is bound to"}, {"port", INTEGER, "local port"},
	{"asked", TEXT, "address that was called, from itself"},
	{"starttls", TEXT, "smtp, postgresql, mysql; NULL: TLS from the first byte on"},
	{"name", TEXT, "that was asked for (SNI); NULL: none"},
	{"origin", TEXT,
	 "where the name is from: nginx, wildcard (a name made for one of nginx), pattern (of "
	 "nginx: "
	 "not asked), policy, disk (a certificate in a file that the listener's process is "
	 "configured to show), certificate (one that was served without a name)"},
	{"asked_at", INTEGER, "when, in seconds since the epoch"},
	{"outcome", TEXT, "served, refused, no tls, unreachable, unknown, not asked"},
	{"reason", TEXT, "why it is unknown"},
	{"version", TEXT, "the highest: TLS 1.3; NULL: not known, or asked by another name"},
	{"cipher", TEXT, "that the server chose for it; NULL: as above"},
	{"tls10", INTEGER, "1: takes TLS 1.0; NULL: not known, or asked by another name"},
	{"tls11", INTEGER, "1: takes TLS 1.1"}, {"tls12", INTEGER, "1: takes TLS 1.2"},
	{"tls13", INTEGER, "1: takes TLS 1.3"},
	{"weak_suites", TEXT,
	 "of NULL anon EXPORT DES RC4 3DES, those that it takes; NULL: as above"},
	{"wants_certificate", INTEGER, "1: asks for a certificate of the client"},
	{"key", TEXT, "rsa or ecdsa: of the leaf; a server may have one of each"},
	{"chain", TEXT,
	 "to the roots of this host: ok, disordered, expired, not yet valid, self-signed, unknown "
	 "root, unknown issuer, incomplete (an intermediate is not served), invalid, no roots"},
	{"name_matches", INTEGER, "1: the leaf is for that name"},
	{"position", INTEGER, "of the certificate in the chain; 0: the leaf"},
	{"subject", TEXT, "CN=…,O=…"}, {"issuer", TEXT, "CN=…,O=…"},
	{"serial", TEXT, "hexadecimal"},
	{"names", TEXT, "DNS names and addresses that it is for, parted by a blank"},
	{"not_before", INTEGER, "seconds since the epoch; NULL: cannot be read"},
	{"not_after", INTEGER, "seconds since the epoch; NULL: cannot be read"},
	{"key_type", TEXT, "RSA, EC, ED25519, …"},
	{"key_bits", INTEGER, "NULL: the key cannot be read"},
	{"signature", TEXT, "sha256WithRSAEncryption, …"},
	{"digest", TEXT, "of the signature: SHA256, SHA1, …; NULL: it has none of its own"},
	{"fingerprint", TEXT, "SHA-256 of the certificate, hexadecimal"},
	{"spki", TEXT, "SHA-256 of its public key (SubjectPublicKeyInfo)"},
	{"is_ca", INTEGER, "1: it may sign others"},
	{"is_self_signed", INTEGER, "1: by its own key"}),
    NEEDS({CALL, ""}, {READ, "/etc/ssl/certs/ca-certificates.crt"},
	  {READ, "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"},
	  {READ, "/var/lib/ca-certificates/ca-bundle.pem"}),
    .input = TLS_INPUT_SQL,
    .hints = TLS_HINTS_SQL,
    .collect = collect,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] All that is asked of one TLS server at one address: see tls_endpoint.h. */
#include "audit/tls_endpoint.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "lib/own.h"

#define TIME_MS 3000U /* for one question */
#define ENDPOINT_MS                                                                                \
	10000U        /* for all of them: a server that takes its time with each has had it        \
		       */
#define MAX_NAME 253U /* RFC 1035, 2.3.4, without the dot at the end */
#define WILDCARD "harden"

/* HAS_OTHER is one ClientHello of TLS 1.2, and no handshake: most servers have but one key. */
enum question { ANY, HAS_OTHER, OTHER, TLS12, OLD, TLS10, WEAK, NO_QUESTION };

static struct conversation *over(struct conversation *conversation, enum carry_end end, int error);

static int64_t now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- names ---- */

static struct tls_name *append_name(struct tls_endpoint *endpoint, const char *name,
				    const char *origin)
{
	struct tls_name **end = &endpoint->names;
	struct tls_name *made = arena_alloc(endpoint->round->leaves.arena, 1, sizeof(*made));

	while (*end)
		end = &(*end)->next;
	*made = (struct tls_name){.name = name, .origin = origin, .accepts = {-1, -1, -1, -1}};
	*end = made;
	return made;
}

static bool is_host_name(const char *name)
{
	bool has_letter = false;

	for (const char *at = name; *at; at++) {
		bool is_letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');

		has_letter |= is_letter; /* an address is no name: RFC 6066, 3 */
		if (!is_letter && !(*at >= '0' && *at <= '9') && !strchr("-._", *at))
			return false;
	}
	return has_letter && name[0] != '.' && name[0] != '-';
}

bool tls_endpoint_add_name(struct tls_endpoint *endpoint, struct span name, const char *origin)
{
	bool is_wildcard = span_starts(name, "*.");
	char *text;

	if (name.len > 0 && name.data[name.len - 1] == '.')
		name.len--;
	if (name.len == 0 || name.len > MAX_NAME || memchr(name.data, '\0', name.len))
		return false;
	text = arena_printf(endpoint->round->leaves.arena, "%s%.*s", is_wildcard ? WILDCARD : "",
			    (int)(name.len - is_wildcard), name.data + is_wildcard);
	if (strlen(text) > MAX_NAME || !is_host_name(text))
		return false;
	for (const struct tls_name *at = endpoint->names; at; at = at->next)
		if (at->name && strcasecmp(at->name, text) == 0)
			return true;
	if (endpoint->name_count == TLS_MAX_NAMES) {
		endpoint->has_too_many_names = true;
		return false;
	}
	endpoint->name_count++;
	(void)append_name(endpoint, text, origin);
	return true;
}

/* What the certificates say that were served without a name; those beyond the ceiling are no loss,
 * since nothing but the certificate says that they are served. */
static void add_served_names(struct tls_endpoint *endpoint)
{
	for (unsigned kind = 0; kind < TLS_KINDS; kind++) {
		const struct tls_leaf *leaf = &endpoint->names->leaves[kind];

		for (size_t i = 0; leaf->chain && i < leaf->chain->name_count &&
				   endpoint->name_count < TLS_MAX_NAMES;
		     i++)
			if (leaf->chain->names[i].kind == CERTIFICATE_DNS)
				(void)tls_endpoint_add_name(endpoint, leaf->chain->names[i].text,
							    TLS_FROM_CERTIFICATE);
	}
}

static void take_chain(struct tls_endpoint *endpoint, struct stack_st_X509 *chain)
{
	struct tls_leaf *leaf = &endpoint->at->leaves[tls_leaf_kind(chain)];

	if (!leaf->chain)
		tls_leaf_take(&endpoint->round->leaves, chain, endpoint->at->name, leaf);
}

/* ---- answers ---- */

static void take_handshake(struct tls_endpoint *endpoint)
{
	static const enum tls_outcome outcomes[] = {
	    [HANDSHAKE_MORE] = TLS_UNKNOWN,    [HANDSHAKE_SERVED] = TLS_SERVED,
	    [HANDSHAKE_REFUSED] = TLS_REFUSED, [HANDSHAKE_NO_TLS] = TLS_CLEAR,
	    [HANDSHAKE_BROKEN] = TLS_UNKNOWN,
	};
	const struct handshake *handshake = &endpoint->ask.handshake;
	struct tls_name *at = endpoint->at;

	if (handshake->chain)
		take_chain(endpoint, handshake->chain);
	if (endpoint->question != ANY)
		return;
	at->outcome = outcomes[handshake->outcome];
	if (endpoint->ask.is_unknown)
		at->outcome = TLS_UNKNOWN;
	if (endpoint->ask.is_unreachable)
		at->outcome = TLS_UNREACHABLE;
	if (endpoint->ask.is_clear)
		at->outcome = TLS_CLEAR;
	at->reason = endpoint->ask.reason;
	at->version = handshake->version;
	at->cipher = handshake->cipher;
	at->wants_certificate = handshake->wants_certificate;
	if (at->outcome != TLS_SERVED || endpoint->are_versions_asked)
		return;
	for (unsigned version = TLS_1_0; version <= TLS_1_3; version++)
		if (version >= at->version && at->version)
			at->accepts[version - TLS_1_0] = version == at->version;
}

static void take_version(struct tls_endpoint *endpoint)
{
	const struct hello *hello = &endpoint->ask.hello;
	signed char *accepts = endpoint->at->accepts;
	unsigned asked = endpoint->ask.question.version;

	if (hello->outcome != HELLO_TAKEN && hello->outcome != HELLO_REFUSED)
		return;
	/* whoever chooses an older one does not take those between, nor any who refuses */
	for (unsigned version = asked; version >= TLS_1_0; version--) {
		accepts[version - TLS_1_0] =
		    hello->outcome == HELLO_TAKEN && hello->version == version;
		if (accepts[version - TLS_1_0] || endpoint->question == TLS12)
			break;
	}
}

static void take_weakness(struct tls_endpoint *endpoint)
{
	const struct hello *hello = &endpoint->ask.hello;

	if (hello->outcome == HELLO_TAKEN && hello->weakness < HELLO_WEAKNESSES)
		endpoint->at->weaknesses |= 1U << hello->weakness;
	endpoint->at->has_weaknesses = true;
}

static void note_short(struct tls_endpoint *endpoint, const char *reason)
{
	endpoint->is_short_of = true;
	endpoint->short_reason = reason;
}

static void take_answer(struct tls_endpoint *endpoint)
{
	struct tls_ask *ask = &endpoint->ask;

	/* after HAS_OTHER the question itself is put */
	if (ask->is_unknown && endpoint->question != ANY && endpoint->question != HAS_OTHER)
		note_short(endpoint, ask->reason);
	if (endpoint->question == ANY || endpoint->question == OTHER)
		take_handshake(endpoint);
	else if (ask->is_unknown || ask->hello.outcome == HELLO_NO_TLS)
		return;
	else if (endpoint->question == WEAK)
		take_weakness(endpoint);
	else if (endpoint->question != HAS_OTHER)
		take_version(endpoint);
}

/* ---- questions ---- */

/* A name of no intent, that shows what is shown without one: its other key is that one's, too. */
static bool is_served_as_none(struct tls_endpoint *endpoint)
{
	const struct tls_name *first = endpoint->names;
	struct tls_name *at = endpoint->at;
	bool is_same = false;

	if (at == first || strcmp(at->origin, TLS_FROM_CERTIFICATE) != 0)
		return false;
	for (unsigned kind = 0; kind < TLS_KINDS; kind++)
		is_same |=
		    at->leaves[kind].chain && at->leaves[kind].chain == first->leaves[kind].chain;
	for (unsigned kind = 0; is_same && kind < TLS_KINDS; kind++) {
		if (at->leaves[kind].chain)
			continue;
		at->leaves[kind] = first->leaves[kind];
		at->leaves[kind].name_matches = -1;
	}
	return is_same;
}

/* handshake_failure: no suite that it would take; any other alert may be for another reason, such
 * as that it wants TLS 1.3. */
static bool has_no_other(const struct tls_endpoint *endpoint)
{
	const struct hello *hello = &endpoint->ask.hello;

	return !endpoint->ask.is_unknown && hello->outcome == HELLO_REFUSED && hello->alert == 40;
}

/* What is to be asked after the answer to ANY or OTHER. */
static enum question next_version(const struct tls_endpoint *endpoint)
{
	const signed char *accepts = endpoint->at->accepts;

	if (accepts[2] < 0 && endpoint->question < TLS12)
		return TLS12;
	if (accepts[1] < 0 && endpoint->question < OLD)
		return OLD;
	if (accepts[0] < 0 && accepts[1] >= 0 && endpoint->question < TLS10)
		return TLS10;
	if (endpoint->question < WEAK)
		return WEAK;
	return endpoint->ask.hello.outcome == HELLO_TAKEN && !endpoint->ask.is_unknown
		   ? WEAK
		   : NO_QUESTION;
}

/* The next question by the same name. */
static enum question next_question(struct tls_endpoint *endpoint)
{
	enum question next;

	if (endpoint->at->outcome != TLS_SERVED || endpoint->prelude == TLS_BY_MYSQL)
		return NO_QUESTION;
	if (endpoint->question == ANY && !is_served_as_none(endpoint))
		return HAS_OTHER;
	if (endpoint->question == HAS_OTHER && !has_no_other(endpoint))
		return OTHER;
	if (endpoint->are_versions_asked)
		return NO_QUESTION;
	next = next_version(endpoint);
	endpoint->are_versions_asked = next == NO_QUESTION;
	return next;
}

static void put_question(struct tls_endpoint *endpoint, enum question question)
{
	static const uint16_t versions[] = {[HAS_OTHER] = TLS_1_2,
					    [TLS12] = TLS_1_2,
					    [OLD] = TLS_1_1,
					    [TLS10] = TLS_1_0,
					    [WEAK] = TLS_1_2};
	struct tls_ask *ask = &endpoint->ask;
	const struct tls_name *at = endpoint->at;

	*ask = (struct tls_ask){.prelude = endpoint->prelude,
				.handshakes = &endpoint->round->handshakes,
				.name = at->name,
				.is_hello = question == HAS_OTHER || question >= TLS12};
	if (question == OTHER)
		ask->key = at->leaves[TLS_KIND_RSA].chain ? HANDSHAKE_ECDSA : HANDSHAKE_RSA;
	if (ask->is_hello)
		ask->question =
		    (struct hello_question){.version = versions[question], .name = at->name};
	if (question == HAS_OTHER)
		ask->question.key = at->leaves[TLS_KIND_RSA].chain ? HELLO_ECDSA : HELLO_RSA;
	if (question == WEAK)
		ask->question.weaknesses = ((1U << HELLO_WEAKNESSES) - 1) & ~at->weaknesses;
	endpoint->question = question;
}

static struct conversation *start(struct tls_endpoint *endpoint, enum question question)
{
	int64_t now = now_ms();

	if (endpoint->until_ms == 0)
		endpoint->until_ms = now + ENDPOINT_MS;
	if (now >= endpoint->until_ms) {
		note_short(endpoint, "it takes its time with each answer");
		return NULL;
	}
	put_question(endpoint, question);
	return &endpoint->conversation;
}

/* Who has not answered in time is not asked again, by whatever name. */
static struct conversation *over(struct conversation *conversation, enum carry_end end, int error)
{
	struct tls_endpoint *endpoint = conversation->context;
	bool is_over = end == CARRY_SILENT || end == CARRY_REFUSED;
	enum question next;

	tls_ask_end(&endpoint->ask, end, error);
	take_answer(endpoint);
	next = next_question(endpoint);
	if (next == WEAK && endpoint->question == WEAK &&
	    endpoint->at->weaknesses == (1U << HELLO_WEAKNESSES) - 1)
		next = NO_QUESTION;
	if (endpoint->at == endpoint->names && endpoint->question != ANY && next > OTHER)
		add_served_names(endpoint);
	if (endpoint->question == HAS_OTHER && is_over)
		note_short(endpoint, endpoint->ask.reason);
	tls_ask_done(&endpoint->ask);
	if (is_over)
		return NULL;
	if (next != NO_QUESTION)
		return start(endpoint, next);
	if (endpoint->prelude == TLS_BY_MYSQL || endpoint->at->outcome == TLS_CLEAR)
		return NULL;
	endpoint->at = endpoint->at->next;
	return endpoint->at ? start(endpoint, ANY) : NULL;
}

void tls_endpoint_init(struct tls_endpoint *endpoint, struct tls_round *round, unsigned row)
{
	endpoint->round = round;
	endpoint->at = append_name(endpoint, NULL, NULL);
	endpoint->conversation = (struct conversation){.row = row,
						       .timeout_ms = TIME_MS,
						       .of = &tls_ask_machine,
						       .machine = &endpoint->ask,
						       .over = over,
						       .context = endpoint};
	put_question(endpoint, ANY);
}

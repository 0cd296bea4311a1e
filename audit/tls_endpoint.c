/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] All that is asked of one TLS server at one address: see tls_endpoint.h. */
#include "audit/tls_endpoint.h"

#include <string.h>
#include <time.h>

#include "lib/own.h"

#define TIME_MS 3000U /* for one question */
#define ENDPOINT_MS                                                                                \
	10000U /* for all of them: a server that takes its time with each has had it               \
		*/

/* ANY and OTHER are handshakes, for what could not be seen in clear; all others one ClientHello. */
enum question { FIRST, CHAIN, ANY, HAS_OTHER, OTHER, TLS12, OLD, TLS10, WEAK, NO_QUESTION };

static struct conversation *over(struct conversation *conversation, enum carry_end end, int error);

static int64_t now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- answers ---- */

/* What it chose of all versions: it takes none above. */
static void note_highest(struct tls_name *at, unsigned highest)
{
	for (unsigned version = TLS_1_0; version <= TLS_1_3; version++)
		if (version >= highest && highest)
			at->accepts[version - TLS_1_0] = version == highest;
}

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
		tls_leaf_take(&endpoint->round->leaves, handshake->chain, at->name, at->leaves);
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
	note_highest(at, at->version);
}

static void take_version(struct tls_endpoint *endpoint)
{
	const struct hello *hello = &endpoint->ask.hello;
	signed char *accepts = endpoint->at->accepts;
	unsigned asked = endpoint->ask.question.version;

	if (hello->outcome != HELLO_TAKEN && hello->outcome != HELLO_REFUSED)
		return;
	/* whoever chooses an older one does not take those between, nor does who refuses */
	for (unsigned version = asked; version >= TLS_1_0; version--) {
		accepts[version - TLS_1_0] =
		    hello->outcome == HELLO_TAKEN && hello->version == version;
		if (accepts[version - TLS_1_0] || asked == TLS_1_2)
			break;
	}
}

/* The chain, where it was shown in clear and can be read. */
static bool take_list(struct tls_endpoint *endpoint)
{
	const struct hello *hello = &endpoint->ask.hello;

	return !endpoint->ask.is_unknown && hello->outcome == HELLO_TAKEN &&
	       hello->flight.chain.len > 0 &&
	       tls_leaf_take_list(&endpoint->round->leaves, hello->flight.chain, endpoint->at->name,
				  endpoint->at->leaves);
}

/* The answer to FIRST or CHAIN. Where it is not plain, the outcome is left to a handshake. */
static void take_clear(struct tls_endpoint *endpoint, bool is_over)
{
	const struct tls_ask *ask = &endpoint->ask;
	const struct hello *hello = &ask->hello;
	struct tls_name *at = endpoint->at;

	if (is_over) {
		at->outcome = ask->is_unreachable ? TLS_UNREACHABLE : TLS_UNKNOWN;
		at->reason = ask->reason;
	}
	if (ask->is_unknown)
		return;
	if (endpoint->question == FIRST && (ask->is_clear || hello->outcome == HELLO_NO_TLS)) {
		at->outcome = TLS_CLEAR;
		return;
	}
	if (endpoint->question == FIRST && hello->outcome == HELLO_TAKEN) {
		at->version = hello->version;
		at->cipher = suite_name(hello->suite);
		note_highest(at, at->version);
	}
	if (endpoint->question == CHAIN && !endpoint->are_versions_asked)
		take_version(endpoint);
	if (!take_list(endpoint))
		return;
	at->outcome = TLS_SERVED;
	at->wants_certificate = hello->flight.wants_certificate;
	endpoint->is_clear = true;
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

static void take_answer(struct tls_endpoint *endpoint, bool is_over)
{
	struct tls_ask *ask = &endpoint->ask;

	/* after HAS_OTHER and those before it a handshake is asked for */
	if (ask->is_unknown && endpoint->question > HAS_OTHER)
		note_short(endpoint, ask->reason);
	if (endpoint->question == FIRST || endpoint->question == CHAIN)
		take_clear(endpoint, is_over);
	else if (endpoint->question == ANY || endpoint->question == OTHER)
		take_handshake(endpoint);
	else if (endpoint->question == HAS_OTHER)
		(void)take_list(endpoint); /* or it is asked for by a handshake */
	else if (ask->is_unknown || ask->hello.outcome == HELLO_NO_TLS)
		return;
	else if (endpoint->question == WEAK)
		take_weakness(endpoint);
	else
		take_version(endpoint);
}

/* ---- questions ---- */

/* It was shown; or handshake_failure: no suite that it would take. Any other alert may be for
 * another reason, such as that it wants TLS 1.3. */
static bool knows_other(const struct tls_endpoint *endpoint)
{
	const struct hello *hello = &endpoint->ask.hello;
	const struct tls_leaf *leaves = endpoint->at->leaves;

	return (leaves[TLS_KIND_RSA].chain && leaves[TLS_KIND_ECDSA].chain) ||
	       (!endpoint->ask.is_unknown && hello->outcome == HELLO_REFUSED && hello->alert == 40);
}

/* What is asked first by a name: in clear, as long as it takes TLS 1.2; and of MySQL, which counts
 * what is broken off, by the one handshake. */
static enum question first_question(const struct tls_endpoint *endpoint)
{
	if (endpoint->prelude == TLS_BY_MYSQL)
		return ANY;
	if (!endpoint->are_versions_asked)
		return FIRST;
	return endpoint->is_clear ? CHAIN : ANY;
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

	if (endpoint->at->outcome == TLS_NOT_ASKED) /* in clear it did not say all */
		return endpoint->question == FIRST && endpoint->at->version == TLS_1_3 ? CHAIN
										       : ANY;
	if (endpoint->at->outcome != TLS_SERVED ||
	    (endpoint->prelude == TLS_BY_MYSQL && !endpoint->is_not_counted))
		return NO_QUESTION;
	if (endpoint->question <= ANY && endpoint->prelude != TLS_BY_MYSQL &&
	    !tls_name_is_as_none(endpoint))
		return endpoint->at->accepts[2] == 0 && endpoint->at->version == TLS_1_3
			   ? OTHER /* HAS_OTHER is of TLS 1.2 */
			   : HAS_OTHER;
	if (endpoint->question == HAS_OTHER && !knows_other(endpoint))
		return OTHER;
	if (endpoint->are_versions_asked)
		return NO_QUESTION;
	next = next_version(endpoint);
	endpoint->are_versions_asked = next == NO_QUESTION;
	return next;
}

static void put_question(struct tls_endpoint *endpoint, enum question question)
{
	static const uint16_t versions[] = {
	    [FIRST] = TLS_1_3, [CHAIN] = TLS_1_2, [HAS_OTHER] = TLS_1_2, [TLS12] = TLS_1_2,
	    [OLD] = TLS_1_1,   [TLS10] = TLS_1_0, [WEAK] = TLS_1_2};
	struct tls_ask *ask = &endpoint->ask;
	const struct tls_name *at = endpoint->at;

	*ask = (struct tls_ask){.prelude = endpoint->prelude,
				.handshakes = &endpoint->round->handshakes,
				.name = at->name,
				.is_hello = question != ANY && question != OTHER};
	if (question == OTHER)
		ask->key = at->leaves[TLS_KIND_RSA].chain ? HANDSHAKE_ECDSA : HANDSHAKE_RSA;
	if (ask->is_hello)
		ask->question =
		    (struct hello_question){.version = versions[question], .name = at->name};
	ask->question.wants_chain = question <= HAS_OTHER;
	ask->question.suites.spares_signature = question != FIRST; /* whose suite is told */
	if (question == HAS_OTHER)
		ask->question.suites.key = at->leaves[TLS_KIND_RSA].chain ? HELLO_ECDSA : HELLO_RSA;
	if (question == WEAK)
		ask->question.suites.weaknesses = ((1U << HELLO_WEAKNESSES) - 1) & ~at->weaknesses;
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
	/* or it was not the answer to TLS 1.3 that it kept to itself */
	bool is_over = end == CARRY_REFUSED || (end == CARRY_SILENT && endpoint->question != CHAIN);
	enum question next;

	tls_ask_end(&endpoint->ask, end, error);
	take_answer(endpoint, is_over);
	next = next_question(endpoint);
	if (next == WEAK && endpoint->question == WEAK &&
	    endpoint->at->weaknesses == (1U << HELLO_WEAKNESSES) - 1)
		next = NO_QUESTION;
	if (endpoint->at == endpoint->names && endpoint->question > ANY && next > OTHER &&
	    endpoint->prelude != TLS_BY_MYSQL) /* which has one certificate for all names */
		tls_names_add_served(endpoint);
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
	return endpoint->at ? start(endpoint, first_question(endpoint)) : NULL;
}

void tls_endpoint_init(struct tls_endpoint *endpoint, struct tls_round *round, unsigned row)
{
	endpoint->round = round;
	endpoint->at = tls_name_append(endpoint, NULL, NULL);
	endpoint->conversation = (struct conversation){.row = row,
						       .timeout_ms = TIME_MS,
						       .of = &tls_ask_machine,
						       .machine = &endpoint->ask,
						       .over = over,
						       .context = endpoint};
	put_question(endpoint, first_question(endpoint));
}

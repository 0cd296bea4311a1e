/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table reachability: a listener on all addresses, port 80, on recorded hosts. */
#include <errno.h>

#include "tests/places.h"
#include "tests/tap.h"

extern const struct probe probe_reachability;

/* Nobody is 0.0.0.0, loopback, the host itself, multicast or broadcast. */
#define EVERYBODY                                                                                  \
	"0.0.0.1-126.255.255.255, 128.0.0.0-192.0.2.9, 192.0.2.11-223.255.255.255, "               \
	"240.0.0.0-255.255.255.254"
#define BY_ETH0 "7|eth0|tcp|ipv4|192.0.2.10|"

/* Fields of a row, by their number. */
enum { SOURCES = 11, UNKNOWN = 13, ANSWERED = 15, BLOCKED = 17 };

/* The listener as a row of the probe's input. */
static void play_listener(struct play *play, uint64_t namespace)
{
	struct wire *out = &play->broker.out;

	wire_begin(out, MESSAGE_INPUT);
	wire_put_u8(out, VALUE_INTEGER);
	wire_put_u64(out, namespace);
	wire_put_u8(out, VALUE_TEXT);
	wire_put_span(out, span_of("tcp"));
	wire_put_u8(out, VALUE_TEXT);
	wire_put_span(out, span_of("0.0.0.0"));
	wire_put_u8(out, VALUE_INTEGER);
	wire_put_u64(out, 80);
	wire_put_u8(out, VALUE_NULL);
	wire_put_u8(out, VALUE_INTEGER);
	wire_put_u64(out, 0);
}

static void run(struct play *play, const struct place *places, size_t count, uint64_t listener)
{
	play_begin(play);
	play_places(play, places, count);
	play_listener(play, listener);
	play_run(play, &probe_reachability);
}

/* ---- what came of it ---- */

static bool has_row(const struct play *play, const char *start)
{
	const char *at = strstr(play->rows, start);

	return at && (at == play->rows || at[-1] == '\n');
}

/* Is the field of some row that begins so not empty? */
static bool says(const struct play *play, const char *start, unsigned field)
{
	struct span rest = span_of(play->rows);
	struct span line;
	struct span value;

	while (span_cut(&rest, '\n', &line)) {
		bool is_meant = span_starts(line, start);

		for (unsigned i = 0; i <= field; i++)
			if (!span_cut(&line, '|', &value))
				value = (struct span){0};
		if (is_meant && value.len > 0)
			return true;
	}
	return false;
}

/* Nothing is known: neither that somebody gets in, nor that nobody does. */
static void expect_nothing_known(const struct play *play, enum coverage status, const char *name)
{
	ok(play->status == status, "%s: %s", name, play->detail);
	ok(says(play, BY_ETH0, UNKNOWN), "%s: unknown", name);
	ok(!says(play, "", BLOCKED), "%s: nobody is called blocked", name);
	ok(!says(play, "", SOURCES) && !says(play, "", ANSWERED), "%s: nor let in", name);
}

/* ---- one namespace ---- */

static void test_open(void)
{
	struct place host;
	struct play play;

	begin_host(&host, false);
	end_place(&host);
	run(&play, &host, 1, HOST);
	ok(has_row(&play, BY_ETH0 "80|input|7|192.0.2.10|80|network|" EVERYBODY "|||-|" EVERYBODY
				  "|1||-\n"),
	   "no tables: a listener on 0.0.0.0 is reached by way of eth0");
	ok(has_row(&play, BY_ETH0 "0|default|7|192.0.2.10|49151|network|" EVERYBODY
				  "|||-|" EVERYBODY "|1||-\n"),
	   "and so is a port that nobody listens on");
	ok(!says(&play, "7|lo|", SOURCES), "loopback is no way in");
	ok(play.status == COVERAGE_COMPLETE, "all of it is known");
	play_end(&play);
}

static void test_closed(void)
{
	struct place host;
	struct play play;

	begin_host(&host, true);
	end_place(&host);
	run(&play, &host, 1, HOST);
	ok(has_row(&play, BY_ETH0 "80|input|-|-|-|network||||-||0|" EVERYBODY
				  "|inet filter input: policy\n"),
	   "a policy stops everybody whom the kernel would not refuse itself");
	ok(play.status == COVERAGE_COMPLETE, "all of it is known");
	play_end(&play);
}

/* A private network behind eth0, and no route to anyone else. */
static void test_answers(void)
{
	struct place host;
	struct play play;

	begin_host(&host, false);
	host.routes.len = 0;
	add_route(&host.routes, "192.0.2.10", 32, ETH0);
	add_route(&host.routes, "192.0.2.0", 24, ETH0);
	end_place(&host);
	run(&play, &host, 1, HOST);
	ok(has_row(&play, BY_ETH0 "80|input|7|192.0.2.10|80|network|" EVERYBODY
				  "|||-|192.0.2.0-192.0.2.9, 192.0.2.11-192.0.2.255|0||-\n"),
	   "only neighbours have an answer, so it is not open to the internet");
	play_end(&play);
}

static void test_denied(void)
{
	struct place host;
	struct play play;

	begin_host(&host, true);
	end_place(&host);
	host.ruleset_error = EPERM;
	run(&play, &host, 1, HOST);
	expect_nothing_known(&play, COVERAGE_DENIED, "no right to see the rules");
	play_end(&play);
	host.ruleset_error = EINVAL;
	run(&play, &host, 1, HOST);
	expect_nothing_known(&play, COVERAGE_PARTIAL, "no nf_tables in this kernel");
	play_end(&play);
}

/* Each dump, cut where it may be: never a claim. */
static void test_cut(void)
{
	static const struct {
		const char *name;
		size_t at;
	} dumps[] = {{"rules", offsetof(struct place, ruleset)},
		     {"links", offsetof(struct place, links)},
		     {"addresses", offsetof(struct place, addresses)},
		     {"routes", offsetof(struct place, routes)}};

	for (size_t i = 0; i < ARRAY_LEN(dumps); i++) {
		bool is_sound = true;
		unsigned cuts = 0;
		struct place host;
		struct datagram *dump = (struct datagram *)((char *)&host + dumps[i].at);
		size_t whole;

		begin_host(&host, true);
		end_place(&host);
		whole = dump->len;
		for (dump->len = 0; is_sound && dump->len < whole; dump->len += 3) {
			struct play play;

			run(&play, &host, 1, HOST);
			is_sound = play.status == COVERAGE_PARTIAL && !says(&play, "", BLOCKED) &&
				   !says(&play, "", SOURCES);
			if (!is_sound)
				printf("# cut at %zu: %s\n%s", dump->len, play.detail, play.rows);
			cuts++;
			play_end(&play);
		}
		ok(is_sound && cuts > 10, "%s, cut at %u places: partial, and no claim",
		   dumps[i].name, cuts);
	}
}

/* ---- several namespaces ---- */

static void test_forward(void)
{
	static const char way[] = "7|eth0|tcp|ipv4|172.17.0.2|80|forward|";
	struct place places[2];
	struct play play;

	begin_host(&places[0], false);
	add_bridge(&places[0]);
	end_place(&places[0]);
	make_container(&places[1], WEB, "172.17.0.2");
	run(&play, places, 2, WEB);
	ok(has_row(&play, "7|eth0|tcp|ipv4|172.17.0.2|80|forward|8|172.17.0.2|80|link|"),
	   "a pair and a bridge: neighbours come in by the host");
	ok(says(&play, way, ANSWERED), "and are answered");
	ok(has_row(&play, "8|eth0|tcp|ipv4|172.17.0.2|80|input|8|172.17.0.2|80|host|"),
	   "by the pair itself comes who is on this host");
	ok(!has_row(&play, "8|eth0|tcp|ipv4|172.17.0.2|0|default|"),
	   "what strangers find is asked where they come in");
	ok(play.status == COVERAGE_COMPLETE, "all of it is known");
	play_end(&play);
	places[0].forwarding = "0\n";
	run(&play, places, 2, WEB);
	ok(!has_row(&play, way), "a host that does not forward is no way to it");
	play_end(&play);
}

/* An index is unique in its namespace alone, and so pairs may look alike. */
static void test_ambiguous(void)
{
	static const char way[] = "7|eth0|tcp|ipv4|172.17.0.2|80|forward|";
	struct place places[4];
	struct play play;

	begin_host(&places[0], false);
	add_bridge(&places[0]);
	end_place(&places[0]);
	make_container(&places[1], WEB, "172.17.0.2");
	make_container(&places[2], TWIN, "172.17.0.2");
	run(&play, places, 3, WEB);
	ok(has_row(&play, way) && says(&play, way, UNKNOWN),
	   "two namespaces have the address: unknown");
	ok(!says(&play, way, BLOCKED) && !says(&play, way, SOURCES), "neither blocked nor let in");
	ok(play.status == COVERAGE_PARTIAL, "and said: %s", play.detail);
	play_end(&play);
	make_container(&places[2], TWIN, "172.17.0.3");
	make_nest(&places[3]);
	run(&play, places, 4, WEB);
	ok(!says(&play, way, SOURCES),
	   "two bridges and two containers, any of which may be a pair: none is taken for one");
	ok(!says(&play, "8|", BLOCKED) && !says(&play, way, BLOCKED), "and nobody is blocked");
	play_end(&play);
}

/* The host's end cannot tell whose it is; each of the two could, if one looked at it alone. */
static void test_ambiguous_neighbours(void)
{
	static const char way[] = "7|eth0|tcp|ipv4|172.17.0.3|80|forward|";
	struct place places[3];
	struct play play;

	begin_host(&places[0], false);
	add_bridge(&places[0]);
	end_place(&places[0]);
	make_container(&places[1], WEB, "172.17.0.2");
	make_container(&places[2], TWIN, "172.17.0.3");
	run(&play, places, 3, TWIN);
	ok(has_row(&play, way) && says(&play, way, UNKNOWN),
	   "each with an address of its own: unknown too");
	ok(!says(&play, way, BLOCKED) && !says(&play, way, SOURCES), "neither blocked nor let in");
	ok(play.status == COVERAGE_PARTIAL, "and said: %s", play.detail);
	play_end(&play);
}

int main(void)
{
	test_open();
	test_closed();
	test_answers();
	test_denied();
	test_cut();
	test_forward();
	test_ambiguous();
	test_ambiguous_neighbours();
	return done();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQL functions of rules, and the subtraction of areas beneath uncovered(). */
#include <arpa/inet.h>
#include <stdlib.h>

#include "lib/own.h"
#include "rules/stage.h"
#include "tests/tap.h"

static struct store store;

/* The value of an expression as text; "NULL", or "error: …". The caller frees it. */
static char *value_of(const char *expression)
{
	auto_stmt sqlite3_stmt *query = NULL;
	auto_free char *sql = xasprintf("SELECT %s", expression);
	const unsigned char *text;

	if (sqlite3_prepare_v2(store.db, sql, -1, &query, NULL) != SQLITE_OK ||
	    sqlite3_step(query) != SQLITE_ROW)
		return xasprintf("error: %s", sqlite3_errmsg(store.db));
	text = sqlite3_column_text(query, 0);
	return xstrdup(text ? (const char *)text : "NULL");
}

static void is_value(const char *expression, const char *expected)
{
	auto_free char *got = value_of(expression);

	(void)is_str(got, expected, expression);
}

static void is_error(const char *expression)
{
	auto_free char *got = value_of(expression);

	(void)ok(strncmp(got, "error: ", 7) == 0, "%s: %s", expression, got);
}

static void test_addresses(void)
{
	is_value("cidr_contains('10.0.0.0/8', '10.1.2.3')", "1");
	is_value("cidr_contains('10.0.0.0/8', '10.0.0.0/7')", "0");
	is_value("cidr_contains('10.0.0.0/8', '10.128.0.0/9')", "1");
	is_value("cidr_contains('10.128.0.0/9', '10.0.0.0/8')", "0");
	is_value("cidr_contains('::/0', '10.0.0.1')", "0");
	is_value("cidr_contains('2001:db8::/32', '2001:db8:1::/48')", "1");
	is_error("cidr_contains('10.0.0.1/8', '10.0.0.1')");
	is_error("cidr_contains(NULL, '10.0.0.1')");
	is_error("cidr_contains('10.0.0.0/8', 5)");
	is_error("cidr_contains('10.0.0.0/8', '')");
	is_value("is_public('0.0.0.0/0')", "1");
	is_value("is_public('10.0.0.0/8')", "0");
	is_value("is_public('203.0.113.7')", "0");
	is_value("is_public('2600:1f18::1')", "1");
	is_error("is_public(NULL)");
	is_value("is_loopback('127.0.0.53')", "1");
	is_value("is_loopback('::1')", "1");
	is_value("is_loopback('::ffff:127.0.0.1')", "1");
	is_value("is_loopback('0.0.0.0')", "0");
	is_error("is_loopback('localhost')");
	is_value("endpoint('0.0.0.0', 6379, 'tcp')", "0.0.0.0:6379/tcp");
	is_value("endpoint('::', 80, 'tcp')", "[::]:80/tcp");
	is_error("endpoint('::', 65536, 'tcp')");
	is_error("endpoint('::', '80', 'tcp')");
	is_error("endpoint('10.0.0.0/8', 80, 'tcp')");
	is_error("endpoint('::', 80, NULL)");
	is_value("today()", "2026-06-15");
}

static void test_settings(void)
{
	struct err err;

	is_error("setting('days', 30)");
	(void)ok(store_exec(&store,
			    "CREATE TABLE settings(key TEXT, value TEXT, file TEXT, line INTEGER);"
			    "INSERT INTO settings VALUES ('days', '7', 'harden.yaml', 3),"
			    " ('word', 'seven', 'harden.yaml', 4)",
			    &err) == 0,
		 "settings");
	is_value("setting('days', 30) + 1", "8");
	is_value("setting('other', 30)", "30");
	is_value("setting('word', 'one')", "seven");
	is_value("typeof(setting('days', 'x'))", "text");
	is_value("setting('word', 30)", "error: setting(): harden.yaml:4: setting \"word\": "
					"\"seven\" is not a whole number");
	is_error("setting(NULL, 30)");
	is_error("setting('days', NULL)");
}

static void test_uncovered(void)
{
	is_value("uncovered(80, 80, '10.0.0.0/8', '[]')", "80 from 10.0.0.0/8");
	is_value("uncovered(80, 80, '10.0.0.0/8', '[[80, 80, \"10.0.0.0/8\"]]')", "NULL");
	is_value("uncovered(80, 85, '10.0.0.0/8', '[[80,85,\"10.0.0.0/9\"]]')",
		 "80-85 from 10.128.0.0/9");
	is_value(
	    "uncovered(80, 85, '10.0.0.0/8', '[[80,85,\"10.0.0.0/9\"],[80,85,\"10.128.0.0/9\"]]')",
	    "NULL");
	is_value(
	    "uncovered(80, 85, '10.0.0.0/8', '[[80,82,\"10.0.0.0/8\"],[84,99,\"0.0.0.0/0\"]]')",
	    "83 from 10.0.0.0/8");
	is_value("uncovered(0, 65535, '::/0', '[[0,65535,\"0.0.0.0/0\"]]')", "0-65535 from ::/0");
	is_value("uncovered(22, 22, '10.0.0.0/30', '[[22,22,\"10.0.0.0\"]]')",
		 "22 from 10.0.0.1-10.0.0.3");
	is_value("uncovered(22, 22, '10.0.0.0/31', '[[22,22,\"10.0.0.0\"]]')", "22 from 10.0.0.1");
	is_value("uncovered(0, 65535, '::/0', '[[0,65535,\"::/1\"],[0,65535,\"8000::/1\"]]')",
		 "NULL");
	is_value("uncovered(1, 1, '::/0', (SELECT json_group_array(json_array(1, 1, a)) FROM"
		 " (SELECT '::/1' AS a UNION ALL SELECT '8000::/2')))",
		 "1 from c000::/2");
	is_error("uncovered(80, 79, '10.0.0.0/8', '[]')");
	is_error("uncovered(80, 80, '10.0.0.0/8', NULL)");
	is_error("uncovered(80, 80, '10.0.0.0/8', '')");
	is_error("uncovered(80, 80, '10.0.0.0/8', '[')");
	is_error("uncovered(80, 80, '10.0.0.0/8', '[[80,80]]')");
	is_error("uncovered(80, 80, '10.0.0.0/8', '[[80,80,null]]')");
	is_error("uncovered(80, 80, '10.0.0.0/8', '[[80,80,\"10.0.0.0/8\"]] x')");
	is_error(
	    "uncovered(80, 80, '10.0.0.0/8', '[[80,80,\"10.0.0.0/8\"][80,80,\"10.0.0.0/8\"]]')");
	is_error("uncovered(80, 80, '10.0.0.0/8', '[[80,99999,\"10.0.0.0/8\"]]')");
	is_error("uncovered(NULL, 80, '10.0.0.0/8', '[]')");
}

static void test_source_lists(void)
{
	is_value("sources_minus('10.0.0.0/8', '10.0.0.0/9')", "10.128.0.0/9");
	is_value("sources_minus('10.0.0.0/8', '10.0.0.0/9, 10.128.0.0/9')", "NULL");
	is_value("sources_minus('10.0.0.0/30', '10.0.0.1')", "10.0.0.0, 10.0.0.2/31");
	is_value("sources_minus('10.0.0.0/30', '10.0.0.0-10.0.0.0')", "10.0.0.1-10.0.0.3");
	is_value("sources_minus('0.0.0.0-255.255.255.255', '')", "0.0.0.0/0");
	is_value("sources_minus('10.0.0.5,10.0.0.4 ,, 10.0.0.4-10.0.0.6', '')",
		 "10.0.0.4-10.0.0.6");
	is_value("sources_minus('', '10.0.0.0/8')", "NULL");
	is_value("sources_minus('', '')", "NULL");
	is_value("sources_minus('::/0', '::/1, 8000::/2')", "c000::/2");
	/* the other family counts for nothing, though its numbers are the same */
	is_value("sources_minus('10.0.0.0/8', '::/0')", "10.0.0.0/8");
	is_value("sources_minus('::/0', '0.0.0.0/0')", "::/0");
	is_value("sources_minus('0.0.0.0/0', '::/0, 128.0.0.0/1')", "0.0.0.0/1");
	is_value("sources_common('10.0.0.0/8', '10.1.0.0/16, 192.0.2.1')", "10.1.0.0/16");
	is_value("sources_common('10.0.0.0-10.0.0.9', '10.0.0.9-10.0.0.20')", "10.0.0.9");
	is_value("sources_common('10.0.0.0/8', '11.0.0.0/8')", "NULL");
	is_value("sources_common('', '10.0.0.0/8')", "NULL");
	is_value("sources_common('10.0.0.0/8', '')", "NULL");
	is_value("sources_common('0.0.0.0/0', '::/0')", "NULL");
	is_value("sources_common('::1', '0.0.0.1')", "NULL");
	is_error("sources_minus(NULL, '')");
	is_error("sources_minus('', NULL)");
	is_error("sources_minus('10.0.0.0/8', 5)");
	is_error("sources_minus('10.0.0.1/8', '')");
	is_error("sources_minus('10.0.0.9-10.0.0.1', '')");
	is_error("sources_minus('10.0.0.1-::1', '')");
	is_error("sources_minus('10.0.0.1-', '')");
	is_error("sources_minus('-10.0.0.1', '')");
	is_error("sources_minus('10.0.0.0/8-10.0.0.1', '')");
	is_error("sources_minus('10.0.0.0/8; 10.0.0.1', '')");
	is_error("sources_common('10.0.0.0/8', 'anywhere')");
	is_error("sources_common(NULL, NULL)");
	/* as the table would say that a list was cut: it must not be compared */
	is_error("sources_minus('10.0.0.0/8, \xe2\x80\xa6', '')");
}

static void test_source_words(void)
{
	is_value("sources_public('10.0.0.0/8, 192.168.0.0/16')", "0");
	is_value("sources_public('10.0.0.0/8, 8.8.8.8')", "1");
	is_value("sources_public('9.255.255.255-10.0.0.1')", "1");
	is_value("sources_public('fe80::/10, fc00::/7')", "0");
	is_value("sources_public('2600:1f18::/32')", "1");
	is_value("sources_public('')", "0");
	is_error("sources_public(NULL)");
	is_error("sources_public('10.0.0.9-10.0.0.1')");
	is_error("sources_public('somebody')");
	is_value("sources_words('')", "nobody");
	is_value("sources_words('0.0.0.0/0')", "anywhere");
	is_value("sources_words('::/0')", "anywhere");
	is_value("sources_words('0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255')", "anywhere");
	is_value("sources_words('2000::/3')", "anywhere");
	is_value("sources_words('4000::/3')", "4000::/3");
	is_value("sources_words('128.0.0.0/2')", "128.0.0.0/2");
	is_value("sources_words('10.0.0.0/8')", "10.0.0.0/8");
	is_value("sources_words('10.0.0.1, 10.0.0.3, 10.0.0.5')", "10.0.0.1, 10.0.0.3, 10.0.0.5");
	is_value("sources_words('10.0.0.1, 10.0.0.3, 10.0.0.5, 10.0.0.7, 10.0.0.9')",
		 "10.0.0.1, 10.0.0.3, 10.0.0.5 and 2 more");
	is_error("sources_words(NULL)");
	is_error("sources_words('nobody')");
}

/* What would be left out of a list of two families would be taken for what is not there. */
static void test_mixed_families(void)
{
	is_value("sources_minus('10.0.0.0/8, ::/0', '')",
		 "error: sources_minus(): a list of sources mixes families");
	is_error("sources_common('::/0, 10.0.0.0/8', '10.0.0.0/8')");
	is_error("sources_words('10.0.0.0/8, ::/0')");
	is_value("sources_minus('10.0.0.0/8', '::/0, 10.0.0.0/9')", "10.128.0.0/9");
}

/* Every second address and port: each hole splits what is left. */
static void test_too_many_pieces(void)
{
	enum { SIDE = 128 };
	auto_free struct cover_area *holes = xcalloc((size_t)SIDE * SIDE, sizeof(*holes));
	struct cover_area wanted = {0, 65535, {AF_INET, 0, 0xffffffff}};
	struct cover_area first;

	for (uint32_t i = 0; i < SIDE * SIDE; i++) {
		uint32_t port = 2 * (i / SIDE) + 1;
		u128 address = 2 * (i % SIDE) + 1;

		holes[i] = (struct cover_area){port, port, {AF_INET, address, address}};
	}
	(void)ok(cover_subtract(&wanted, holes, (size_t)SIDE * SIDE, &first) < 0,
		 "more pieces than the ceiling: not called covered");
}

/* 0 to limit - 1, the same in each run. */
static uint32_t next_number(uint32_t limit)
{
	static uint32_t state = 1;

	state = state * 1664525 + 1013904223;
	return (state >> 16) % limit;
}

static struct cover_area random_area(void)
{
	uint32_t port = next_number(8);
	u128 address = next_number(8);

	return (struct cover_area){
	    port,
	    port + next_number(8 - port),
	    {AF_INET, address, address + next_number((uint32_t)(8 - address))}};
}

static bool holds(const struct cover_area *area, uint32_t port, u128 address)
{
	return area->port_first <= port && port <= area->port_last &&
	       area->source.first <= address && address <= area->source.last;
}

/* Against counting point by point: is anything of `wanted` left, and is `first` the first of it? */
static bool agrees(const struct cover_area *wanted, const struct cover_area *allowed, size_t count,
		   int left, const struct cover_area *first)
{
	for (uint32_t port = wanted->port_first; port <= wanted->port_last; port++) {
		for (u128 at = wanted->source.first; at <= wanted->source.last; at++) {
			bool is_covered = false;

			for (size_t i = 0; i < count && !is_covered; i++)
				is_covered = holds(&allowed[i], port, at);
			if (!is_covered)
				return left == 1 && first->port_first == port &&
				       first->source.first == at;
		}
	}
	return left == 0;
}

static void test_against_counting(void)
{
	bool passed = true;

	for (unsigned round = 0; round < 20000 && passed; round++) {
		struct cover_area wanted = random_area();
		struct cover_area allowed[6];
		struct cover_area first = {0};
		size_t count = next_number(ARRAY_LEN(allowed) + 1);
		int left;

		for (size_t i = 0; i < count; i++)
			allowed[i] = random_area();
		left = cover_subtract(&wanted, allowed, count, &first);
		passed = agrees(&wanted, allowed, count, left, &first);
	}
	(void)ok(passed, "20000 random areas: the same as counting point by point");
}

int main(void)
{
	struct err err = {""};

	if (!ok(store_open(&store, &err) == 0 &&
		    functions_register(&store, "2026-06-15", &err) == 0,
		"functions are registered: %s", err.text))
		return done();
	test_addresses();
	test_settings();
	test_uncovered();
	test_source_lists();
	test_source_words();
	test_mixed_families();
	test_too_many_pieces();
	test_against_counting();
	store_close(&store);
	return done();
}

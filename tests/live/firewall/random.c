/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rulesets made up from a seed, as text for `nft -f`: every expression that the model claims to
 * know, in random places. What nft refuses to load is skipped.
 */
#include "random.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static unsigned below(unsigned limit)
{
	return (unsigned)rand() % limit;
}

static const char *one_of(const char *const *list, unsigned count)
{
	return list[below(count)];
}

/* nft refuses a rule that asks for two protocols: each rule has one of each kind. */
static bool is_ip6;
static const char *transport;

#define ONE_OF(...)                                                                                \
	one_of((const char *const[]){__VA_ARGS__},                                                 \
	       sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* Few addresses and ports, so that rules meet each other. */
static const char *prefix(void)
{
	return ONE_OF("10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.2.128/25", "10.1.2.3",
		      "192.0.2.0/24", "128.0.0.0/1", "0.0.0.0/2", "172.16.0.0/12", "64.0.0.0/3");
}

static const char *prefix6(void)
{
	return ONE_OF("2001:db8::/32", "2001:db8:1::/48", "2001:db8:1::/33", "2001::/17",
		      "2001:db8:1::7", "fd00::/8");
}

static const char *port(void)
{
	return ONE_OF("22", "80", "443", "8080", "53", "81");
}

static void put_source(FILE *out)
{
	if (is_ip6) {
		(void)fprintf(out, "ip6 saddr %s%s ", ONE_OF("", "!= "), prefix6());
		return;
	}
	switch (below(8)) {
	case 0:
		(void)fprintf(out, "ip saddr %s{ %s, %s } ", ONE_OF("", "!= "),
			      ONE_OF("10.0.0.0/9", "11.0.0.0-12.0.0.9"),
			      ONE_OF("192.0.2.7", "200.0.0.0/6"));
		break;
	case 2:
		(void)fprintf(out, "ip saddr & %s %s %s ",
			      ONE_OF("255.0.255.0", "255.255.0.0", "0.0.0.3", "255.128.0.0"),
			      ONE_OF("==", "!="), ONE_OF("10.0.2.0", "10.1.0.0", "0.0.0.1"));
		break;
	case 3:
		(void)fprintf(out, "ip saddr %s %s ", ONE_OF("<", "<=", ">", ">="),
			      ONE_OF("10.1.2.3", "128.0.0.0", "192.0.2.200"));
		break;
	case 4:
		(void)fprintf(out, "ip saddr %s10.1.2.%u-10.1.%u.7 ", ONE_OF("", "!= "), below(200),
			      3 + below(9));
		break;
	case 5:
		(void)fprintf(out, "ip saddr %s@s%u ", ONE_OF("", "!= "), below(2));
		break;
	case 6:
		(void)fprintf(out, "ip saddr . %s dport @pairs ", transport);
		break;
	default:
		(void)fprintf(out, "ip saddr %s%s ", ONE_OF("", "", "!= "), prefix());
		break;
	}
}

static void put_match(FILE *out)
{
	switch (below(12)) {
	case 0:
		(void)fprintf(out, "iifname %s\"%s\" ", ONE_OF("", "!= "),
			      ONE_OF("eth0", "wan0", "eth*", "lan0"));
		break;
	case 1:
		(void)fprintf(out, "ct state %s ",
			      ONE_OF("new", "invalid", "untracked", "{ new, untracked }", "!= new",
				     "established,related"));
		break;
	case 2:
		(void)fprintf(out, "meta mark %s ", ONE_OF("1", "!= 2", "& 3 == 1", "2-5"));
		break;
	case 3:
		(void)fprintf(out, "fib %s type %s%s ", ONE_OF("daddr", "saddr", "daddr . iif"),
			      ONE_OF("", "!= "), ONE_OF("local", "unicast", "broadcast"));
		break;
	case 4:
		if (is_ip6)
			break;
		(void)fprintf(out, "ip daddr %s%s ", ONE_OF("", "!= "),
			      ONE_OF("192.0.2.1", "172.17.0.0/16", "127.0.0.0/8", "10.0.0.0/8"));
		break;
	case 5:
		if (strcmp(transport, "tcp") == 0)
			(void)fprintf(out, "tcp flags & (fin|syn|rst|ack) %s syn ",
				      ONE_OF("==", "!="));
		break;
	case 6:
		(void)fprintf(out, "%s sport > %s ", transport, ONE_OF("1024", "45000"));
		break;
	case 7:
		(void)fprintf(out, "ct status %s ", ONE_OF("dnat", "snat", "! dnat"));
		break;
	case 8:
		(void)fprintf(out, "ct mark %s ", ONE_OF("1", "!= 1"));
		break;
	case 9:
		(void)fprintf(out, "meta l4proto %s ct original proto-dst %s ", transport, port());
		break;
	default:
		(void)fprintf(out, "%s dport %s%s ", transport, ONE_OF("", "!= "),
			      ONE_OF("22", "80", "{ 22, 443, 8000-9000 }", "50-100", "8080"));
		break;
	}
}

static void put_verdict(FILE *out, unsigned chains)
{
	switch (below(14)) {
	case 0:
		(void)fprintf(out, "return\n");
		break;
	case 1:
	case 2:
		if (chains > 0)
			(void)fprintf(out, "%s c%u\n", ONE_OF("jump", "goto"), below(chains));
		else
			(void)fprintf(out, "counter\n");
		break;
	case 3:
		(void)fprintf(out, "meta mark set %s\n", ONE_OF("1", "2", "mark or 4", "ct mark"));
		break;
	case 4:
		(void)fprintf(out, "ct mark set %s\n", ONE_OF("1", "mark", "mark xor 3"));
		break;
	case 5:
		(void)fprintf(out, "%s dport vmap { 22 : accept, 50-99 : %s, 443 : drop }\n",
			      transport, ONE_OF("drop", "return", "continue", "accept"));
		break;
	case 6:
		if (is_ip6)
			(void)fprintf(out,
				      "ip6 saddr vmap { 2001:db8:1::/48 : drop, * : accept }\n");
		else
			(void)fprintf(
			    out,
			    "ip saddr vmap { 10.1.0.0/16 : %s, 11.0.0.0/8 : accept, * : %s }\n",
			    ONE_OF("drop", "accept", "return"), ONE_OF("continue", "drop"));
		break;
	case 7:
	case 8:
	case 9:
	case 10:
		(void)fprintf(out, "accept\n");
		break;
	default:
		(void)fprintf(out, "%sdrop\n", ONE_OF("", "counter ", "log "));
		break;
	}
}

static void put_rules(FILE *out, unsigned chains, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		is_ip6 = below(6) == 0;
		transport = below(4) ? "tcp" : "udp";
		(void)fprintf(out, "\t\t");
		if (below(4))
			put_source(out);
		for (unsigned j = below(3); j > 0; j--)
			put_match(out);
		put_verdict(out, chains);
	}
	(void)fprintf(out, "\t}\n");
}

static void put_nat(FILE *out)
{
	(void)fprintf(out, "table ip n {\n\tchain pre { type nat hook prerouting priority %s;\n",
		      ONE_OF("-100", "-150", "20", "-101"));
	for (unsigned i = below(5); i > 0; i--) {
		(void)fprintf(out, "\t\t");
		if (below(2))
			(void)fprintf(out, "ip saddr %s ", prefix());
		(void)fprintf(out, "tcp dport %s %s\n", port(),
			      ONE_OF("dnat to 172.17.0.2:80", "dnat to 192.0.2.1:22", "accept",
				     "redirect to :443", "dnat to 172.17.0.7", "drop",
				     "dnat to 127.0.0.1:81"));
	}
	(void)fprintf(out,
		      "\t}\n\tchain post { type nat hook postrouting priority 100;\n"
		      "\t\t%s\n\t}\n}\n",
		      ONE_OF("oifname \"docker0\" masquerade",
			     "ip saddr 10.0.0.0/8 snat to 192.0.2.1", "counter"));
}

void random_ruleset(FILE *out)
{
	static const char *const hooks[] = {"prerouting", "input", "forward", "postrouting"};
	unsigned chains = below(4);

	(void)fprintf(
	    out,
	    "table inet t {\n"
	    "\tset s0 { type ipv4_addr; flags interval; elements = { %s, 203.0.113.0/24 } }\n"
	    "\tset s1 { type ipv4_addr; elements = { 10.1.2.3, 10.1.2.4, 192.0.2.77 } }\n"
	    "\tset pairs { type ipv4_addr . inet_service; flags interval;\n"
	    "\t\telements = { %s . 22-80, 13.0.0.0/8 . 443 } }\n",
	    ONE_OF("10.0.0.0/8", "0.0.0.0/1", "10.1.2.3-10.1.9.9"),
	    ONE_OF("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3"));
	for (unsigned i = 0; i < chains; i++) {
		(void)fprintf(out, "\tchain c%u {\n", i);
		put_rules(out, i, below(5));
	}
	for (unsigned i = 0; i < 2 + below(4); i++) {
		(void)fprintf(out, "\tchain b%u { type filter hook %s priority %s; policy %s;\n", i,
			      i == 0 ? "input" : hooks[below(4)],
			      ONE_OF("-300", "-150", "0", "0", "10", "-99", "-250"),
			      ONE_OF("accept", "accept", "drop"));
		put_rules(out, chains, 1 + below(6));
	}
	if (below(3) == 0) {
		is_ip6 = false;
		transport = "tcp";
		(void)fprintf(out,
			      "\tchain raw { type filter hook prerouting priority -310;\n\t\t");
		put_source(out);
		(void)fprintf(out, "notrack\n\t}\n");
	}
	(void)fprintf(out, "}\n");
	if (below(2))
		put_nat(out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table boot_rulesets: what files of nft and of iptables-save declare, whole and broken. */
#include <errno.h>

#include "tests/probes/boot.h"

/* The rows of a file of nft that is not loaded, without manager and file. */
static void nft(const char *text, const char *rows, const char *name)
{
	begin();
	file(NFT, "/etc/nftables.conf", text);
	systemd();
	run();
	is_str(play.rows, rows, name);
	ends(COVERAGE_COMPLETE, "", name);
}

static void test_syntax(void)
{
	nft("", CONF "-|-|0|0|-|-|-\n", "an empty file");
	nft("#!/usr/sbin/nft -f\n\nflush ruleset\n\ntable inet filter {\n\tchain input {\n"
	    "\t\ttype filter hook input priority filter; policy drop;\n\t}\n}\n",
	    CONF "3|-|0|1|-|-|-\n" CONF "6|-|0|0|inet|filter|input\n", "Debian's");
	nft("table t {\nchain a {\n}\n}\ntable ip6 \\\nt{chain b{\n};chain c{\n}\n}",
	    CONF "-|-|0|0|-|-|-\n" CONF "2|-|0|0|ip|t|a\n" CONF "6|-|0|0|ip6|t|b\n" CONF
		 "7|-|0|0|ip6|t|c\n",
	    "the family left out, a line that goes on, several on a line");
	nft("add table ip t\nadd chain ip t a { type filter hook input priority 0; }\n"
	    "create chain t b\nadd rule ip t a tcp dport { 22,\n 80 } accept; add chain inet t c\n",
	    CONF "-|-|0|0|-|-|-\n" CONF "2|-|0|0|ip|t|a\n" CONF "3|-|0|0|ip|t|b\n" CONF
		 "5|-|0|0|inet|t|c\n",
	    "commands, elements over lines");
	nft("define x = { 1.2.3.4,\n 5.6.7.8 } # chain no {\ntable t {\n"
	    "set chain_set { type ipv4_addr; elements = { 1.1.1.1 }\n}\nchain a {\n"
	    "counter comment \"} chain no { # \" accept\n}\n}\n",
	    CONF "-|-|0|0|-|-|-\n" CONF "6|-|0|0|ip|t|a\n", "braces in strings and comments");
	nft("table t {\nchain a {\n}\n}\nflush ruleset ip6\nflush ruleset\ntable t {\nchain b {\n"
	    "}\n}\n",
	    CONF "6|-|0|1|-|-|-\n" CONF "8|-|0|0|ip|t|b\n", "what is flushed is not declared");
	nft("flush ruleset ip\n", CONF "1|-|0|1|ip|-|-\n", "one family is flushed");
	nft("table inet t\ndelete table inet t\ntable inet t {\nchain a {\n}\nchain b {\n}\n}\n"
	    "table ip t {\nchain c {\n}\n}\ndelete chain inet t a\ndestroy table t\nflush table "
	    "t\n",
	    CONF "-|-|0|0|-|-|-\n" CONF "6|-|0|0|inet|t|b\n",
	    "a table of one's own is made anew; others and chains are deleted");
}

static void broken(const char *text, enum coverage status, const char *detail)
{
	begin();
	file(NFT, "/etc/nftables.conf", text);
	systemd();
	run();
	ok(!strstr(play.rows, "|chain"), "nothing of it is declared: %s", detail);
	ends(status, detail, detail);
}

static void test_broken(void)
{
	char braces[20001];

	broken("table t {\nchain chain {\n}\n", COVERAGE_ERROR,
	       "/etc/nftables.conf:1: a brace is not closed");
	broken("table t {\nchain chain {\n\naccept", COVERAGE_ERROR,
	       "/etc/nftables.conf:2: a brace is not closed");
	broken("table t {\nchain chain {\n}\n}\n}\n", COVERAGE_ERROR,
	       "/etc/nftables.conf:5: a brace closes nothing");
	broken("\ntable t {\nchain chain {\ncomment \"x\n}\n}\n", COVERAGE_ERROR,
	       "/etc/nftables.conf:4: a string is not closed");
	broken("table $t {\n}\n", COVERAGE_PARTIAL,
	       "/etc/nftables.conf:1: the name of a table is not understood");
	broken("add chain ip t\n", COVERAGE_PARTIAL,
	       "/etc/nftables.conf:1: the name of a chain is not understood");
	broken("delete table handle 3\n", COVERAGE_PARTIAL,
	       "/etc/nftables.conf:1: what is deleted is not understood");
	broken("{\n\"nftables\": []\n}\n", COVERAGE_PARTIAL,
	       "/etc/nftables.conf:1: what this means is not understood");
	memset(braces, '{', sizeof(braces) - 1);
	braces[sizeof(braces) - 1] = '\0';
	broken(braces, COVERAGE_ERROR, "/etc/nftables.conf:1: a brace is not closed");
}

static void test_includes(void)
{
	begin();
	file(NFT, "/etc/nftables.conf",
	     "include \"nftables.d/*.nft\"\ntable t {\ninclude \"/etc/nftables/in.nft\"\n}\n"
	     "include \"./etc/nftables/last.nft\"\ninclude \"/etc/nftables.d/none*\"\n");
	file(FOLDER, "/etc/nftables/last.nft", "table t {\nchain last {\n}\n}\n");
	play_file(&play, "/etc/nftables/in.nft", "chain inner {\n}\n");
	play_file(&play, "/etc/nftables/unused.nft", "}}} table t {\nchain unused {\n}\n}\n");
	file(FOLDER_D, "/etc/nftables.d/b.nft", "table t {\nchain b {\n}\n}\n");
	play_file(&play, "/etc/nftables.d/a.nft", "flush ruleset\ntable t {\nchain a {\n}\n}\n");
	play_file(&play, "/etc/nftables.d/.hidden.nft", "flush ruleset\n");
	play_file(&play, "/etc/nftables.d/c.conf", "flush ruleset\n");
	systemd();
	wanted("nftables");
	run();
	is_str(play.rows,
	       CONF "-|-|1|0|-|-|-\n"
		    "nftables|/etc/nftables.d/a.nft|1|/etc/nftables.conf|1|1|-|-|-\n"
		    "nftables|/etc/nftables.d/a.nft|3|/etc/nftables.conf|1|0|ip|t|a\n"
		    "nftables|/etc/nftables.d/b.nft|-|/etc/nftables.conf|1|0|-|-|-\n"
		    "nftables|/etc/nftables.d/b.nft|2|/etc/nftables.conf|1|0|ip|t|b\n"
		    "nftables|/etc/nftables/in.nft|-|/etc/nftables.conf|1|0|-|-|-\n"
		    "nftables|/etc/nftables/in.nft|1|/etc/nftables.conf|1|0|ip|t|inner\n"
		    "nftables|/etc/nftables/last.nft|-|/etc/nftables.conf|1|0|-|-|-\n"
		    "nftables|/etc/nftables/last.nft|2|/etc/nftables.conf|1|0|ip|t|last\n",
	       "files that are included, and no others");
	ends(COVERAGE_COMPLETE, "", "includes");

	broken("include \"/opt/x.nft\"\n", COVERAGE_PARTIAL,
	       "/etc/nftables.conf:1: it includes what is not read: see harden tables "
	       "boot_rulesets");
	broken("include \"/etc/nftables/../x.nft\"\n", COVERAGE_PARTIAL,
	       "/etc/nftables.conf:1: it includes what is not read: see harden tables "
	       "boot_rulesets");
	broken("include \"nftables/none.nft\"\n", COVERAGE_ERROR,
	       "/etc/nftables.conf:1: it includes a file that is not there");
	broken("table t {\nchain chain {\n}\n}\ninclude \"nftables.conf\"\n", COVERAGE_ERROR,
	       "/etc/nftables.conf:5: too many includes, one in the other");

	begin();
	file(NFT, "/etc/nftables.conf", "include \"/etc/nftables.d/*\"\n");
	reach(FOLDER_D);
	for (int i = 0; i < 30; i++) {
		auto_free char *path = xasprintf("/etc/nftables.d/%d", i);

		play_file(&play, path, "include \"/etc/nftables.d/*\"\n");
	}
	systemd();
	run();
	ok(play.status == COVERAGE_ERROR, "files that include each other come to an end");
	play_end(&play);

	begin();
	file(NFT, "/etc/nftables.conf", "include \"/etc/nftables.d/*.nft\"\n");
	reach(FOLDER_D);
	play_error(&play, "/etc/nftables.d", ELOOP);
	systemd();
	run();
	ends(COVERAGE_PARTIAL, "/etc/nftables.d is a symbolic link, which is not followed",
	     "a folder that is a link");
}

static void test_cut(void)
{
	begin();
	reach(NFT);
	play_item(&play, &(struct broker_item){.path = "/etc/nftables.conf",
					       .data = span_of("table t {\nchain a {\ncomment \"x"),
					       .is_cut = true});
	systemd();
	run();
	has(CONF "2|-|0|0|ip|t|a", "what stands before the end counts");
	ends(COVERAGE_PARTIAL, "/etc/nftables.conf is longer than 16 MiB", "a file that is cut");

	begin();
	reach(SAVED);
	play_item(&play, &(struct broker_item){.path = "/etc/iptables/rules.v4",
					       .data = span_of("*filter\n:INPUT DROP [0:0]\n-A"),
					       .is_cut = true});
	systemd();
	run();
	has("iptables|/etc/iptables/rules.v4|2|-|0|0|ip|filter|INPUT", "of iptables too");
	ends(COVERAGE_PARTIAL, "/etc/iptables/rules.v4 is longer than 16 MiB", "one of iptables");
}

#define SAVED_RULES                                                                                \
	"# Generated\n*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT DROP [1:2]\n"        \
	":mine - [0:0]\n-A INPUT -j mine\nCOMMIT\n"

static void test_iptables(void)
{
	begin();
	file(SAVED, "/etc/iptables/rules.v4", SAVED_RULES);
	play_file(&play, "/etc/iptables/rules.v6", "*filter\n:INPUT DROP [0:0]\nCOMMIT\n");
	systemd();
	wanted("netfilter-persistent");
	file(PLUGINS, "/usr/share/netfilter-persistent/plugins.d/15-ip4tables", "");
	run();
	is_str(play.rows,
	       "iptables|/etc/iptables/rules.v4|-|-|1|0|-|-|-\n"
	       "iptables|/etc/iptables/rules.v4|3|-|1|0|ip|nat|PREROUTING\n"
	       "iptables|/etc/iptables/rules.v4|6|-|1|0|ip|filter|INPUT\n"
	       "iptables|/etc/iptables/rules.v4|7|-|1|0|ip|filter|mine\n"
	       "iptables|/etc/iptables/rules.v6|-|-|0|0|-|-|-\n"
	       "iptables|/etc/iptables/rules.v6|2|-|0|0|ip6|filter|INPUT\n",
	       "iptables-save; what no plugin loads is not loaded");
	ends(COVERAGE_COMPLETE, "", "iptables");

	begin();
	file(SYSCONFIG, "/etc/sysconfig/iptables", "*filter\n:INPUT DROP [0:0]\n-A INPUT -j");
	systemd();
	wanted("iptables");
	run();
	is_str(play.rows, "iptables|/etc/sysconfig/iptables|-|-|1|0|-|-|-\n", "truncated");
	ends(COVERAGE_ERROR, "/etc/sysconfig/iptables:1: a table without COMMIT", "truncated");

	begin();
	file(SAVED, "/etc/iptables/iptables.rules",
	     "*filter\n-P INPUT DROP\n-A INPUT -i lo -j ACCEPT\n-A mine -j DROP\n:FORWARD DROP\n"
	     "-A FORWARD -j DROP\nCOMMIT\n*raw\n-I PREROUTING -j DROP\nCOMMIT\n");
	systemd();
	wanted("iptables");
	run();
	is_str(play.rows,
	       "iptables|/etc/iptables/iptables.rules|-|-|1|0|-|-|-\n"
	       "iptables|/etc/iptables/iptables.rules|2|-|1|0|ip|filter|INPUT\n"
	       "iptables|/etc/iptables/iptables.rules|5|-|1|0|ip|filter|FORWARD\n"
	       "iptables|/etc/iptables/iptables.rules|9|-|1|0|ip|raw|PREROUTING\n",
	       "written by hand; built-in chains need no declaration");
	ends(COVERAGE_COMPLETE, "", "Arch Linux");

	begin();
	file(SYSCONFIG, "/etc/sysconfig/iptables", "#!/bin/sh\niptables -P INPUT DROP\n");
	systemd();
	run();
	ends(COVERAGE_ERROR, "/etc/sysconfig/iptables:2: this stands in no table", "a script");
}

int main(void)
{
	test_syntax();
	test_broken();
	test_includes();
	test_cut();
	test_iptables();
	return done();
}

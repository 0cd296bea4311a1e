/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table boot_rulesets: see the spec at the end, and audit/boot/boot.h. */
#include <string.h>

#include "audit/boot/boot.h"
#include "lib/own.h"

enum {
	NEED_FIRST_FILE = 0, /* files, to NEED_LAST_FILE */
	NEED_LAST_FILE = 25,
	NEED_WANTS,
	NEED_REQUIRES,
	NEED_VENDOR_WANTS,
	NEED_MASKS,
	NEED_SYSTEMD,
	NEED_SYSV,
	NEED_OPENRC,
	NEED_PLUGINS,
	NEED_SCRIPT_LINKS,
};

struct source {
	const char *manager;
	const char *path;
	const char *family; /* of a file of iptables-save; NULL: of nft */
	enum boot_service service;
	bool is_openrc; /* loaded by OpenRC's service of that name, else by the others' */
};

static const struct source sources[] = {
    {"nftables", "/etc/nftables.conf", NULL, BOOT_NFTABLES, false},
    {"nftables", "/etc/sysconfig/nftables.conf", NULL, BOOT_NFTABLES, false},
    {"nftables", "/etc/nftables.nft", NULL, BOOT_NFTABLES, true},
    {"nftables", "/var/lib/nftables/rules-save", NULL, BOOT_NFTABLES, true},
    {"iptables", "/etc/iptables/rules.v4", "ip", BOOT_NETFILTER_PERSISTENT, false},
    {"iptables", "/etc/iptables/rules.v6", "ip6", BOOT_NETFILTER_PERSISTENT, false},
    {"iptables", "/etc/iptables/iptables.rules", "ip", BOOT_IPTABLES, false}, /* Arch Linux */
    {"iptables", "/etc/iptables/ip6tables.rules", "ip6", BOOT_IP6TABLES, false},
    {"iptables", "/etc/sysconfig/iptables", "ip", BOOT_IPTABLES, false},
    {"iptables", "/etc/sysconfig/ip6tables", "ip6", BOOT_IP6TABLES, false},
    {"iptables", "/var/lib/iptables/rules-save", "ip", BOOT_IPTABLES, true},
    {"iptables", "/var/lib/ip6tables/rules-save", "ip6", BOOT_IP6TABLES, true},
    {"iptables", "/etc/iptables/rules-save", "ip", BOOT_IPTABLES, true},
    {"iptables", "/etc/iptables/rules6-save", "ip6", BOOT_IP6TABLES, true},
};

static void put_optional(struct host *host, const char *text)
{
	if (text)
		row_text(host, text);
	else
		row_null(host);
}

static void put_rows(const struct boot_ruleset *ruleset, const char *manager, bool is_enabled)
{
	struct host *host = ruleset->files->host;

	for (const struct boot_row *at = ruleset->first; at; at = at->next) {
		row_text(host, manager);
		row_text(host, at->file);
		if (at->line)
			row_int(host, at->line);
		else
			row_null(host);
		put_optional(host, at->included_by);
		row_int(host, is_enabled);
		row_int(host, at->flushes);
		put_optional(host, at->family);
		put_optional(host, at->table);
		put_optional(host, at->chain);
		row_end(host);
	}
}

static bool is_loaded(const struct source *source, const struct boot_files *files,
		      const struct boot_services *services)
{
	if (!services->is_enabled[source->service] ||
	    source->is_openrc != (services->init == BOOT_OPENRC))
		return false;
	if (source->family && source->service == BOOT_NETFILTER_PERSISTENT)
		return strcmp(source->family, "ip") == 0 ? services->has_plugin4
							 : services->has_plugin6;
	return source->family || services->init != BOOT_SYSTEMD ||
	       boot_unit_loads(files, source->path);
}

static void put_source(const struct source *source, const struct boot_files *files,
		       const struct boot_services *services)
{
	const struct boot_file *file = boot_readable(files, source->path);
	struct boot_ruleset ruleset;

	if (!file)
		return;
	boot_begin(&ruleset, files);
	if (source->family)
		boot_read_iptables(&ruleset, file, source->family);
	else
		boot_read_nft(&ruleset, file);
	put_rows(&ruleset, source->manager, is_loaded(source, files, services));
}

static void put_unit(const struct boot_files *files, const struct boot_services *services)
{
	struct boot_ruleset ruleset;

	/* ExecReload= is of no consequence while the unit is not started */
	if (services->init != BOOT_SYSTEMD || !services->is_enabled[BOOT_NFTABLES])
		return;
	boot_check_unit(files);
	boot_begin(&ruleset, files);
	boot_unit_flushes(&ruleset);
	put_rows(&ruleset, "nftables", true);
}

static bool is_yes(const struct boot_file *file, const char *key)
{
	struct span value;

	/* /lib/ufw/ufw-init-functions: ufw_start() */
	return file && boot_setting(file, key, &value) &&
	       (span_is(value, "yes") || span_is(value, "YES"));
}

/*
 * The built-in chains are ufw's in both families: without IPV6=yes it lets IPv6 pass on loopback
 * only, by policies (ufw_start() again).
 */
static void add_ufw(struct boot_ruleset *ruleset, const struct boot_file *conf, const char *family,
		    bool has_rules)
{
	static const char *const built_in[] = {"INPUT", "FORWARD", "OUTPUT"};
	static const char *const rules[2][3] = {
	    {"/etc/ufw/before.rules", "/etc/ufw/after.rules", "/etc/ufw/user.rules"},
	    {"/etc/ufw/before6.rules", "/etc/ufw/after6.rules", "/etc/ufw/user6.rules"}};
	bool is_ip6 = strcmp(family, "ip6") == 0;

	for (unsigned i = 0; i < ARRAY_LEN(built_in); i++)
		(void)boot_add_chain(ruleset, &(struct boot_row){.file = conf->path,
								 .family = family,
								 .table = "filter",
								 .chain = built_in[i]});
	for (unsigned i = 0; has_rules && i < ARRAY_LEN(rules[0]); i++) {
		const struct boot_file *file = boot_readable(ruleset->files, rules[is_ip6][i]);

		if (file)
			boot_read_iptables(ruleset, file, family);
	}
}

static void put_ufw(const struct boot_files *files, const struct boot_services *services)
{
	const struct boot_file *conf = boot_readable(files, "/etc/ufw/ufw.conf");
	const struct boot_file *defaults = boot_readable(files, "/etc/default/ufw");
	struct boot_ruleset ruleset;
	bool is_on;

	if (!conf)
		return;
	is_on = services->is_enabled[BOOT_UFW] && is_yes(conf, "ENABLED");
	boot_begin(&ruleset, files);
	(void)boot_add(&ruleset, conf->path, 0);
	add_ufw(&ruleset, conf, "ip", true);
	add_ufw(&ruleset, conf, "ip6", is_yes(defaults, "IPV6"));
	put_rows(&ruleset, "ufw", is_on);
}

static bool holds(const struct boot_file *file, const char *text)
{
	return memmem(file->data.data, file->data.len, text, strlen(text)) != NULL;
}

static void add_table(struct boot_ruleset *ruleset, const char *file, const char *family,
		      const char *table)
{
	struct boot_row *row = boot_add(ruleset, file, 0);

	row->family = family;
	row->table = table;
}

/* firewalld makes its chains anew at each start; which ones, its tables say. */
static void put_firewalld(const struct boot_files *files, const struct boot_services *services)
{
	static const char *const tables[] = {"filter", "nat", "mangle", "raw", "security"};
	static const char path[] = "/etc/firewalld/firewalld.conf";
	const struct boot_file *conf = boot_readable(files, path);
	const struct boot_file *direct = boot_readable(files, "/etc/firewalld/direct.xml");
	bool is_enabled = services->is_enabled[BOOT_FIREWALLD];
	struct boot_ruleset ruleset;
	struct span backend;

	if (!conf && !is_enabled)
		return;
	boot_begin(&ruleset, files);
	(void)boot_add(&ruleset, path, 0);
	add_table(&ruleset, path, "inet", "firewalld");
	add_table(&ruleset, path, "ip", "firewalld"); /* before 1.0 */
	add_table(&ruleset, path, "ip6", "firewalld");
	if (conf && boot_setting(conf, "FirewallBackend", &backend) &&
	    span_is(backend, "iptables")) {
		for (unsigned i = 0; i < ARRAY_LEN(tables); i++) {
			add_table(&ruleset, path, "ip", tables[i]);
			add_table(&ruleset, path, "ip6", tables[i]);
		}
	} else if (is_enabled && direct && (holds(direct, "<rule") || holds(direct, "<passth"))) {
		host_incomplete(files->host, COVERAGE_PARTIAL, "%s has rules, which are not read",
				direct->path);
	}
	put_rows(&ruleset, "firewalld", is_enabled);
}

static int collect(struct host *host, struct err *err)
{
	static const struct boot_service_needs needs = {
	    .links_first = NEED_WANTS,
	    .links_last = NEED_VENDOR_WANTS,
	    .masks = NEED_MASKS,
	    .systemd = NEED_SYSTEMD,
	    .sysv = NEED_SYSV,
	    .openrc = NEED_OPENRC,
	    .plugins = NEED_PLUGINS,
	    .script_links = NEED_SCRIPT_LINKS,
	};
	struct boot_files files = {.host = host};
	struct boot_services services = {0};

	for (unsigned need = NEED_FIRST_FILE; need <= NEED_LAST_FILE; need++)
		if (boot_keep(&files, need, err) < 0)
			return -1;
	if (boot_find_services(host, &needs, &files, &services, err) < 0)
		return -1;
	boot_check_scripts(&files);
	for (unsigned i = 0; i < ARRAY_LEN(sources); i++)
		put_source(&sources[i], &files, &services);
	put_unit(&files, &services);
	put_ufw(&files, &services);
	put_firewalld(&files, &services);
	return 0;
}

const struct probe probe_boot_rulesets = {
    .about = "Chains that files of firewalls declare, and which of them are loaded at boot",
    COLUMNS(
	{"manager", TEXT, "nftables, iptables, ufw or firewalld"},
	{"file", TEXT, "where it is declared"},
	{"line", INTEGER, "line of the chain; of a file: the line that flushes; or NULL"},
	{"included_by", TEXT, "the file that a service loads, and that includes this one; or NULL"},
	{"is_enabled", INTEGER, "1: the service that loads it is started at boot"},
	{"flushes", INTEGER,
	 "1: loading or reloading it flushes the whole ruleset, or that of `family`"},
	{"family", TEXT, "ip, ip6, inet …; of a file: the only one that it flushes, or NULL"},
	{"table_name", TEXT, "name of the table; NULL: the row is about the file"},
	{"chain", TEXT, "name of the chain; NULL: the file or, with a table, all of its chains"}),
    NEEDS({READ, "/etc/{nftables.conf,nftables.nft}"},
	  {READ, "/etc/sysconfig/{nftables.conf,iptables,ip6tables}"}, {READ, "/etc/nftables/*"},
	  {READ, "/etc/nftables.d/*"}, {READ, "/var/lib/nftables/rules-save"},
	  {READ, "/var/lib/iptables/rules-save"}, {READ, "/var/lib/ip6tables/rules-save"},
	  {READ, "/etc/iptables/{rules.v4,rules.v6,rules-save,rules6-save,iptables.rules,"
		 "ip6tables.rules}"},
	  {READ, "/etc/ufw/{ufw.conf,before.rules,after.rules,user.rules,before6.rules,"
		 "after6.rules,user6.rules,before.init}"},
	  {READ, "/etc/default/ufw"}, {READ, "/etc/firewalld/{firewalld.conf,direct.xml}"},
	  {READ, "/etc/systemd/system/*.service"}, {READ, "/etc/systemd/system/*.service.d/*.conf"},
	  {READ, "/usr/lib/systemd/system/nftables.service"},
	  {READ, "/lib/systemd/system/nftables.service"}, {READ, "/etc/{rc.local,crontab}"},
	  {READ, "/etc/rc.d/rc.local"}, {READ, "/etc/network/interfaces"},
	  {READ, "/etc/network/interfaces.d/*"}, {READ, "/etc/network/if-*.d/*"},
	  {READ, "/etc/NetworkManager/dispatcher.d/*"}, {READ, "/etc/networkd-dispatcher/*/*"},
	  {READ, "/etc/local.d/*.start"}, {READ, "/etc/cron.d/*"}, {READ, "/var/spool/cron/root"},
	  {READ, "/var/spool/cron/crontabs/root"}, {READ, "/etc/systemd/system/*.wants/*.service@"},
	  {READ, "/etc/systemd/system/*.requires/*.service@"},
	  {READ, "/usr/lib/systemd/system/*.wants/*.service@"},
	  {READ, "/etc/systemd/system/{nftables.service@,netfilter-persistent.service@,"
		 "iptables.service@,ip6tables.service@,ufw.service@,firewalld.service@}"},
	  {STAT, "/run/systemd/system"}, {STAT, "/etc/rc[2S].d/S[0-9][0-9]*"},
	  {STAT, "/etc/runlevels/*/*"}, {STAT, "/usr/share/netfilter-persistent/plugins.d/*"},
	  {READ, "/etc/network/if-*.d/*@"}),
    .collect = collect,
};

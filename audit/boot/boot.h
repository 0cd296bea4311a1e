/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What of the firewall comes back after a reboot: the files that services load at boot, as
 * far as they declare tables and chains. Rules are not read, and nothing is tried: that a file
 * loads without an error is taken for granted.
 */
#ifndef AUDIT_BOOT_H
#define AUDIT_BOOT_H

#include "audit/probe.h"

/* Ceilings; what lies beyond makes the table partial. */
#define BOOT_MAX_FILES 4000U
#define BOOT_MAX_BYTES (64U << 20) /* of all files together */
#define BOOT_MAX_CHAINS 100000U    /* of one file and all that it includes */
#define BOOT_MAX_INCLUDES 1000U    /* the same */
#define BOOT_MAX_DEPTH 16U         /* MAX_INCLUDE_DEPTH of nft's include/parser.h */

/* What root handed out, kept: a file is read only once it is known that something loads it. */
struct boot_file {
	struct boot_file *next; /* sorted by path, as glob(3) has it */
	const char *path;
	struct span data;
	int error;
	uint32_t mode;
	bool is_cut;
};

struct boot_files {
	struct host *host;
	struct boot_file *first;
	unsigned count;
	size_t bytes;
};

/* Adds all items of the need. */
int boot_keep(struct boot_files *files, unsigned need, struct err *err) MUST_CHECK;
/* NULL: it was not handed out. */
const struct boot_file *boot_find(const struct boot_files *files, const char *path);
/* As boot_find(), but what is there and cannot be read makes the table partial, too. */
const struct boot_file *boot_readable(const struct boot_files *files, const char *path);
/* The value of KEY=VALUE as a shell would read it, without quotes; false: it is not set. */
bool boot_setting(const struct boot_file *file, const char *key, struct span *out);
/* The first line that begins so, and names a program that loads rules or seems to; 0: none. */
unsigned boot_loads_rules(struct span text, const char *prefix);

/* A chain that a file declares; without chain and table: the file itself. */
struct boot_row {
	struct boot_row *next;
	const char *file;
	const char *included_by; /* NULL: a service loads it */
	const char *family;
	const char *table;
	const char *chain;
	unsigned line; /* 0: none */
	bool flushes;
};

/* What one load of a file comes to. */
struct boot_ruleset {
	const struct boot_files *files;
	struct boot_row *first;
	struct boot_row **end;
	unsigned chains;
	unsigned includes;
};

void boot_begin(struct boot_ruleset *ruleset, const struct boot_files *files);
struct boot_row *boot_add(struct boot_ruleset *ruleset, const char *file, unsigned line);
/* NULL once there are too many. */
struct boot_row *boot_add_chain(struct boot_ruleset *ruleset, const struct boot_row *chain);
/* Takes chains back: all, or those of the family, of the table, or the one. NULL: any. */
void boot_remove(struct boot_ruleset *ruleset, const char *family, const char *table,
		 const char *chain);

/* Reads a file as nft -f does, with what it includes. What is wrong with it makes the table
 * incomplete, and takes its chains back if nft would refuse the whole. */
void boot_read_nft(struct boot_ruleset *ruleset, const struct boot_file *file);
/* Reads a file as iptables-restore does; `family` is "ip" or "ip6". */
void boot_read_iptables(struct boot_ruleset *ruleset, const struct boot_file *file,
			const char *family);

/* The path that an include means, or NULL: it leads to where nothing is read. */
const char *boot_include_path(const struct boot_files *files, struct span written);
bool boot_is_pattern(const char *path);

/* Who is started at boot. */
enum boot_service {
	BOOT_NFTABLES,
	BOOT_NETFILTER_PERSISTENT,
	BOOT_IPTABLES,
	BOOT_IP6TABLES,
	BOOT_UFW,
	BOOT_FIREWALLD,
	BOOT_SERVICE_COUNT,
};
enum boot_init { BOOT_INIT_UNKNOWN, BOOT_SYSTEMD, BOOT_SYSV, BOOT_OPENRC };

struct boot_services {
	enum boot_init init;
	bool is_enabled[BOOT_SERVICE_COUNT];
	bool has_plugin4; /* of netfilter-persistent, that loads rules.v4 */
	bool has_plugin6;
};

/* Indexes into the needs of the probe, that services are found by. */
struct boot_service_needs {
	unsigned links_first; /* systemd: links in .wants and .requires */
	unsigned links_last;
	unsigned masks;
	unsigned systemd;
	unsigned sysv;
	unsigned openrc;
	unsigned plugins;
	unsigned script_links; /* those of /etc/network/if-*.d that are links */
};

/* `out` is zeroed by the caller. */
int boot_find_services(struct host *host, const struct boot_service_needs *needs,
		       const struct boot_files *files, struct boot_services *out,
		       struct err *err) MUST_CHECK;
/* Says what else could load rules: scripts of the administrator's. */
void boot_check_scripts(const struct boot_files *files);

/* Does nftables.service load this file? True when the unit cannot be read. */
bool boot_unit_loads(const struct boot_files *files, const char *path);
/* Adds a row for the unit if it flushes the ruleset itself when it is reloaded. */
void boot_unit_flushes(struct boot_ruleset *ruleset);
/* Says of a file that the unit loads and nothing here reads. */
void boot_check_unit(const struct boot_files *files);

#endif

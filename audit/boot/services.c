/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Which services of a firewall are started at boot: what `systemctl enable` leaves behind
 * (systemd.unit(5): WantedBy=, masked units), links of System V's runlevels, those of OpenRC.
 */
#include <errno.h>
#include <string.h>

#include "audit/boot/boot.h"
#include "lib/own.h"

static const char *const names[BOOT_SERVICE_COUNT] = {
    [BOOT_NFTABLES] = "nftables", [BOOT_NETFILTER_PERSISTENT] = "netfilter-persistent",
    [BOOT_IPTABLES] = "iptables", [BOOT_IP6TABLES] = "ip6tables",
    [BOOT_UFW] = "ufw",           [BOOT_FIREWALLD] = "firewalld",
};

struct search {
	struct host *host;
	const struct boot_files *files;
	struct boot_services *out;
};

typedef void found_fn(struct search *search, const struct item *item, struct span name);

static struct span base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return span_of(slash ? slash + 1 : path);
}

static bool is_in(const char *path, const char *folder)
{
	return strncmp(path, folder, strlen(folder)) == 0;
}

static void enable(struct search *search, struct span name)
{
	for (unsigned i = 0; i < BOOT_SERVICE_COUNT; i++)
		if (span_is(name, names[i]))
			search->out->is_enabled[i] = true;
}

/* Managers whose files are not read. */
static void check_unknown(struct search *search, struct span name)
{
	static const char *const others[] = {"shorewall", "shorewall6", "ferm",     "firehol",
					     "csf",       "apf",        "foomuuri", "awall"};

	for (unsigned i = 0; i < ARRAY_LEN(others); i++)
		if (span_is(name, others[i]))
			host_incomplete(search->host, COVERAGE_PARTIAL,
					"%s is started at boot, and what it loads is not read",
					others[i]);
}

static void found_in_folder(struct search *search, const struct item *item, struct span name)
{
	/* a link that leads to where no vendor and no administrator keeps units (systemctl link) */
	if (!item->error && span_starts(item->data, "/") &&
	    !span_starts(item->data, "/usr/lib/systemd/") &&
	    !span_starts(item->data, "/lib/systemd/") &&
	    !span_starts(item->data, "/etc/systemd/") && !span_is(item->data, "/dev/null"))
		host_incomplete(search->host, COVERAGE_PARTIAL,
				"%s is a unit outside of systemd's folders, which is not read",
				item->path);
	check_unknown(search, name);
	enable(search, name);
}

/* Is it the administrator's own unit of that name, or a file that adds to it (NAME.d/X.conf)? */
static bool is_of_unit(const char *path, struct span name)
{
	static const char folder[] = "/etc/systemd/system/";
	const char *rest = path + sizeof(folder) - 1;

	if (!is_in(path, folder) || strncmp(rest, name.data, name.len) != 0)
		return false;
	return rest[name.len] == '\0' || is_in(rest + name.len, ".d/");
}

static void check_unit_files(struct search *search, struct span name)
{
	for (const struct boot_file *at = search->files->first; at; at = at->next) {
		unsigned line;

		/* what nftables.service itself loads, boot_unit_loads() says */
		if (at->error || !is_of_unit(at->path, name) ||
		    strcmp(at->path, "/etc/systemd/system/nftables.service") == 0)
			continue;
		line = boot_loads_rules(at->data, "Exec");
		if (line)
			host_incomplete(search->host, COVERAGE_PARTIAL,
					"%s:%u seems to load rules, which are not read", at->path,
					line);
	}
}

static void found_systemd(struct search *search, const struct item *item, struct span name)
{
	struct span unit = name;

	if (is_in(item->path, "/etc/systemd/system/rescue.target") ||
	    is_in(item->path, "/etc/systemd/system/emergency.target"))
		return;
	if (span_ends(name, ".service"))
		unit.len -= strlen(".service");
	found_in_folder(search, item, unit);
	check_unit_files(search, name);
}

/* Masked: a link to /dev/null instead of the unit. It comes as EINVAL when it is a file. */
static void found_mask(struct search *search, const struct item *item, struct span name)
{
	if (item->error || !span_is(item->data, "/dev/null"))
		return;
	for (unsigned i = 0; i < BOOT_SERVICE_COUNT; i++)
		if (name.len == strlen(names[i]) + strlen(".service") &&
		    span_starts(name, names[i]))
			search->out->is_enabled[i] = false;
}

/* S01nftables: S, two digits, the name. */
static void found_sysv(struct search *search, const struct item *item, struct span name)
{
	if (item->error || name.len < 4)
		return;
	name = (struct span){name.data + 3, name.len - 3};
	check_unknown(search, name);
	enable(search, name);
}

static void found_openrc(struct search *search, const struct item *item, struct span name)
{
	if (item->error || !(is_in(item->path, "/etc/runlevels/boot/") ||
			     is_in(item->path, "/etc/runlevels/default/") ||
			     is_in(item->path, "/etc/runlevels/sysinit/")))
		return;
	check_unknown(search, name);
	enable(search, name);
}

static void found_plugin(struct search *search, const struct item *item, struct span name)
{
	if (item->error)
		return;
	if (span_is(name, "15-ip4tables"))
		search->out->has_plugin4 = true;
	else if (span_is(name, "25-ip6tables"))
		search->out->has_plugin6 = true;
	else if (!span_ends(name, "ipset") && search->out->is_enabled[BOOT_NETFILTER_PERSISTENT])
		host_incomplete(search->host, COVERAGE_PARTIAL, "what %s loads at boot is not read",
				item->path);
}

/* What packages keep in their own folders; Debian's hang their scripts into ifupdown by links. */
static bool is_package_file(struct span target)
{
	static const char *const folders[] = {"/lib/",
					      "/usr/lib/",
					      "/usr/share/",
					      "/etc/wpa_supplicant/",
					      "/etc/hostapd/",
					      "../../../lib/",
					      "../../../usr/lib/",
					      "../../../usr/share/",
					      "../../wpa_supplicant/",
					      "../../hostapd/"};

	for (unsigned i = 0; i < ARRAY_LEN(folders); i++)
		if (span_starts(target, folders[i])) {
			size_t len = strlen(folders[i]);

			return !memmem(target.data + len, target.len - len, "..", 2) &&
			       !boot_loads_rules(target, "");
		}
	return false;
}

/* A link that leads to a package's script is taken for read, and for one that loads nothing. */
static void found_script_link(struct search *search, const struct item *item, struct span name)
{
	(void)name;
	if (item->error || !is_package_file(item->data))
		return;
	for (struct boot_file *at = search->files->first; at; at = at->next)
		if (at->error == ELOOP && strcmp(at->path, item->path) == 0)
			at->error = 0;
}

static int each(struct search *search, unsigned need, found_fn *found, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(search->host, need, err) < 0)
		return -1;
	while ((got = host_next(search->host, &item, err)) > 0) {
		if (item.error == ENOENT || item.error == ENOTDIR)
			continue;
		if (item.error && item.error != EINVAL) /* EINVAL: no link; it is there */
			host_item_failed(search->host, &item, item.path);
		found(search, &item, base_name(item.path));
	}
	return got;
}

/* Is one item of the need there? */
static int ask_one(struct host *host, unsigned need, bool *out, struct err *err)
{
	struct item item;
	int got;

	*out = false;
	if (host_ask(host, need, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0)
		*out = *out || item.error == 0;
	return got;
}

/* sd_booted(3) looks at the same folder. */
static int find_init(struct host *host, const struct boot_service_needs *needs,
		     struct boot_services *out, struct err *err)
{
	bool is_there;

	if (ask_one(host, needs->systemd, &is_there, err) < 0)
		return -1;
	if (is_there) {
		out->init = BOOT_SYSTEMD;
		return 0;
	}
	if (ask_one(host, needs->openrc, &is_there, err) < 0)
		return -1;
	if (is_there) {
		out->init = BOOT_OPENRC;
		return 0;
	}
	if (ask_one(host, needs->sysv, &is_there, err) < 0)
		return -1;
	if (is_there)
		out->init = BOOT_SYSV;
	else
		host_incomplete(
		    host, COVERAGE_PARTIAL,
		    "what is started at boot is not known: there is no systemd, System V "
		    "init or OpenRC");
	return 0;
}

static int find_systemd(struct search *search, const struct boot_service_needs *needs,
			struct err *err)
{
	for (unsigned need = needs->links_first; need <= needs->links_last; need++)
		if (each(search, need, found_systemd, err) < 0)
			return -1;
	return each(search, needs->masks, found_mask, err);
}

int boot_find_services(struct host *host, const struct boot_service_needs *needs,
		       const struct boot_files *files, struct boot_services *out, struct err *err)
{
	struct search search = {host, files, out};
	int result = 0;

	if (find_init(host, needs, out, err) < 0)
		return -1;
	switch (out->init) {
	case BOOT_SYSTEMD:
		result = find_systemd(&search, needs, err);
		break;
	case BOOT_SYSV:
		result = each(&search, needs->sysv, found_sysv, err);
		break;
	case BOOT_OPENRC:
		result = each(&search, needs->openrc, found_openrc, err);
		break;
	case BOOT_INIT_UNKNOWN:
		break;
	}
	if (result < 0 || each(&search, needs->plugins, found_plugin, err) < 0)
		return -1;
	return each(&search, needs->script_links, found_script_link, err);
}

static unsigned suspicious_line(const struct boot_file *file)
{
	static const char *const folders[] = {
	    "/etc/network/", "/etc/NetworkManager/", "/etc/networkd-dispatcher/", "/etc/local.d/",
	    "/etc/rc.",      "/etc/ufw/before.init"};

	if (is_in(file->path, "/etc/cron") || is_in(file->path, "/var/spool/cron/"))
		return boot_loads_rules(file->data, "@reboot");
	for (unsigned i = 0; i < ARRAY_LEN(folders); i++)
		if (is_in(file->path, folders[i]) &&
		    (file->mode & 0111 || is_in(file->path, "/etc/network/interfaces")))
			return boot_loads_rules(file->data, "");
	return 0;
}

static bool is_script(const char *path)
{
	static const char *const folders[] = {"/etc/cron",
					      "/var/spool/cron",
					      "/etc/network",
					      "/etc/NetworkManager",
					      "/etc/networkd-dispatcher",
					      "/etc/local.d",
					      "/etc/rc."};

	for (unsigned i = 0; i < ARRAY_LEN(folders); i++)
		if (is_in(path, folders[i]))
			return true;
	return is_in(path, "/etc/ufw/before.init");
}

/* Units of systemd are looked at with their links. */
void boot_check_scripts(const struct boot_files *files)
{
	for (const struct boot_file *at = files->first; at; at = at->next) {
		unsigned line;

		/* a link on Red Hat's, to the one in rc.d, which is read too */
		if (!is_script(at->path) || (strcmp(at->path, "/etc/rc.local") == 0 &&
					     boot_find(files, "/etc/rc.d/rc.local")))
			continue;
		/* EINVAL: a folder, as dispatcher.d/pre-up.d of NetworkManager; nothing runs it */
		if (at->error == EINVAL || !boot_readable(files, at->path))
			continue;
		line = suspicious_line(at);
		if (line)
			host_incomplete(files->host, COVERAGE_PARTIAL,
					"%s:%u seems to load rules, which are not read", at->path,
					line);
	}
}

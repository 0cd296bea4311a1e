/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table boot_rulesets: which services are started at boot, and what else may load rules. */
#include <errno.h>
#include <sys/stat.h>

#include "tests/probes/boot.h"

static void test_ufw(void)
{
	static const char *const settings[] = {"ENABLED=yes\n", "ENABLED=no\n", "#ENABLED=yes\n"};

	for (unsigned i = 0; i < ARRAY_LEN(settings); i++) {
		begin();
		file(UFW, "/etc/ufw/ufw.conf", settings[i]);
		play_file(&play, "/etc/ufw/user6.rules",
			  "*filter\n:ufw6-user-input - [0:0]\nCOMMIT");
		file(UFW_DEFAULT, "/etc/default/ufw", "IPV6=no\nIPV6=\"yes\"\n");
		systemd();
		wanted("ufw");
		run();
		has(i ? "ufw|/etc/ufw/ufw.conf|-|-|0|0|ip|filter|INPUT"
		      : "ufw|/etc/ufw/ufw.conf|-|-|1|0|ip|filter|INPUT",
		    "ufw: ENABLED");
		has(i ? "ufw|/etc/ufw/user6.rules|2|-|0|0|ip6|filter|ufw6-user-input"
		      : "ufw|/etc/ufw/user6.rules|2|-|1|0|ip6|filter|ufw6-user-input",
		    "and of IPv6");
		ends(COVERAGE_COMPLETE, "", "ufw");
	}
	begin();
	file(UFW, "/etc/ufw/ufw.conf", "ENABLED=yes\n");
	file(UFW_DEFAULT, "/etc/default/ufw", "IPV6=no\n");
	systemd();
	run();
	has("ufw|/etc/ufw/ufw.conf|-|-|0|0|ip|filter|INPUT", "ufw: its unit is not enabled");
	play_end(&play);

	begin();
	file(UFW, "/etc/ufw/ufw.conf", "ENABLED=yes\n");
	play_file(&play, "/etc/ufw/user6.rules", "*filter\n:ufw6-user-input - [0:0]\nCOMMIT");
	file(UFW_DEFAULT, "/etc/default/ufw", "IPV6=no\n");
	systemd();
	wanted("ufw");
	run();
	has("ufw|/etc/ufw/ufw.conf|-|-|1|0|ip6|filter|INPUT", "without IPv6 it is dropped, by ufw");
	ok(!strstr(play.rows, "ufw6-"), "and has no rules");
	play_end(&play);
}

static void test_firewalld(void)
{
	begin();
	systemd();
	wanted("firewalld");
	run();
	has("firewalld|/etc/firewalld/firewalld.conf|-|-|1|0|inet|firewalld|-", "firewalld");
	ends(COVERAGE_COMPLETE, "", "firewalld");
	begin();
	file(FIREWALLD, "/etc/firewalld/firewalld.conf", "FirewallBackend=iptables\n");
	systemd();
	wanted("firewalld");
	run();
	has("firewalld|/etc/firewalld/firewalld.conf|-|-|1|0|ip6|filter|-", "its other backend");
	play_end(&play);
	begin();
	file(FIREWALLD, "/etc/firewalld/direct.xml", "<direct><rule ipv=\"ipv4\"/></direct>");
	systemd();
	wanted("firewalld");
	run();
	ends(COVERAGE_PARTIAL, "/etc/firewalld/direct.xml has rules, which are not read", "direct");
}

/* /etc/nftables.conf, loaded by what has been laid out. */
static void loaded(bool is_enabled, const char *detail, const char *name)
{
	run();
	has(is_enabled ? CONF "-|-|1|0|-|-|-" : CONF "-|-|0|0|-|-|-", name);
	ends(*detail ? COVERAGE_PARTIAL : COVERAGE_COMPLETE, detail, name);
}

static void begin_loaded(void)
{
	begin();
	file(NFT, "/etc/nftables.conf", "");
}

static void test_systemd(void)
{
	begin_loaded();
	systemd();
	wanted("nftables");
	loaded(true, "", "enabled");

	begin_loaded();
	systemd();
	wanted("nftables");
	file(MASKS, "/etc/systemd/system/nftables.service", "/dev/null");
	loaded(false, "", "masked");

	begin_loaded();
	file(VENDOR_UNIT, "/usr/lib/systemd/system/nftables.service",
	     "[Service]\nExecStart=/sbin/nft -f /etc/sysconfig/nftables.conf\n"
	     "ExecReload=/sbin/nft 'flush ruleset; include \"/etc/sysconfig/nftables.conf\";'\n");
	systemd();
	wanted("nftables");
	run();
	has(CONF "-|-|0|0|-|-|-", "the unit loads another file");
	has("nftables|/usr/lib/systemd/system/nftables.service|3|-|1|1|-|-|-",
	    "and flushes when it is reloaded");
	ends(COVERAGE_COMPLETE, "", "Red Hat's unit");

	begin_loaded();
	file(VENDOR_UNIT, "/usr/lib/systemd/system/nftables.service",
	     "[Service]\nExecReload=/sbin/nft 'flush ruleset; include \"/x\";'\n");
	systemd();
	run();
	is_str(play.rows, CONF "-|-|0|0|-|-|-\n", "which is not enabled, and never reloaded");
	play_end(&play);

	begin_loaded();
	file(UNITS, "/etc/systemd/system/nftables.service",
	     "[Service]\nExecStart=/usr/sbin/nft -f /root/fw.nft\n");
	systemd();
	wanted("nftables");
	loaded(false, "/etc/systemd/system/nftables.service loads a file that is not read",
	       "the administrator's own unit");

	begin_loaded();
	file(UNITS, "/etc/systemd/system/fw.service",
	     "[Unit]\nAfter=nftables.service\n"
	     "[Service]\nExecStart=/root/my-firewall up\n");
	play_file(&play, "/etc/systemd/system/off.service", "ExecStart=/usr/sbin/nft -f /x\n");
	systemd();
	wanted("fw");
	loaded(false, "/etc/systemd/system/fw.service:4 seems to load rules, which are not read",
	       "a unit that is enabled and loads rules");

	begin_loaded();
	file(DROPINS, "/etc/systemd/system/docker.service.d/x.conf",
	     "ExecStartPost=/sbin/iptables -I DOCKER-USER -j DROP\n");
	systemd();
	wanted("docker");
	loaded(false,
	       "/etc/systemd/system/docker.service.d/x.conf:1 seems to load rules, which are not "
	       "read",
	       "a file that adds to a unit");

	begin_loaded();
	systemd();
	file(WANTS, "/etc/systemd/system/x.target.wants/fw.service", "/root/fw.service");
	loaded(false,
	       "/etc/systemd/system/x.target.wants/fw.service is a unit outside of systemd's "
	       "folders, which is not read",
	       "a unit from elsewhere");

	begin_loaded();
	systemd();
	wanted("shorewall");
	loaded(false, "shorewall is started at boot, and what it loads is not read", "shorewall");
}

static void test_other_inits(void)
{
	begin_loaded();
	file(SYSV, "/etc/rc2.d/S01nftables", "");
	file(SYSV_AGAIN, "/etc/rc2.d/S01nftables", "");
	loaded(true, "", "System V");

	begin_loaded();
	file(SYSV, "/etc/rc2.d/S01cron", "");
	file(SYSV_AGAIN, "/etc/rc2.d/S01cron", "");
	loaded(false, "", "System V without it");

	begin();
	file(NFT, "/etc/nftables.nft", "");
	file(OPENRC, "/etc/runlevels/default/nftables", "");
	file(OPENRC_AGAIN, "/etc/runlevels/default/nftables", "");
	run();
	has("nftables|/etc/nftables.nft|-|-|1|0|-|-|-", "OpenRC");
	play_end(&play);

	begin();
	file(NFT, "/etc/nftables.nft", "");
	file(OPENRC, "/etc/runlevels/mine/nftables", "");
	file(OPENRC_AGAIN, "/etc/runlevels/mine/nftables", "");
	run();
	has("nftables|/etc/nftables.nft|-|-|0|0|-|-|-", "OpenRC, in another runlevel");
	play_end(&play);

	begin_loaded();
	loaded(false,
	       "what is started at boot is not known: there is no systemd, System V init or OpenRC",
	       "no init that is known");
}

static void script(unsigned need, const char *path, uint32_t mode, const char *text,
		   const char *detail)
{
	begin_loaded();
	reach(need);
	play_item(&play, &(struct broker_item){
			     .path = path, .data = span_of(text), .mode = S_IFREG | mode});
	systemd();
	loaded(false, detail, path);
}

static void test_scripts(void)
{
	script(RC_LOCAL, "/etc/rc.local", 0755, "#!/bin/sh\n# nft\n/usr/sbin/nft -f /root/x\n",
	       "/etc/rc.local:3 seems to load rules, which are not read");
	script(RC_LOCAL, "/etc/rc.local", 0644, "/usr/sbin/nft -f /root/x\n", "");
	script(RC_LOCAL, "/etc/rc.local", 0755, "#!/bin/sh\nexit 0\n", "");
	script(CRON, "/etc/cron.d/x", 0644, "@reboot root iptables-restore </root/x\n",
	       "/etc/cron.d/x:1 seems to load rules, which are not read");
	script(CRON, "/etc/cron.d/x", 0644, "0 3 * * * root nft list ruleset\n", "");
}

/* A script of ifupdown that is a link. */
static void linked(const char *target, const char *detail)
{
	static const char path[] = "/etc/network/if-up.d/x";

	begin_loaded();
	reach(IF_SCRIPTS);
	play_error(&play, path, ELOOP);
	systemd();
	file(SCRIPT_LINKS, path, target);
	loaded(false, detail, target);
}

static void test_links(void)
{
	static const char unseen[] =
	    "/etc/network/if-up.d/x is a symbolic link, which is not followed";

	linked("../../wpa_supplicant/ifupdown.sh", "");
	linked("/lib/bridge-utils/ifupdown.sh", "");
	linked("/usr/lib/../../root/x.sh", unseen);
	linked("/usr/share/firewall/up", unseen);
	linked("/usr/local/sbin/up.sh", unseen);
	linked("../../../lib", unseen);

	begin_loaded();
	reach(DISPATCHER);
	play_error(&play, "/etc/NetworkManager/dispatcher.d/pre-up.d", EINVAL);
	systemd();
	loaded(false, "", "a folder among scripts");
}

int main(void)
{
	test_ufw();
	test_firewalld();
	test_systemd();
	test_other_inits();
	test_scripts();
	test_links();
	return done();
}

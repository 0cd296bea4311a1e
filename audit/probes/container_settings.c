/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table container_settings: see the spec at the end. What the kernel enforces stands first:
 * a capability that inspect lists as added may have been given up, and one that it does not list
 * may have come from a file. What the engine was told stands beside it.
 *
 * By default Docker, containerd and CRI-O give 14 capabilities (moby, oci/caps/defaults.go), podman
 * 11 (containers/common, pkg/config/default.go).
 */
#include "audit/derive.h"
#include "audit/probe.h"

extern const struct probe probe_container_settings;

static int collect(struct host *host, struct err *err)
{
	return derive_rows(host, &probe_container_settings, err);
}

/* capabilities(7), include/uapi/linux/capability.h; and whether Docker, and podman, give it */
#define CAPABILITIES                                                                               \
	"WITH capabilities(name, bit, docker, podman) AS (VALUES"                                  \
	"  ('CHOWN', 0, 1, 1), ('DAC_OVERRIDE', 1, 1, 1), ('DAC_READ_SEARCH', 2, 0, 0),"           \
	"  ('FOWNER', 3, 1, 1), ('FSETID', 4, 1, 1), ('KILL', 5, 1, 1), ('SETGID', 6, 1, 1),"      \
	"  ('SETUID', 7, 1, 1), ('SETPCAP', 8, 1, 1), ('LINUX_IMMUTABLE', 9, 0, 0),"               \
	"  ('NET_BIND_SERVICE', 10, 1, 1), ('NET_BROADCAST', 11, 0, 0), ('NET_ADMIN', 12, 0, 0),"  \
	"  ('NET_RAW', 13, 1, 0), ('IPC_LOCK', 14, 0, 0), ('IPC_OWNER', 15, 0, 0),"                \
	"  ('SYS_MODULE', 16, 0, 0), ('SYS_RAWIO', 17, 0, 0), ('SYS_CHROOT', 18, 1, 1),"           \
	"  ('SYS_PTRACE', 19, 0, 0), ('SYS_PACCT', 20, 0, 0), ('SYS_ADMIN', 21, 0, 0),"            \
	"  ('SYS_BOOT', 22, 0, 0), ('SYS_NICE', 23, 0, 0), ('SYS_RESOURCE', 24, 0, 0),"            \
	"  ('SYS_TIME', 25, 0, 0), ('SYS_TTY_CONFIG', 26, 0, 0), ('MKNOD', 27, 1, 0),"             \
	"  ('LEASE', 28, 0, 0), ('AUDIT_WRITE', 29, 1, 0), ('AUDIT_CONTROL', 30, 0, 0),"           \
	"  ('SETFCAP', 31, 1, 1), ('MAC_OVERRIDE', 32, 0, 0), ('MAC_ADMIN', 33, 0, 0),"            \
	"  ('SYSLOG', 34, 0, 0), ('WAKE_ALARM', 35, 0, 0), ('BLOCK_SUSPEND', 36, 0, 0),"           \
	"  ('AUDIT_READ', 37, 0, 0), ('PERFMON', 38, 0, 0), ('BPF', 39, 0, 0),"                    \
	"  ('CHECKPOINT_RESTORE', 40, 0, 0))"

/* What any of its processes has is what it has; an engine's own on its way in has yet to give up.
 */
#define MEMBERS                                                                                    \
	", members AS MATERIALIZED ("                                                              \
	"  SELECT c.id, coalesce(c.engine, f.engine) IS 'podman' AS is_podman, p.caps_effective,"  \
	"         p.caps_bounding, p.no_new_privs, p.seccomp, p.pid = c.pid AS is_main"            \
	"    FROM containers c LEFT JOIN container_configs f ON f.id = c.id"                       \
	"    JOIN processes p ON p.container = c.id"                                               \
	"   WHERE p.pid = c.pid OR NOT (p.comm GLOB 'runc:*' OR p.comm = 'crun')"                  \
	"), has AS MATERIALIZED ("                                                                 \
	"  SELECT m.id, m.is_podman, k.name,"                                                      \
	"         max(CASE WHEN m.is_podman THEN k.podman ELSE k.docker END) AS is_default,"       \
	"         max((instr('0123456789abcdef', substr(m.caps_effective, 16 - k.bit / 4, 1)) - "  \
	"1)"                                                                                       \
	"             >> (k.bit % 4) & 1"                                                          \
	"             OR (instr('0123456789abcdef', substr(m.caps_bounding, 16 - k.bit / 4, 1)) "  \
	"- 1)"                                                                                     \
	"             >> (k.bit % 4) & 1) AS is_held"                                              \
	"    FROM members m JOIN capabilities k"                                                   \
	"   WHERE length(m.caps_effective) = 16 AND length(m.caps_bounding) = 16"                  \
	"   GROUP BY m.id, k.bit ORDER BY m.id, k.name"                                            \
	"), lists AS MATERIALIZED ("                                                               \
	"  SELECT id,"                                                                             \
	"         coalesce(group_concat(CASE WHEN is_held AND NOT is_default THEN name END), '')"  \
	"           AS added,"                                                                     \
	"         coalesce(group_concat(CASE WHEN is_default AND NOT is_held THEN name END), '')"  \
	"           AS dropped FROM has GROUP BY id"                                               \
	"), rights AS MATERIALIZED ("                                                              \
	"  SELECT id, max(CASE WHEN is_main THEN caps_effective END) AS effective,"                \
	"         max(CASE WHEN is_main THEN caps_bounding END) AS bounding,"                      \
	"         min(no_new_privs) AS no_new_privs, min(seccomp) AS seccomp"                      \
	"    FROM members GROUP BY id"                                                             \
	"), roots AS MATERIALIZED ("                                                               \
	"  SELECT container, min(NOT is_writable) AS is_read_only FROM container_mounts"           \
	"   WHERE target = '/' GROUP BY container"                                                 \
	"), told AS MATERIALIZED (SELECT * FROM engine_containers GROUP BY id)"

const struct probe probe_container_settings = {
    .about =
	"How containers that run are held, as the kernel does it, and as their engine was told",
    COLUMNS(
	{"id", TEXT, "64 hexadecimal digits"},
	{"name", TEXT, "its name, as its engine has it on disk"},
	{"caps_effective", TEXT, "of its main process, 16 hexadecimal digits"},
	{"caps_bounding", TEXT, "of its main process, 16 hexadecimal digits"},
	{"caps_added", TEXT,
	 "what one of its processes has or may get, beyond its engine's default; with commas"},
	{"caps_dropped", TEXT, "what none of them can have any more of that default; with commas"},
	{"no_new_privs", INTEGER, "1: exec gives none of its processes new rights"},
	{"seccomp", INTEGER, "0: a process has no filter of system calls; 2: each has one"},
	{"is_read_only", INTEGER, "1: its root file system is; NULL: not seen"},
	{"shares_network", INTEGER, "1: it has the host's own; NULL, here and below: not seen"},
	{"shares_pid", INTEGER, "1: it sees the host's processes"},
	{"shares_ipc", INTEGER, "1: it shares the host's memory segments and queues"},
	{"shares_uts", INTEGER, "1: it shares the host's name"},
	{"shares_user", INTEGER, "1: its root is the host's; 0: a user namespace"},
	{"memory_max", INTEGER, "bytes that it may use, by all groups above; NULL: no limit"},
	{"pids_max", INTEGER, "processes that it may have, the same way; NULL: no limit"},
	{"told_privileged", INTEGER,
	 "as its engine was told; NULL, here and below: it does not say"},
	{"told_cap_add", TEXT, "with commas"}, {"told_cap_drop", TEXT, "with commas"},
	{"told_security_opt", TEXT, "with commas"},
	{"told_read_only", INTEGER, "1: root file system"},
	{"told_network_mode", TEXT, "host, none, a network's name, container:ID"},
	{"told_pid_mode", TEXT, "host, container:ID, or NULL: its own"},
	{"told_ipc_mode", TEXT, "host, private, shareable, container:ID"},
	{"told_userns_mode", TEXT, "host, or NULL: the engine's default"},
	{"restart_policy", TEXT, "no, always, unless-stopped or on-failure"},
	{"log_driver", TEXT, "json-file, local, journald, …"},
	{"log_max_size", TEXT, "at which its log is begun anew; NULL: never"}),
    .input = CAPABILITIES MEMBERS
    " SELECT c.id, f.name, r.effective, r.bounding, l.added, l.dropped, r.no_new_privs,"
    "        r.seccomp, m.is_read_only, c.shares_network, c.shares_pid, c.shares_ipc,"
    "        c.shares_uts, c.shares_user, c.memory_max, c.pids_max, e.privileged, e.cap_add,"
    "        e.cap_drop, e.security_opt, e.is_read_only, e.network_mode, e.pid_mode,"
    "        e.ipc_mode, e.userns_mode, e.restart_policy, e.log_driver, e.log_max_size"
    "   FROM containers c LEFT JOIN container_configs f ON f.id = c.id"
    "   LEFT JOIN rights r ON r.id = c.id LEFT JOIN lists l ON l.id = c.id"
    "   LEFT JOIN roots m ON m.container = c.id LEFT JOIN told e ON e.id = c.id"
    "  ORDER BY f.name, c.id",
    .collect = collect,
};

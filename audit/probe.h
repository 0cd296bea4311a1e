/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A probe: one file in audit/probes/, one fact table of the same name.
 *
 * The spec is at once the table's schema, its documentation (`harden tables NAME`) and the whole
 * of the probe's rights: root hands out what `needs` declares and nothing else. collect() runs in
 * the jail (see jail.h): it cannot open, connect, fork or exec; it asks for its needs by index,
 * reads the items that come, and writes rows. It never frees: host_arena() goes when it is done.
 *
 * CONTRIBUTING.md walks through a new probe from the empty file to its test.
 */
#ifndef AUDIT_PROBE_H
#define AUDIT_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/span.h"

enum column_type { INTEGER, TEXT };

struct column {
	const char *name;
	enum column_type type;
	const char *about; /* a sentence fragment, with the unit */
};

enum need_kind {
	/*
	 * Whole regular files: an absolute glob. `*` and `[…]` may stand in any component, and `**`
	 * for the last folder: that one and all below it, each before those in it. The last
	 * component may list alternatives, {status,cmdline,exe@}, which come in that order,
	 * directory by directory, so that what belongs together stays together. An alternative that
	 * ends in @ is a symbolic link, and its target is the data. Files are opened by openat2()
	 * beneath the root, without following symbolic links.
	 *
	 * @ROLE in place of a path names the files that the user gave for that role on the command
	 * line: @intent, @baseline.
	 */
	READ,
	/* As READ, but only what stat() tells; no data. @rules names the rule folders. */
	STAT,
	/*
	 * As READ, once in each network namespace of the host, whose inode the items carry: what
	 * /proc/sys/net and /proc/net hold depends on who asks.
	 */
	READ_EACH,
	/* A netlink dump that dump.c knows by this name, in every network namespace of the host.
	 */
	DUMP,
	/* One item for each network namespace: path as found, inode, no data. Its `pattern` is "".
	 */
	NAMESPACES,
	/*
	 * Connections to what listens on this host: the first four columns of the input are
	 * namespace, protocol ("tcp", "udp"), address and port, and a row is called by its number:
	 * host_call(). Its `pattern` is "".
	 */
	CALL,
	/*
	 * Files that the jail names, each as one process of the host sees it: host_ask_file(),
	 * host_ask_glob(). Its `pattern` is "". What such a probe reads it must have no way to
	 * send: it has no need CALL (tests/unit/named.c).
	 */
	READ_NAMED,
	STAT_NAMED,
	/*
	 * As READ and READ_NAMED, for what holds keys and passwords: it is in no recording, and
	 * whoever records or replays is told that it could not be seen (ENODATA).
	 */
	READ_SECRET,
	SECRET_NAMED,
	/*
	 * A variable of the caller's environment that the jail names: host_ask_variable(). Its
	 * `pattern` is "". Secret as READ_SECRET is.
	 */
	VARIABLE,
	/*
	 * A question to a container engine of this host: `pattern` is the path of a GET request, in
	 * which `*` stands for an id: host_ask_engine(). Secret as READ_SECRET is, since what an
	 * engine tells of a container holds its environment.
	 */
	ASK_ENGINE,
	/* One item, text: what adjtimex(2) says. Its `pattern` is "". */
	CLOCK,
};

struct need {
	enum need_kind kind;
	const char *pattern;
};

struct host;

struct probe {
	const char *about; /* one line: what a row is */
	const struct column *columns;
	unsigned column_count;
	const struct need *needs;
	unsigned need_count;
	/* A SELECT over earlier tables, whose rows host_input() hands out; NULL: none. */
	const char *input;
	/*
	 * Another one, whose rows host_input() hands out behind those, with the same columns. They
	 * may only make the probe look at more: a table that only this reads may have gaps, which
	 * are noted beside the probe's own table and do not make it partial. NULL: none.
	 */
	const char *hints;
	unsigned max_rows; /* 0: PROBE_MAX_ROWS */
	int (*collect)(struct host *host, struct err *err);
};

#define COLUMNS(...)                                                                               \
	.columns = (const struct column[]){__VA_ARGS__},                                           \
	.column_count = sizeof((const struct column[]){__VA_ARGS__}) / sizeof(struct column)
#define NEEDS(...)                                                                                 \
	.needs = (const struct need[]){__VA_ARGS__},                                               \
	.need_count = sizeof((const struct need[]){__VA_ARGS__}) / sizeof(struct need)

/* Ceilings of one probe. */
#define PROBE_MAX_COLUMNS 40
#define PROBE_MAX_ROWS 1000000U
#define PROBE_MAX_TEXT 8192U       /* bytes of one text value, escaped */
#define PROBE_MAX_ITEM (16U << 20) /* bytes of one file; what lies beyond is cut */
#define PROBE_MAX_MEMORY ((size_t)256 << 20)

/* The registry that the Makefile makes of the folder; ends with an entry without a name. */
struct probe_entry {
	const char *name; /* of the table and of the file */
	const struct probe *probe;
};
extern const struct probe_entry probe_registry[];

/*
 * True when all that the probe reads are files that the user gave, first of all, and what they
 * name: its errors are the user's.
 */
bool probe_reads_given_only(const struct probe *probe);

/* True when it looks into each network namespace of the host. */
bool probe_wants_namespaces(const struct probe *probe);

/* Index of the table in the registry, or -1. */
int probe_find(const struct probe_entry *registry, const char *table);

/* The number of entries. */
unsigned probe_count(const struct probe_entry *registry);

/*
 * What a table's rows are worth. Only COMPLETE and ABSENT allow a rule to pass.
 */
enum coverage {
	COVERAGE_COMPLETE, /* all there is */
	COVERAGE_ABSENT,   /* the thing is not on this host, for certain */
	COVERAGE_PARTIAL,  /* some rows may be missing */
	COVERAGE_DENIED,   /* no permission */
	COVERAGE_TIMEOUT,  /* the deadline passed */
	COVERAGE_CRASHED,  /* the probe died or broke the protocol */
	COVERAGE_ERROR,    /* the probe could not make sense of what it read */
};
const char *coverage_name(enum coverage status);

/* ---- what collect() may call ---- */

/* One thing that root handed out. Valid until the next host_next() or host_ask(). */
struct item {
	const char *path; /* of the file; of a DUMP: where the namespace was found */
	int error;        /* errno of root's attempt; 0: the rest is valid */
	struct span data;
	bool is_cut; /* longer than PROBE_MAX_ITEM: `data` is its beginning */
	/* of the file, or for a DUMP `inode` is the network namespace's */
	uint64_t inode;
	uint32_t mode;
	uint32_t uid;
	uint32_t gid;
	int64_t mtime; /* seconds since the epoch */
	/* @ROLE: why others than root and the caller could have written it; "" when they could not
	 */
	struct span exposed;
};

/*
 * Asks root for the need of that index, from its beginning; may be asked again.
 *
 * Then host_next() returns 1 for each item, 0 at the end, -1 when root broke off. What vanished
 * while root looked (ENOENT, ESRCH below a glob) is not handed out: it is gone, and that is an
 * answer. A pattern without * or [ that does not exist is handed out, with error ENOENT.
 */
int host_ask(struct host *host, unsigned need, struct err *err) MUST_CHECK;
int host_next(struct host *host, struct item *out, struct err *err) MUST_CHECK;

/*
 * As host_ask(), for a need below /proc/[0-9]*: of these processes alone, in this order. One that
 * is gone is not handed out.
 */
#define HOST_MAX_PIDS 8192U
int host_ask_processes(struct host *host, unsigned need, const int64_t *pids, size_t count,
		       struct err *err) MUST_CHECK;

/*
 * Asks for a DUMP "nft_elements": the elements of one set of nftables, which the kernel hands out
 * by name only. The jail has the names from the dump "nft_ruleset"; root puts them into the
 * request.
 */
struct nft_set_name {
	uint64_t namespace;
	uint8_t family; /* NFPROTO_… */
	struct span table;
	struct span set;
};
int host_ask_elements(struct host *host, unsigned need, const struct nft_set_name *name,
		      struct err *err) MUST_CHECK;

/*
 * Asks for the file of an absolute path, as the process `pid` sees it: it is resolved below that
 * process' root, and symbolic links are followed as far as that. pid 0: the host's own root. One
 * item comes, with its error if there is one. host_ask_glob() asks for all that a pattern of
 * glob(7) names, which may be nothing.
 */
int host_ask_file(struct host *host, unsigned need, int64_t pid, struct span path,
		  struct err *err) MUST_CHECK;
int host_ask_glob(struct host *host, unsigned need, int64_t pid, struct span pattern,
		  struct err *err) MUST_CHECK;

/* Asks for one variable of the environment; the item has its value, or the error ENOENT. */
int host_ask_variable(struct host *host, unsigned need, struct span name,
		      struct err *err) MUST_CHECK;

/*
 * Asks the engine behind a socket, /run/docker.sock or /run/podman/podman.sock, or a user's own of
 * /run/user/UID/docker.sock or /run/user/UID/podman/podman.sock. Each of `ids` is
 * of letters, digits, "_", "-" and ":"; there are at most HOST_MAX_IDS, with a blank between, and
 * none when the question has no `*`. They are asked for side by side, and one item comes for each,
 * in their order: the whole response as it was sent, with its head, or an error: ENOENT or
 * ECONNREFUSED when no engine is there, ETIMEDOUT when it does not come to an end.
 */
#define HOST_MAX_IDS 8U
int host_ask_engine(struct host *host, unsigned need, const char *socket, struct span ids,
		    struct err *err) MUST_CHECK;

/*
 * The rows of `input` and then those of `hints`, one a call: 1 and a row of as many values as the
 * SELECT has columns, or 0 at the end. A NULL or text value has 0 in `integer`; NULL has text.data
 * == NULL.
 */
struct value {
	int64_t integer;
	struct span text;
	bool is_null;
};
int host_input(struct host *host, struct value *row, unsigned columns, struct err *err) MUST_CHECK;

/*
 * Calls of a need CALL: several at a time, each in a slot of the probe's choice, below CALL_SLOTS.
 * host_hear() returns 1 and what the next peer does, 0 when no call is open any more. After
 * HEARD_END and HEARD_FAILED the slot is free again; after HEARD_OPEN bytes may be said, and those
 * said before are kept until then. A call that is not over in timeout_ms (at most CALL_MAX_MS)
 * fails by ETIMEDOUT.
 */
enum heard { HEARD_OPEN, HEARD_BYTES, HEARD_END, HEARD_FAILED, HEARD_NOTHING };
struct heard_event {
	unsigned slot;
	enum heard kind;
	int error;        /* of HEARD_FAILED: errno */
	struct span data; /* of HEARD_BYTES; valid until the next call of these functions */
};
int host_call(struct host *host, unsigned need, unsigned row, unsigned slot, unsigned timeout_ms,
	      struct err *err) MUST_CHECK;
int host_say(struct host *host, unsigned slot, struct span bytes, struct err *err) MUST_CHECK;
int host_hang_up(struct host *host, unsigned slot, struct err *err) MUST_CHECK;
int host_hear(struct host *host, struct heard_event *out, struct err *err) MUST_CHECK;

/*
 * Says that the table is not complete. The worst status said counts, with its first detail. The
 * detail must be the same from run to run while the cause is the same: no pids, no counts.
 */
void host_incomplete(struct host *host, enum coverage status, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/*
 * Says a limit of what the probe can tell, which no rule waits for: it is printed beside the table,
 * whose status stays. The first one counts; as stable as the detail of host_incomplete().
 */
void host_note(struct host *host, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Says PARTIAL or DENIED as fits the errno of an item; `what` is the thing that was not seen. */
void host_item_failed(struct host *host, const struct item *item, const char *what);

/* True when root's side has the rights of root; false: other users' processes stay hidden. */
bool host_is_privileged(const struct host *host);

/* Memory that lives as long as the probe. */
struct arena *host_arena(struct host *host);

/*
 * A row: its values in the order of the columns, then row_end(). Text is escaped here (see
 * lib/text.h) and cut at PROBE_MAX_TEXT; nothing else needs to.
 */
void row_int(struct host *host, int64_t value);
void row_span(struct host *host, struct span value);
void row_text(struct host *host, const char *value); /* NULL: row_null() */
void row_null(struct host *host);
void row_end(struct host *host);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table connections: see the spec at the end. Answers of sock_diag(7), struct inet_diag_msg,
 * counted by peer: who is refused again and again leaves a connection in TIME_WAIT each time.
 */
#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <string.h>

#include "audit/netlink.h"
#include "lib/inet.h"

#define BUCKETS 4096U /* a power of two */
#define MAX_PEERS 100000U

/* A port of a server. */
struct service {
	struct service *next;
	uint64_t namespace;
	unsigned port;
};

struct peer {
	struct peer *next;
	const struct service *service;
	unsigned char address[16];
	int family;
	unsigned open;
	unsigned closed;
};

struct counted {
	struct host *host;
	struct service *services;
	unsigned count;
	struct peer *buckets[BUCKETS];
};

static const struct service *find_service(const struct counted *counted, uint64_t namespace,
					  unsigned port)
{
	const struct service *at = counted->services;

	while (at && (at->namespace != namespace || at->port != port))
		at = at->next;
	return at;
}

/* FNV-1a; whoever makes them collide slows his own probe down, up to its deadline. */
static struct peer **bucket_of(struct counted *counted, const unsigned char *address)
{
	uint32_t hash = 2166136261U;

	for (size_t i = 0; i < 16; i++)
		hash = (hash ^ address[i]) * 16777619U;
	return &counted->buckets[hash & (BUCKETS - 1)];
}

static struct peer *find_peer(struct counted *counted, const struct service *service, int family,
			      const unsigned char *address)
{
	struct peer **bucket = bucket_of(counted, address);
	struct peer *at = *bucket;

	while (at && (at->service != service || at->family != family ||
		      memcmp(at->address, address, sizeof(at->address)) != 0))
		at = at->next;
	if (at)
		return at;
	if (counted->count == MAX_PEERS) {
		host_incomplete(counted->host, COVERAGE_PARTIAL, "there are more than %u peers",
				MAX_PEERS);
		return NULL;
	}
	counted->count++;
	at = arena_alloc(host_arena(counted->host), 1, sizeof(*at));
	*at = (struct peer){.next = *bucket, .service = service, .family = family};
	memcpy(at->address, address, sizeof(at->address));
	*bucket = at;
	return at;
}

static void count_socket(const struct nlmsghdr *message, uint64_t namespace, void *context)
{
	static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
	const struct inet_diag_msg *diag = mnl_nlmsg_get_payload(message);
	struct counted *counted = context;
	const struct service *service =
	    find_service(counted, namespace, ntohs(diag->id.idiag_sport));
	int family = diag->idiag_family == AF_INET6 ? AF_INET6 : AF_INET;
	unsigned char address[16] = {0};
	struct peer *peer;

	if (!service)
		return;
	memcpy(address, diag->id.idiag_dst, family == AF_INET6 ? 16 : 4);
	if (family == AF_INET6 && memcmp(address, mapped, sizeof(mapped)) == 0) {
		memmove(address, address + 12, 4);
		memset(address + 4, 0, 12);
		family = AF_INET;
	}
	peer = find_peer(counted, service, family, address);
	if (!peer)
		return;
	if (diag->idiag_state == TCP_ESTABLISHED)
		peer->open++;
	else
		peer->closed++;
}

static void put(struct host *host, const struct peer *peer)
{
	char text[INET_TEXT_SIZE];

	row_int(host, (int64_t)peer->service->namespace);
	row_int(host, peer->service->port);
	row_text(host, inet_text(peer->family,
				 inet_number(peer->address, inet_bits(peer->family) / 8), text));
	row_int(host, peer->open);
	row_int(host, peer->closed);
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	const struct netlink_dump dump = {0, 2, SOCK_DIAG_BY_FAMILY, sizeof(struct inet_diag_msg),
					  NULL};
	struct counted *counted = arena_alloc(host_arena(host), 1, sizeof(*counted));
	struct value values[2];
	int got;

	counted->host = host;
	while ((got = host_input(host, values, 2, err)) > 0) {
		struct service *service = arena_alloc(host_arena(host), 1, sizeof(*service));

		*service = (struct service){counted->services, (uint64_t)values[0].integer,
					    (unsigned)values[1].integer};
		counted->services = service;
	}
	if (got < 0)
		return -1;
	if (!counted->services) /* nobody to connect to */
		return 0;
	if (netlink_read(host, &dump, count_socket, counted, err) < 0)
		return -1;
	for (unsigned i = 0; i < BUCKETS; i++)
		for (const struct peer *at = counted->buckets[i]; at; at = at->next)
			put(host, at);
	return 0;
}

const struct probe probe_connections = {
    .about = "Who is connected to database servers, and was within the last minute",
    COLUMNS(
	{"namespace", INTEGER, "id of the network namespace of the server"},
	{"port", INTEGER, "of the server"}, {"peer", TEXT, "address of who connected"},
	{"open", INTEGER, "connections that are established"},
	{"closed", INTEGER, "connections that end, or did: the kernel keeps them for a minute"}),
    NEEDS({DUMP, "connections"}),
    .input = "SELECT DISTINCT namespace, port FROM services"
	     " WHERE service IN ('mysql', 'mysqlx', 'postgresql', 'redis', 'memcached')",
    .collect = collect,
};

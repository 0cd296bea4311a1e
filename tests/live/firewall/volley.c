/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Packets from outside, and where they end. A packet's number travels in the TCP sequence number
 * or the UDP payload, which no translation touches; the volley's in the window or the payload.
 */
#include <endian.h>
#include <errno.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "lab.h"

#include "lib/own.h"

#define FRAME_BYTES 128
#define CAPTURE_BYTES 256
#define BATCH 256

struct frame {
	unsigned char bytes[FRAME_BYTES];
	size_t len;
};

static void put16(unsigned char *at, uint32_t value)
{
	at[0] = (unsigned char)(value >> 8);
	at[1] = (unsigned char)value;
}

static void put32(unsigned char *at, uint32_t value)
{
	put16(at, value >> 16);
	put16(at + 2, value & 0xffff);
}

static uint32_t get16(const unsigned char *at)
{
	return (uint32_t)(at[0] << 8 | at[1]);
}

static uint32_t get32(const unsigned char *at)
{
	return get16(at) << 16 | get16(at + 2);
}

static uint32_t add_up(const unsigned char *at, size_t len, uint32_t sum)
{
	for (size_t i = 0; i + 1 < len; i += 2)
		sum += get16(at + i);
	return sum;
}

static uint32_t fold(uint32_t sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

static void put_address(unsigned char *at, int family, u128 address)
{
	for (unsigned i = inet_bits(family) / 8; i > 0; i--, address >>= 8)
		at[i - 1] = (unsigned char)address;
}

/* The header and payload above IP; its length. */
static size_t put_transport(unsigned char *at, const struct fw_query *query, uint32_t number,
			    uint32_t generation)
{
	put16(at, (uint32_t)query->sport);
	put16(at + 2, query->dport);
	if (query->protocol == IPPROTO_TCP) {
		put32(at + 4, number);
		at[12] = 5 << 4;
		at[13] = query->tcp_flags;
		put16(at + 14, generation & 0xffff);
		return 20;
	}
	put16(at + 4, 16);
	put32(at + 8, number);
	put32(at + 12, generation & 0xffff);
	return 16;
}

static void build(struct frame *frame, const unsigned char *ethernet, const struct fw_query *query,
		  u128 source, uint32_t number, uint32_t generation)
{
	bool is_ip4 = query->family == AF_INET;
	unsigned char *ip = frame->bytes + 14;
	size_t header = is_ip4 ? 20 : 40;
	size_t addresses = is_ip4 ? 12 : 8;
	size_t len;
	uint32_t sum;

	memset(frame, 0, sizeof(*frame));
	memcpy(frame->bytes, ethernet, 12);
	put16(frame->bytes + 12, is_ip4 ? 0x0800 : 0x86dd);
	len = put_transport(ip + header, query, number, generation);
	put_address(ip + addresses, query->family, source);
	put_address(ip + addresses + inet_bits(query->family) / 8, query->family, query->daddr);
	sum = add_up(ip + addresses, inet_bits(query->family) / 4, 0);
	sum = add_up(ip + header, len, sum + query->protocol + (uint32_t)len);
	put16(ip + header + (query->protocol == IPPROTO_TCP ? 16 : 6), fold(sum));
	if (is_ip4) {
		ip[0] = 0x45;
		put16(ip + 2, (uint32_t)(header + len));
		ip[8] = 64;
		ip[9] = query->protocol;
		put16(ip + 10, fold(add_up(ip, 20, 0)));
	} else {
		ip[0] = 0x60;
		put16(ip + 4, (uint32_t)len);
		ip[6] = query->protocol;
		ip[7] = 64;
	}
	frame->len = 14 + header + len;
}

void lab_flush_connections(const struct lab *lab)
{
	struct {
		struct nlmsghdr header;
		struct nfgenmsg body;
	} request = {{sizeof(request), NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE,
		      NLM_F_REQUEST | NLM_F_ACK, 0, 0},
		     {AF_UNSPEC, NFNETLINK_V0, 0}};
	char answer[4096];

	if (send(lab->flusher, &request, sizeof(request), 0) < 0 ||
	    recv(lab->flusher, answer, sizeof(answer), 0) < 0)
		lab_fail("conntrack flush");
}

/* What is on its way. */
struct volley {
	const struct lab *lab;
	const struct fw_query *query;
	struct lab_probe *probes;
	unsigned count;
};

/* An arrived packet without its IP header, which the capture has told apart. */
static void note(const struct volley *volley, const unsigned char *at, size_t len, u128 daddr,
		 enum lab_end end)
{
	const struct fw_query *query = volley->query;
	bool is_tcp = query->protocol == IPPROTO_TCP;
	uint32_t number;

	if (len < 16 || (is_tcp && len < 20) || (is_tcp && at[13] != query->tcp_flags))
		return;
	number = get32(at + (is_tcp ? 4 : 8));
	if ((is_tcp ? get16(at + 14) : get32(at + 12)) != (volley->lab->generation & 0xffff) ||
	    number >= volley->count)
		return;
	volley->probes[number].end = end;
	volley->probes[number].daddr = daddr;
	volley->probes[number].dport = (uint16_t)get16(at + 2);
}

static void read_one(const struct volley *volley, unsigned capture, const unsigned char *at,
		     size_t len)
{
	const struct fw_query *query = volley->query;
	enum lab_end end = capture >= 4 ? LAB_ARRIVED_LOCAL : LAB_ARRIVED_FORWARDED;
	bool is_raw6 = capture >= 6;
	size_t header = query->family == AF_INET ? 20 : 40;

	if (is_raw6 && query->family == AF_INET6) { /* raw(7): IPv6 sockets give no IP header */
		note(volley, at, len, 0, end);
		return;
	}
	if (is_raw6 || len < header || (at[0] >> 4 == 4) != (query->family == AF_INET))
		return;
	if (at[query->family == AF_INET ? 9 : 6] != query->protocol)
		return;
	note(volley, at + header, len - header,
	     inet_number(at + (header == 20 ? 16 : 24), header == 20 ? 4 : 16), end);
}

static unsigned drain(const struct volley *volley)
{
	static unsigned char bytes[BATCH][CAPTURE_BYTES];
	struct mmsghdr messages[BATCH] = {{{0}, 0}};
	struct iovec parts[BATCH];
	unsigned got = 0;

	for (unsigned i = 0; i < BATCH; i++) {
		parts[i] = (struct iovec){bytes[i], CAPTURE_BYTES};
		messages[i].msg_hdr.msg_iov = &parts[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	for (unsigned i = 0; i < volley->lab->capture_count; i++) {
		int count = BATCH;

		while (count == BATCH) {
			count = recvmmsg(volley->lab->captures[i], messages, BATCH, 0, NULL);
			for (int j = 0; j < count; j++)
				read_one(volley, i, bytes[j], messages[j].msg_len);
			got += count > 0 ? (unsigned)count : 0;
		}
	}
	return got;
}

/*
 * Has all that was sent before come to its end? The kernel puts what a veth pair carries into one
 * queue for each processor and works through it in order (net/core/dev.c: enqueue_to_backlog()),
 * and this process stays on one processor: so what goes over a pair of its own comes after all the
 * rest. What is forwarded is queued a second time, behind the first marker but before the second.
 */
static bool marker_passed(const struct lab *lab)
{
	unsigned char frame[64] = {0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1};
	unsigned char seen[64];

	put16(frame + 12, LAB_MARKER_PROTOCOL);
	for (unsigned round = 0; round < 2; round++) {
		struct pollfd wait = {.fd = lab->marker_in, .events = POLLIN};

		put32(frame + 14, lab->generation << 1 | round);
		if (send(lab->marker_out, frame, sizeof(frame), 0) < 0)
			return false;
		do {
			if (poll(&wait, 1, 100) != 1)
				return false;
		} while (recv(lab->marker_in, seen, sizeof(seen), 0) != (ssize_t)sizeof(seen) ||
			 memcmp(frame, seen, sizeof(seen)) != 0);
	}
	return true;
}

static void send_all(int fd, struct frame *frames, unsigned count)
{
	struct mmsghdr messages[BATCH] = {{{0}, 0}};
	struct iovec parts[BATCH];

	for (unsigned i = 0; i < count; i++) {
		parts[i] = (struct iovec){frames[i].bytes, frames[i].len};
		messages[i].msg_hdr.msg_iov = &parts[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	for (unsigned done = 0; done < count;) {
		int sent = sendmmsg(fd, messages + done, count - done, 0);

		if (sent < 0 && errno != ENOBUFS && errno != EAGAIN)
			lab_fail("sendmmsg");
		done += sent > 0 ? (unsigned)sent : 0;
	}
}

void lab_volley(struct lab *lab, unsigned link, const struct fw_query *query,
		struct lab_probe *probes, unsigned count, unsigned patience_ms)
{
	static struct frame frames[BATCH];
	const struct volley volley = {lab, query, probes, count};
	struct timespec pause = {0, 500000};
	unsigned filled = 0;

	(void)drain(&volley);
	lab->generation++;
	for (unsigned i = 0; i < count; i++) {
		probes[i] = (struct lab_probe){.source = probes[i].source};
		build(&frames[filled++], lab->ethernet[link], query, probes[i].source, i,
		      lab->generation);
		if (filled == BATCH || i + 1 == count) {
			send_all(lab->injectors[link], frames, filled);
			/* else this runs ahead of the kernel until its queue is full */
			if (!marker_passed(lab) && patience_ms == 0)
				patience_ms = 10;
			(void)drain(&volley);
			filled = 0;
		}
	}
	for (unsigned quiet = 0; quiet < patience_ms * 2; quiet++) {
		(void)nanosleep(&pause, NULL);
		if (drain(&volley) > 0)
			quiet = 0;
	}
}

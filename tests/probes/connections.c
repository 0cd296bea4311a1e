/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table connections: who is counted, and by which address. */
#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>

#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_connections;

static char datagram[65536];
static size_t datagram_len;

static void add(int family, const char *peer, unsigned port, uint8_t state)
{
	struct nlmsghdr *message = mnl_nlmsg_put_header(datagram + datagram_len);
	struct inet_diag_msg *diag = mnl_nlmsg_put_extra_header(message, sizeof(*diag));

	message->nlmsg_type = SOCK_DIAG_BY_FAMILY;
	message->nlmsg_flags = NLM_F_MULTI;
	*diag = (struct inet_diag_msg){.idiag_family = (uint8_t)family, .idiag_state = state};
	diag->id.idiag_sport = htons((uint16_t)port);
	(void)inet_pton(family, peer, diag->id.idiag_dst);
	datagram_len += message->nlmsg_len;
}

static void play_datagram(struct play *play)
{
	struct nlmsghdr *message = mnl_nlmsg_put_header(datagram + datagram_len);

	message->nlmsg_type = NLMSG_DONE;
	message->nlmsg_flags = NLM_F_MULTI;
	(void)mnl_nlmsg_put_extra_header(message, sizeof(int));
	datagram_len += message->nlmsg_len;
	play_item(play, &(struct broker_item){.path = "/proc/1/ns/net",
					      .inode = 9,
					      .data = {datagram, datagram_len}});
	datagram_len = 0;
}

int main(void)
{
	struct play play;

	play_begin(&play);
	wire_begin(&play.broker.out, MESSAGE_INPUT);
	wire_put_u8(&play.broker.out, VALUE_INTEGER);
	wire_put_u64(&play.broker.out, 9);
	wire_put_u8(&play.broker.out, VALUE_INTEGER);
	wire_put_u64(&play.broker.out, 3306);
	play_next_need(&play);
	add(AF_INET, "203.0.113.5", 3306, TCP_TIME_WAIT);
	add(AF_INET, "203.0.113.5", 3306, TCP_TIME_WAIT);
	add(AF_INET, "203.0.113.5", 22, TCP_TIME_WAIT);
	play_datagram(&play);
	add(AF_INET6, "::ffff:203.0.113.5", 3306, TCP_ESTABLISHED);
	add(AF_INET6, "2001:db8::5", 3306, TCP_LAST_ACK);
	play_datagram(&play);
	play_run(&play, &probe_connections);
	ok(strstr(play.rows, "9|3306|203.0.113.5|1|2\n") != NULL,
	   "one row a peer, however its address is written");
	ok(strstr(play.rows, "9|3306|2001:db8::5|0|1\n") != NULL, "IPv6");
	ok(!strstr(play.rows, "|22|"), "other ports are not counted");
	ok(play.status == COVERAGE_COMPLETE, "complete");
	play_end(&play);
	return done();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Servers that mean harm, for the probes that ask: each accepts, is polite until the attack begins,
 * and is then as rude as its name says. Prints the server's pid once it listens, and leaves it to
 * be killed; its children go with it.
 *
 * usage: peers [OPTION...] PROTOCOL ATTACK ADDRESS PORT | peers PROTOCOL list
 *
 * PROTOCOL is redis, mysql, postgresql or memcached, and gives the process its name. The first
 * word that any client says is answered politely, which is when it is known for the protocol; the
 * attack begins with the next connection.
 *
 * ATTACK is one of attacks.h, or cut:COUNT, which says no more than that of its first answer
 * and hangs up, or with -u what it does to a real server's conversation: drip (one byte a second),
 * reset:COUNT and close:COUNT at that many words of the client.
 *
 *   -f       from the first connection on
 *   -l FILE  adds all that the client says to it
 *   -u PORT  of the real server on 127.0.0.1
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/live/attacks.h"

#define NOBODY 65534

static struct {
	const struct protocol *protocol;
	struct attack attack;
	const char *manner; /* with -u: drip, reset or close */
	unsigned count;     /* behind its colon */
	bool is_rude_at_once;
	int log;
	in_port_t upstream; /* network byte order; 0: none */
	bool *was_asked;    /* shared with the processes of all connections */
} peer = {.protocol = protocols, .log = -1, .was_asked = &(bool){false}};

/* ---- one connection, in a process of its own ---- */

static _Noreturn void leave(int client, bool is_reset)
{
	struct linger at_once = {.l_onoff = 1};

	if (is_reset)
		(void)setsockopt(client, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	_exit(0);
}

static void say(int client, struct bytes bytes)
{
	while (bytes.len > 0) {
		ssize_t sent = send(client, bytes.data, bytes.len, MSG_NOSIGNAL);

		if (sent <= 0)
			leave(client, false);
		bytes.data += sent;
		bytes.len -= (size_t)sent;
	}
}

/* One word: what comes in one piece; the answers that it waits for keep them apart. */
static struct bytes hear(int from)
{
	static char chunk[65536];
	ssize_t got = recv(from, chunk, sizeof(chunk), 0);

	if (got <= 0)
		leave(from, false);
	return (struct bytes){chunk, (size_t)got};
}

static void hear_word(int client)
{
	struct bytes word = hear(client);

	*peer.was_asked = true;
	if (peer.log >= 0 && write(peer.log, word.data, word.len) < 0)
		leave(client, true);
}

static _Noreturn void hold(int client)
{
	for (;;)
		hear_word(client); /* ends with the connection */
}

static _Noreturn void be_polite(int client)
{
	say(client, peer.protocol->greeting);
	for (;;) {
		hear_word(client);
		say(client, peer.protocol->answer);
	}
}

static _Noreturn void repeat(int client)
{
	char copy[256];
	size_t len = peer.attack.say.len;

	memcpy(copy, peer.attack.say.data, len);
	for (unsigned round = 1;; round++) {
		say(client, (struct bytes){copy, len});
		hear_word(client);
		if (peer.attack.then == AGAIN_IN_SEQUENCE)
			copy[3] = (char)(2 + 2 * round); /* between ours are the client's */
	}
}

/* So that there is no end, and yet no machine that is busy with it. */
static _Noreturn void flood(int client)
{
	char many[8192];
	size_t len = 0;

	while (len + peer.attack.for_ever.len <= sizeof(many)) {
		memcpy(many + len, peer.attack.for_ever.data, peer.attack.for_ever.len);
		len += peer.attack.for_ever.len;
	}
	for (;;) {
		say(client, (struct bytes){many, len});
		(void)usleep(5000);
	}
}

static _Noreturn void be_rude(int client)
{
	const struct attack *attack = &peer.attack;

	if (attack->words > 0)
		say(client, peer.protocol->greeting);
	for (unsigned i = 0; i < attack->words; i++) {
		hear_word(client);
		/* who greets has said enough, and the attack is its answer */
		if (peer.protocol->answer.len > 0)
			say(client, peer.protocol->answer);
	}
	if (peer.protocol->answer.len > 0)
		hear_word(client);
	if (attack->then == RESET || attack->then == CLOSE) {
		say(client, attack->say);
		leave(client, attack->then == RESET);
	}
	if (attack->then != HOLD)
		repeat(client);
	say(client, attack->say);
	if (attack->for_ever.len > 0)
		flood(client);
	hold(client);
}

static void drip(int client, struct bytes bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		say(client, (struct bytes){bytes.data + i, 1});
		(void)sleep(1);
	}
}

/* Between a client and a real server, until the client has said so many words. */
static _Noreturn void stand_between(int client, bool is_rude)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = peer.upstream};
	int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool is_drip = is_rude && strcmp(peer.manner, "drip") == 0;
	unsigned words = 0;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (server < 0 || connect(server, (struct sockaddr *)&at, sizeof(at)) < 0)
		leave(client, true);
	for (;;) {
		struct pollfd both[] = {{.fd = client, .events = POLLIN},
					{.fd = server, .events = POLLIN}};

		if (is_rude && !is_drip && words == peer.count)
			leave(client, strcmp(peer.manner, "reset") == 0);
		if (poll(both, 2, -1) < 0)
			leave(client, true);
		if (both[0].revents) {
			*peer.was_asked = true;
			say(server, hear(client));
			words++;
		} else if (is_drip) {
			drip(client, hear(server));
		} else {
			say(client, hear(server));
		}
	}
}

static _Noreturn void serve(int client, bool is_rude)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		_exit(2);
	if (peer.upstream)
		stand_between(client, is_rude);
	if (is_rude)
		be_rude(client);
	be_polite(client);
}

/* ---- the server ---- */

static unsigned number(const char *text)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (end == text || *end != '\0' || value > 65535)
		errx(2, "not a number to 65535: %s", text);
	return (unsigned)value;
}

static void find_protocol(const char *name)
{
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (strcmp(protocols[i].name, name) == 0) {
			peer.protocol = &protocols[i];
			return;
		}
	errx(2, "no such protocol: %s", name);
}

static void make_cut(void)
{
	const struct protocol *protocol = peer.protocol;

	peer.attack.then = CLOSE;
	peer.attack.say = protocol->greeting.len > 0 ? protocol->greeting : protocol->answer;
	if (peer.count >= peer.attack.say.len)
		errx(2, "only %zu bytes can be cut", peer.attack.say.len);
	peer.attack.say.len = peer.count;
}

static bool is_for(const struct attack *attack)
{
	return !attack->protocol || strcmp(attack->protocol, peer.protocol->name) == 0;
}

static void find_attack(char *name)
{
	char *colon = strchr(name, ':');

	if (colon) {
		*colon = '\0';
		peer.count = number(colon + 1);
	}
	peer.manner = name;
	if (peer.upstream)
		return;
	if (strcmp(name, "cut") == 0) {
		make_cut();
		return;
	}
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++)
		if (is_for(&attacks[i]) && strcmp(attacks[i].name, name) == 0) {
			peer.attack = attacks[i];
			return;
		}
	errx(2, "no such attack: %s", name);
}

static int list_attacks(void)
{
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++)
		if (is_for(&attacks[i]))
			(void)printf("%s\n", attacks[i].name);
	return fflush(stdout) == 0 ? 0 : 2;
}

static int open_listener(const char *address, const char *port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((in_port_t)number(port))};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int one = 1;

	if (inet_pton(AF_INET, address, &at.sin_addr) != 1)
		errx(2, "not an address: %s", address);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) < 0 ||
	    bind(fd, (struct sockaddr *)&at, sizeof(at)) < 0 || listen(fd, 64) < 0)
		err(2, "listen on %s:%s", address, port);
	return fd;
}

/* No right to do harm beyond what is said; and its standard streams are nobody's any more. */
static void settle(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (prctl(PR_SET_NAME, peer.protocol->comm) < 0 || setgroups(0, NULL) < 0 ||
	    setresgid(NOBODY, NOBODY, NOBODY) < 0 || setresuid(NOBODY, NOBODY, NOBODY) < 0)
		err(2, "become nobody");
	(void)printf("%d\n", getpid());
	if (fflush(stdout) != 0 || null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(null, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0)
		err(2, "detach");
}

static void read_options(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "+fl:u:")) != -1)
		switch (option) {
		case 'f':
			peer.is_rude_at_once = true;
			break;
		case 'l':
			peer.log = open(optarg, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
			if (peer.log < 0)
				err(2, "%s", optarg);
			break;
		case 'u':
			peer.upstream = htons((in_port_t)number(optarg));
			break;
		default:
			errx(2, "see the head of tests/live/peers.c");
		}
	if (argc - optind != 4 && (argc - optind != 2 || strcmp(argv[optind + 1], "list") != 0))
		errx(2, "see the head of tests/live/peers.c");
}

int main(int argc, char **argv)
{
	int listener;
	bool is_rude;
	pid_t child;

	read_options(argc, argv);
	find_protocol(argv[optind]);
	if (argc - optind == 2)
		return list_attacks();
	find_attack(argv[optind + 1]);
	listener = open_listener(argv[optind + 2], argv[optind + 3]);
	peer.was_asked =
	    mmap(NULL, sizeof(bool), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (peer.was_asked == MAP_FAILED)
		err(2, "mmap");
	child = fork(); /* the parent's end of the pipe tells that it listens */
	if (child != 0)
		return child < 0 ? 2 : 0;
	settle();
	(void)signal(SIGCHLD, SIG_IGN); /* no child is waited for */
	for (;;) {
		int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

		if (client < 0)
			err(2, "accept");
		is_rude = peer.is_rude_at_once || *peer.was_asked;
		child = fork();
		if (child == 0) {
			(void)close(listener);
			serve(client, is_rude);
		}
		(void)close(client);
	}
}

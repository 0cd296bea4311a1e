/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings of services, command lines and files of certificates, of any contents, through the
 * probes certificates and private_keys. The first part is a command line, the rest are the files
 * that come of it, in the order in which they are asked for; each is there as often as it is asked.
 */
#include "audit/keystore/keystore.h"
#include "tests/fuzz/channel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CERTIFICATES_ASKS 40U

static void fuzz_certificates_text(struct wire *out, struct span text)
{
	wire_put_u8(out, VALUE_TEXT);
	wire_put_span(out, text);
}

/* One process of each kind, with the same command line, and one certificate of nginx. */
static void fuzz_certificates_input(struct channel *channel, struct span cmdline)
{
	static const char *const names[] = {"nginx",        "mysqld",  "mariadbd", "postgres",
					    "redis-server", "dockerd", "java"};
	struct wire *out = &channel->out;

	wire_begin(out, MESSAGE_INPUT);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		fuzz_certificates_text(out, span_of(names[i]));
		wire_put_u8(out, VALUE_INTEGER);
		wire_put_u64(out, i + 1);
		fuzz_certificates_text(out, span_of(""));
		for (int j = 0; j < 3; j++)
			fuzz_certificates_text(out, cmdline);
		for (int j = 0; j < 2; j++) {
			wire_put_u8(out, VALUE_INTEGER);
			wire_put_u64(out, 0);
		}
	}
	channel_send(channel);
	channel_end(channel);
}

static void fuzz_certificates_run(const char *name, struct span input)
{
	struct channel channel;
	struct span part = {"", 0};

	channel_open(&channel);
	channel_hello(&channel, true);
	(void)channel_part(&input, &part);
	fuzz_certificates_input(&channel, part);
	for (unsigned ask = 0; ask < FUZZ_CERTIFICATES_ASKS; ask++) {
		/* each file is looked for before it is read */
		if (ask % 2 == 0)
			(void)channel_part(&input, &part);
		channel_item(&channel, "/etc/x/y.pem", 1, part);
		channel_end(&channel);
	}
	channel_run(&channel, channel_probe(name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	static bool is_ready;

	if (!is_ready)
		keystore_prepare();
	is_ready = true;
	if (size > CHANNEL_MAX_INPUT)
		return 0;
	fuzz_certificates_run("certificates", input);
	fuzz_certificates_run("private_keys", input);
	return 0;
}

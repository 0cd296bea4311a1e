/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table container_configs. */
#include <errno.h>

#include "lib/json.h"
#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_container_configs;

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define STORE "/var/lib/containers/storage/overlay-containers/containers.json"
#define USUAL "/var/lib/docker/containers/" A "/config.v2.json"
#define OTHER "/srv/docker/containers/" A "/config.v2.json"
#define CONFIG                                                                                     \
	"{\"ID\":\"" A "\",\"Name\":\"/web\",\"Image\":\"sha256:1\",\"Config\":{\"Image\":"        \
	"\"nginx:1\",\"Env\":[\"PASSWORD=x\"],\"Labels\":{\"com.docker.compose.project\":"         \
	"\"shop\",\"com.docker.compose.service\":\"web\"}},\"NetworkSettings\":{\"Networks\":"     \
	"{\"inner\":{\"IPAddress\":\"172.18.0.2\",\"GlobalIPv6Address\":\"\"},\"a\\\"b\":"         \
	"{\"IPAddress\":\"10.0.0.1\"}},\"Ports\":{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":"      \
	"\"8080\"},{\"HostIp\":\"::\",\"HostPort\":\"8080\"},{\"HostIp\":\"x\\\"\","               \
	"\"HostPort\":\"1\"}],\"90/tcp\":null,\"7/icmp\":[{\"HostPort\":\"7\"}],\"5\":7}}}"
#define ROW                                                                                        \
	"|0|web|nginx:1|sha256:1|shop|web|[[\"tcp\",\"0.0.0.0\",8080,80],"                         \
	"[\"tcp\",\"::\",8080,80]]|[[\"inner\",\"172.18.0.2\"]]\n"

static const char *conmon = "";

static void input(struct play *play, const char *id, const char *source)
{
	wire_begin(&play->broker.out, MESSAGE_INPUT);
	wire_put_u8(&play->broker.out, VALUE_TEXT);
	wire_put_span(&play->broker.out, span_of(id));
	if (source) {
		wire_put_u8(&play->broker.out, VALUE_TEXT);
		wire_put_span(&play->broker.out, span_of(source));
	} else {
		wire_put_u8(&play->broker.out, VALUE_NULL);
	}
	wire_put_u8(&play->broker.out, VALUE_TEXT);
	wire_put_span(&play->broker.out, span_of(conmon));
	wire_put_u8(&play->broker.out, VALUE_INTEGER);
	wire_put_u64(&play->broker.out, 1000);
	play_send(play, MESSAGE_INPUT);
}

/* A container whose mounts lead to `source`, and podman's store. */
static void begin(struct play *play, const char *source, const char *store)
{
	play_begin(play);
	input(play, A, source);
	play_next_need(play);
	if (store)
		play_file(play, STORE, store);
	play_next_need(play);
}

static void check_status(struct play *play, const char *rows, enum coverage status,
			 const char *name)
{
	play_run(play, &probe_container_configs);
	is_str(play->rows, rows, name);
	ok(play->status == status, "%s: %s (%s)", name, coverage_name(play->status), play->detail);
	play_end(play);
}

static void check(struct play *play, const char *rows, const char *name)
{
	check_status(play, rows, COVERAGE_COMPLETE, name);
}

static void test_docker(void)
{
	struct play play;

	begin(&play, NULL, NULL);
	play_file(&play, USUAL, CONFIG);
	check(&play, A "|docker|" USUAL ROW, "where it usually is; nothing of its environment");
	begin(&play, "/srv/docker/containers/" A "/hostname", NULL);
	play_error(&play, USUAL, ENOENT);
	play_next_need(&play);
	play_file(&play, OTHER, CONFIG);
	check(&play, A "|docker|" OTHER ROW, "where its mounts lead to");
	begin(&play, "/srv/docker/containers/" B "/hosts", NULL);
	play_error(&play, USUAL, ENOENT);
	play_next_need(&play);
	play_file(&play, OTHER, CONFIG);
	check(&play, A "|docker|" OTHER ROW, "it shares the network of another one");
	begin(&play, "/home/bob/containers/hosts", NULL);
	play_error(&play, USUAL, ENOENT);
	check(&play, "", "a folder of no container is not asked for");
	begin(&play, NULL, NULL);
	play_file(&play, USUAL, "{\"ID\":\"" B "\",\"Name\":\"/web\"}");
	check_status(&play, "", COVERAGE_PARTIAL, "another container's file");
	begin(&play, NULL, NULL);
	play_file(&play, USUAL, "{\"ID\":");
	check_status(&play, "", COVERAGE_PARTIAL, "half a file");
	begin(&play, NULL, NULL);
	play_file(&play, USUAL,
		  "{\"ID\":\"" A
		  "\",\"Name\":7,\"Config\":[],\"NetworkSettings\":{\"Ports\":[1]}}");
	check(&play, A "|docker|" USUAL "|0|-|-|-|-|-|[]|[]\n", "members of other types");
}

static void check_lacking(int error, enum coverage status, const char *name)
{
	struct play play;

	begin(&play, NULL, NULL);
	play_error(&play, USUAL, error);
	play_run(&play, &probe_container_configs);
	ok(play.status == status, "%s: %s (%s)", name, coverage_name(play.status), play.detail);
	play_end(&play);
}

static void test_lacking(void)
{
	struct play play;

	check_lacking(ENODATA, COVERAGE_PARTIAL, "a recording lacks it");
	check_lacking(EIO, COVERAGE_PARTIAL, "it cannot be read");
	begin(&play, "/home/ann/.local/share/docker/containers/" A "/hostname", NULL);
	play_error(&play, USUAL, ENOENT);
	play_next_need(&play);
	play_error(&play, "/home/ann/.local/share/docker/containers/" A "/config.v2.json", EIO);
	check(&play, "", "a user's file that cannot be read hides nothing of root's");
	begin(&play, "/home/ann/.local/share/docker/containers/" A "/hostname", NULL);
	play_error(&play, USUAL, ENOENT);
	play_next_need(&play);
	play_file(&play, "/home/ann/.local/share/docker/containers/" A "/config.v2.json", "{");
	check(&play, "", "nor does half of one");
}

static void test_podman(void)
{
	struct play play;

	begin(&play, NULL,
	      "[{\"id\":\"" B "\",\"names\":[\"other\"]},{\"id\":\"" A
	      "\",\"names\":[\"web\",\"x\"],\"image\":\"12\",\"metadata\":"
	      "\"{\\\"image-name\\\":\\\"localhost/tiny:1\\\"}\"},7]");
	check(&play, A "|podman|" STORE "|0|web|localhost/tiny:1|12|-|-|-|-\n", "podman's");
	begin(&play, NULL, "[{\"id\":\"" A "\",\"names\":null,\"metadata\":\"{\"}]");
	check(&play, A "|podman|" STORE "|0|-|-|-|-|-|-|-\n", "without a name");
	begin(&play, NULL, "{}");
	play_file(&play, USUAL, CONFIG);
	check_status(&play, A "|docker|" USUAL ROW, COVERAGE_PARTIAL, "no list");
	begin(&play, NULL, "");
	play_file(&play, USUAL, CONFIG);
	check(&play, A "|docker|" USUAL ROW, "an empty file is an empty list");
}

static void check_conmon(const char *cmdline, const char *rows, const char *name)
{
	struct play play;

	conmon = cmdline;
	begin(&play, NULL, NULL);
	play_error(&play, USUAL, ENOENT);
	check(&play, rows, name);
	conmon = "";
}

static void test_conmon(void)
{
	check_conmon("/usr/bin/conmon --api-version 1 -c " A " -u " A " -n web --exit-dir /run",
		     A "|podman|-|1000|web|-|-|-|-|-|-\n", "a user's, as its conmon was told");
	check_conmon("conmon -c " B " -n web", "", "another container's conmon");
	check_conmon("conmon -n web", "", "a conmon of no container");
	check_conmon("conmon -c " A " -n", "", "half a command line");
	check_conmon("conmon -c " A " -n we\\x1bb", "", "what can be no name");
}

int main(void)
{
	json_prepare();
	test_docker();
	test_lacking();
	test_podman();
	test_conmon();
	return done();
}

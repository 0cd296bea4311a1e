/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables images, engine_networks and engines: what engines answer beside their containers; and
 * user_engine_containers, what engines of users do.
 */
#include <errno.h>

#include "lib/json.h"
#include "lib/own.h"
#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_images;
extern const struct probe probe_engine_networks;
extern const struct probe probe_engines;
extern const struct probe probe_user_engine_containers;

#define ID "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define OK "HTTP/1.1 200 OK\r\n\r\n"
#define SOCKET "/run/docker.sock"

/* Is there a socket of Docker, one of podman, and does Docker run? */
static void input(struct play *play, bool docker, bool podman, bool runs_docker)
{
	bool values[] = {docker, podman, runs_docker};

	play_begin(play);
	wire_begin(&play->broker.out, MESSAGE_INPUT);
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		wire_put_u8(&play->broker.out, VALUE_INTEGER);
		wire_put_u64(&play->broker.out, values[i]);
	}
	play_next_need(play);
}

/* With a Docker alone. */
static void begin(struct play *play, const char *answer)
{
	input(play, true, false, true);
	if (answer)
		play_file(play, SOCKET, answer);
	else
		play_error(play, SOCKET, ETIMEDOUT);
}

static void check(struct play *play, const struct probe *probe, const char *rows,
		  enum coverage status, const char *name)
{
	play_run(play, probe);
	is_str(play->rows, rows, name);
	ok(play->status == status, "%s: %s (%s)", name, coverage_name(play->status), play->detail);
	play_end(play);
}

static void test_images(void)
{
	struct play play;

	begin(&play, OK "[{\"Id\":\"sha256:1\",\"RepoTags\":[\"r:5000/a/b:1\",\"b:2\"],"
			"\"RepoDigests\":[\"b@sha256:9\"],\"Created\":5,\"Size\":6},"
			"{\"Id\":\"sha256:2\",\"RepoTags\":[\"<none>:<none>\"],\"Created\":\"x\"},"
			"{\"Id\":\"sha256:3\",\"RepoTags\":null,\"RepoDigests\":[7]}]");
	check(&play, &probe_images,
	      "docker|sha256:1|r:5000/a/b:1|-|5|6\ndocker|sha256:1|b:2|sha256:9|5|6\n"
	      "docker|sha256:2|-|-|0|0\ndocker|sha256:3|-|-|0|0\n",
	      COVERAGE_COMPLETE, "a row for each name");
	begin(&play, OK "[{\"RepoTags\":[\"a:1\"]},7]");
	check(&play, &probe_images, "", COVERAGE_PARTIAL, "images without an id");
	begin(&play, OK "{}");
	check(&play, &probe_images, "", COVERAGE_PARTIAL, "no list of images");
	begin(&play, "HTTP/1.1 404 Not Found\r\n\r\n{}");
	check(&play, &probe_images, "", COVERAGE_PARTIAL, "no such list is not an empty one");
	begin(&play, NULL);
	check(&play, &probe_images, "", COVERAGE_PARTIAL, "an engine that hangs");
}

static void test_networks(void)
{
	struct play play;

	begin(&play, OK "[{\"Id\":\"" ID "\"}]");
	play_next_need(&play);
	play_file(&play, SOCKET,
		  OK "{\"Name\":\"bridge\",\"Driver\":\"bridge\",\"Internal\":false,\"IPAM\":"
		     "{\"Config\":[{\"Subnet\":\"172.17.0.0/16\"},{\"Subnet\":\"fd00::/64\"},{}]},"
		     "\"Containers\":{\"x\":{},\"y\":{}},\"Options\":{"
		     "\"com.docker.network.bridge.name\":\"docker0\","
		     "\"com.docker.network.bridge.default_bridge\":\"true\","
		     "\"com.docker.network.bridge.enable_icc\":\"false\","
		     "\"com.docker.network.bridge.host_binding_ipv4\":\"0.0.0.0\"}}");
	check(&play, &probe_engine_networks,
	      "docker|bridge|" ID "|bridge|172.17.0.0/16,fd00::/64|docker0|0|1|0|0.0.0.0|2\n",
	      COVERAGE_COMPLETE, "a network, and what is in it");
	begin(&play, OK "[{\"Id\":\"" ID "\"}]");
	play_next_need(&play);
	play_file(&play, SOCKET,
		  OK "{\"Name\":7,\"IPAM\":[],\"Containers\":null,\"Options\":null}");
	check(&play, &probe_engine_networks, "docker|-|" ID "|-||-|0|-|-|-|0\n", COVERAGE_COMPLETE,
	      "members of other types");
	begin(&play, OK "[{\"Id\":\"../../x\"}]");
	check(&play, &probe_engine_networks, "", COVERAGE_PARTIAL, "an id that is none");
	begin(&play, OK "7");
	check(&play, &probe_engine_networks, "", COVERAGE_PARTIAL, "no list of networks");
	begin(&play, "HTTP/1.1 404 Not Found\r\n\r\n{}");
	check(&play, &probe_engine_networks, "", COVERAGE_PARTIAL, "nor one that is not known");
	begin(&play, OK "[{\"Id\":\"" ID "\"}]");
	play_next_need(&play);
	play_file(&play, SOCKET, "HTTP/1.1 404 Not Found\r\n\r\n{}");
	check(&play, &probe_engine_networks, "", COVERAGE_COMPLETE, "one removed meanwhile");
}

static void test_engines(void)
{
	struct play play;

	begin(&play,
	      OK "{\"ServerVersion\":\"20.10\",\"DockerRootDir\":\"/var/lib/docker\","
		 "\"LoggingDriver\":\"local\",\"CgroupVersion\":\"2\",\"LiveRestoreEnabled\":"
		 "true,\"Swarm\":{\"LocalNodeState\":\"inactive\"},\"SecurityOptions\":"
		 "[\"name=seccomp,profile=default\",7,\"name=userns\"],\"RegistryConfig\":{"
		 "\"InsecureRegistryCIDRs\":[\"127.0.0.0/8\"],\"IndexConfigs\":{\"docker.io\":"
		 "{\"Secure\":true},\"r:5000\":{\"Secure\":false},\"odd\":7}}}");
	check(&play, &probe_engines,
	      "docker|20.10|/var/lib/docker|local|2|1|inactive|name=seccomp,profile=default,"
	      "name=userns|[\"127.0.0.0/8\",\"r:5000\"]\n",
	      COVERAGE_COMPLETE, "how an engine is set up");
	begin(&play, OK "{\"RegistryConfig\":{\"IndexConfigs\":{\"a\\\"b\":{\"Secure\":false}}}}");
	check(&play, &probe_engines, "docker|-|-|-|-|0|-||[]\n", COVERAGE_PARTIAL,
	      "a registry that would need quotes");
	begin(&play, OK "[]");
	check(&play, &probe_engines, "", COVERAGE_PARTIAL, "no object");
	begin(&play, "HTTP/1.1 404 Not Found\r\n\r\n{}");
	check(&play, &probe_engines, "", COVERAGE_PARTIAL, "an engine that does not know of it");
}

static void test_no_engine(void)
{
	struct play play;

	input(&play, false, false, false);
	check(&play, &probe_engines, "", COVERAGE_ABSENT, "no engine");
	input(&play, false, false, true);
	check(&play, &probe_engines, "", COVERAGE_PARTIAL, "a Docker whose socket is elsewhere");
	input(&play, true, false, true);
	play_error(&play, SOCKET, ECONNREFUSED);
	check(&play, &probe_engines, "", COVERAGE_PARTIAL, "one that nobody listens at");
	input(&play, true, false, false);
	play_error(&play, SOCKET, ECONNREFUSED);
	check(&play, &probe_engines, "", COVERAGE_ABSENT, "or that was left behind");
	input(&play, false, true, true);
	play_file(&play, "/run/podman/podman.sock", OK "{}");
	check(&play, &probe_engines, "podman|-|-|-|-|0|-||[]\n", COVERAGE_PARTIAL,
	      "a podman does not speak for a Docker");
}

#define OF_ANN "/run/user/1000/podman/podman.sock"

static void ask_ann(struct play *play)
{
	play_begin(play);
	wire_begin(&play->broker.out, MESSAGE_INPUT);
	wire_put_u8(&play->broker.out, VALUE_TEXT);
	wire_put_span(&play->broker.out, span_of(OF_ANN));
	wire_put_u8(&play->broker.out, VALUE_INTEGER);
	wire_put_u64(&play->broker.out, 1000);
	play_next_need(play);
}

static void test_users(void)
{
	struct play play;

	ask_ann(&play);
	play_file(&play, OF_ANN, OK "[{\"Id\":\"" ID "\"}]");
	play_next_need(&play);
	play_file(&play, OF_ANN, OK "{\"Name\":\"web\",\"Config\":{\"Image\":\"a:1\"}}");
	check(&play, &probe_user_engine_containers,
	      ID "|podman|web|a:1|1|-|-|-|-|-|-|0||||0|-|-|-|-|-|-|-|-|1000\n", COVERAGE_COMPLETE,
	      "an engine of a user");
	ask_ann(&play);
	play_error(&play, OF_ANN, ECONNREFUSED);
	check(&play, &probe_user_engine_containers, "", COVERAGE_ABSENT, "one that has ended");
	ask_ann(&play);
	play_error(&play, OF_ANN, EPERM);
	check(&play, &probe_user_engine_containers, "", COVERAGE_DENIED, "somebody else's socket");
}

int main(void)
{
	json_prepare();
	test_images();
	test_networks();
	test_engines();
	test_no_engine();
	test_users();
	return done();
}

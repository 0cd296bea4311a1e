/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conversation with Redis, against servers that are made of question and answer. */
#include "audit/talk/redis.h"

#include "tests/unit/redis_peer.h"

#define OK "+OK\r\n"
#define NOAUTH "-NOAUTH Authentication required.\r\n"
#define UNKNOWN "-ERR unknown command 'x', with args beginning with: \r\n"
#define NOPERM "-NOPERM this user has no permissions to run the 'x' command\r\n"

/* What may be compared: nothing of the parser, whose buffer lies elsewhere each time. */
static bool is_same(const struct redis *one, const struct redis *other)
{
	return memcmp(one, other, offsetof(struct redis, resp)) == 0;
}

/* Byte by byte, in threes, and all answers in one piece come to the same. */
static void check_pieces(const struct talked *talked, const struct line *lines,
			 const char *const *passwords, const char *name)
{
	auto_buf struct buf out;
	struct redis redis;
	bool same = true;

	for (size_t piece = 1; piece < 4; piece++) {
		struct talked again;

		talk_with(&again, lines, passwords, piece);
		same &= is_same(&again.redis, &talked->redis) && again.talk == talked->talk;
		forget(&again);
	}
	buf_init(&out, 65536);
	(void)redis_begin(&redis, passwords, &out);
	same &= redis_feed(&redis, buf_span(&talked->answers), &out) == talked->talk;
	redis_end(&redis);
	same &= is_same(&redis, &talked->redis);
	redis_done(&redis);
	(void)ok(same, "%s: the same in pieces and in one", name);
}

/* Cut at each byte, nothing is said that the whole does not say. */
static void check_cuts(const struct talked *talked, const char *const *passwords, const char *name)
{
	bool is_weaker = true;

	for (size_t cut = 0; cut < talked->answers.len; cut++) {
		auto_buf struct buf out;
		struct redis redis;

		buf_init(&out, 65536);
		(void)redis_begin(&redis, passwords, &out);
		(void)redis_feed(&redis, (struct span){talked->answers.data, cut}, &out);
		redis_end(&redis);
		is_weaker &= redis.outcome == REDIS_UNKNOWN || redis.outcome == REDIS_NOAUTH ||
			     redis.outcome == REDIS_NOPERM ||
			     talked->redis.outcome == REDIS_BROKEN ||
			     redis.outcome == talked->redis.outcome;
		redis_done(&redis);
	}
	(void)ok(is_weaker, "%s: a cut conversation says no more", name);
}

static const struct talked *run(const struct line *lines, const char *const *passwords,
				const char *expected, const char *name)
{
	static struct talked talked;

	if (talked.asked.ceiling)
		forget(&talked);
	talk_with(&talked, lines, passwords, 4096);
	(void)is_str(redis_outcome_name(talked.redis.outcome), expected, name);
	check_pieces(&talked, lines, passwords, name);
	check_cuts(&talked, passwords, name);
	return &talked;
}

static const char info_server[] =
    "@# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\nprocess_id:4711\r\n"
    "executable:/usr/bin/redis-server\r\nconfig_file:/etc/redis/redis.conf\r\nuptime:1\r\n";
static const char info_replica[] =
    "@# Replication\r\nrole:slave\r\nmaster_host:203.0.113.9\r\nmaster_port:6379\r\n"
    "slave_read_only:1\r\nconnected_slaves:2\r\n";
static const char info_keys[] =
    "@# Keyspace\r\ndb0:keys=3,expires=0,avg_ttl=0\r\ndb7:keys=4,expires=1\r\n";
#define ACL_ALL                                                                                    \
	"*12\r\n$5\r\nflags\r\n*2\r\n$2\r\non\r\n$6\r\nnopass\r\n$9\r\npasswords\r\n*0\r\n"        \
	"$8\r\ncommands\r\n$5\r\n+@all\r\n$4\r\nkeys\r\n$2\r\n~*\r\n$8\r\nchannels\r\n$2\r\n&*"    \
	"\r\n"                                                                                     \
	"$9\r\nselectors\r\n*0\r\n"

static void test_open(void)
{
	static const struct line open[] = {
	    {"PING", "+PONG\r\n", 0},
	    {"ACL WHOAMI", "$7\r\ndefault\r\n", 0},
	    {"INFO server", info_server, 0},
	    {"INFO replication", info_replica, 0},
	    {"INFO keyspace", info_keys, 0},
	    {"ACL GETUSER default", ACL_ALL, 0},
	    {"COMMAND GETKEYS", "*1\r\n$1\r\nk\r\n", 0},
	    {"EXISTS backup2", ":1\r\n", 0},
	    {"EXISTS", ":0\r\n", 0},
	    {"GETRANGE backup2", "$12\r\n\n\n*/2 * * *\0\r\n", 19},
	    {"CONFIG GET dir", "*2\r\n$3\r\ndir\r\n$15\r\n/var/spool/cron\r\n", 0},
	    {"CONFIG GET dbfilename", "*2\r\n$10\r\ndbfilename\r\n$4\r\nroot\r\n", 0},
	    {"QUIT", OK, 0},
	    {NULL, NULL, 0}};
	const struct talked *talked = run(open, NULL, "served", "an open server");
	const struct redis *redis = &talked->redis;

	(void)is_str(
	    talked->asked.data,
	    "PING; ACL WHOAMI; INFO server; INFO replication; INFO keyspace; "
	    "ACL GETUSER default; COMMAND GETKEYS SET k v; COMMAND GETKEYS EVAL 0 1 k; "
	    "EXISTS backup1; EXISTS backup2; GETRANGE backup2 0 100; EXISTS backup3; "
	    "EXISTS backup4; EXISTS crackit; CONFIG GET dir; CONFIG GET dbfilename; QUIT; ",
	    "what is asked, in this order");
	(void)ok(talked->talk == TALK_DONE, "the conversation has an end");
	(void)is_str(redis->version, "7.0.15", "its version");
	(void)is_str(redis->product, "redis", "its product");
	(void)is_str(redis->mode, "standalone", "its mode");
	(void)is_str(redis->executable, "/usr/bin/redis-server", "its program");
	(void)is_str(redis->config_file, "/etc/redis/redis.conf", "its file");
	(void)is_str(redis->user, "default", "who we are");
	(void)is_str(redis->role, "slave", "its role");
	(void)is_str(redis->master_host, "203.0.113.9", "its master");
	(void)ok(redis->master_port == 6379 && redis->connected_replicas == 2 &&
		     !redis->is_replica_writable && redis->has_replication,
		 "its replication");
	(void)ok(redis->process_id == 4711, "its process");
	(void)ok(redis->has_key_count && redis->key_count == 7, "keys of all databases");
	(void)ok(redis->may_info == REDIS_MAY && redis->may_config == REDIS_MAY &&
		     redis->may_eval == REDIS_MAY && redis->may_write == REDIS_MAY &&
		     redis->may_command == REDIS_MAY,
		 "anyone may do all");
	(void)ok(redis->keys[0].state == REDIS_KEY_ABSENT &&
		     redis->keys[1].state == REDIS_KEY_PRESENT && redis->keys[1].len == 12 &&
		     memcmp(redis->keys[1].value, "\n\n*/2 * * *\0", 12) == 0,
		 "a key of a worm, with any bytes");
	(void)is_str(redis->dir, "/var/spool/cron", "where it saves");
	(void)is_str(redis->dbfilename, "root", "and under which name");
}

static void test_refusals(void)
{
	static const struct line noauth[] = {{"PING", NOAUTH, 0}, {"QUIT", OK, 0}, {NULL, NULL, 0}};
	static const struct line old[] = {
	    {"PING", "-ERR operation not permitted\r\n", 0}, {"QUIT", OK, 0}, {NULL, NULL, 0}};
	static const struct line denied[] = {
	    {"", "-DENIED Redis is running in protected mode because\r\n", 0}, {NULL, NULL, 0}};
	static const struct line full[] = {{"PING", "-ERR max number of clients reached\r\n", 0},
					   {NULL, NULL, 0}};
	static const struct line http[] = {{"", "HTTP/1.1 400 Bad Request\r\n", 0},
					   {NULL, NULL, 0}};
	static const struct line pop3[] = {{"", "+OK Dovecot ready.\r\n", 0}, {NULL, NULL, 0}};
	static const struct line tls[] = {{"", "\x15\x03\x01\0\x02\x02\x46", 7}, {NULL, NULL, 0}};
	static const struct line silent[] = {{NULL, NULL, 0}};
	static const struct line noperm[] = {{"QUIT", OK, 0}, {"", NOPERM, 0}, {NULL, NULL, 0}};
	const struct talked *talked = run(noauth, NULL, "noauth", "it asks for a password");

	(void)is_str(talked->asked.data, "PING; QUIT; ", "then nothing more is asked");
	(void)is_str(talked->redis.refusal, "NOAUTH Authentication required.", "its words");
	(void)run(old, NULL, "noauth", "as before version 2.8");
	talked = run(denied, NULL, "denied", "protected mode");
	(void)is_str(talked->asked.data, "PING; ", "it has hung up already");
	(void)run(full, NULL, "unknown", "too many clients prove nothing");
	(void)run(http, NULL, "not redis", "HTTP");
	(void)run(pop3, NULL, "not redis", "POP3, whose answers begin like those of RESP");
	(void)run(tls, NULL, "tls", "TLS");
	talked = run(silent, NULL, "unknown", "it hangs up");
	(void)ok(talked->redis.is_silent, "without a word");
	talked = run(noperm, NULL, "noperm", "lets in, and into nothing");
	(void)is_str(talked->asked.data,
		     "PING; COMMAND COUNT; ACL WHOAMI; INFO server; EXISTS backup1; "
		     "CONFIG GET dir; QUIT; ",
		     "a family that was refused is not asked again");
}

static void test_renamed(void)
{
	static const struct line open[] = {{"PING", UNKNOWN, 0},
					   {"COMMAND COUNT", ":240\r\n", 0},
					   {"QUIT", OK, 0},
					   {"", UNKNOWN, 0},
					   {NULL, NULL, 0}};
	static const struct line closed[] = {{"PING", UNKNOWN, 0}, {"COMMAND COUNT", UNKNOWN, 0},
					     {"ACL", UNKNOWN, 0},  {"INFO", NOAUTH, 0},
					     {"QUIT", OK, 0},      {NULL, NULL, 0}};
	static const struct line all[] = {{"QUIT", OK, 0}, {"", UNKNOWN, 0}, {NULL, NULL, 0}};
	static const struct line ping[] = {
	    {"PING", "+PONG\r\n", 0}, {"QUIT", OK, 0}, {"", NOPERM, 0}, {NULL, NULL, 0}};
	static const struct line old[] = {
	    {"PING", "+PONG\r\n", 0},
	    {"ACL", UNKNOWN, 0},
	    {"INFO server", "@redis_version:5.0.7\r\n", 0},
	    {"COMMAND GETKEYS SET", "*1\r\n$1\r\nk\r\n", 0},
	    {"COMMAND GETKEYS EVAL", "-ERR Invalid command specified\r\n", 0},
	    {"CONFIG GET", "*0\r\n", 0},
	    {"QUIT", OK, 0},
	    {"", "-LOADING Redis is loading the dataset in memory\r\n", 0},
	    {NULL, NULL, 0}};
	static const struct line hidden[] = {{"PING", "+PONG\r\n", 0},
					     {"INFO server", "@redis_version:7.0.15\r\n", 0},
					     {"COMMAND GETKEYS", "*1\r\n$1\r\nk\r\n", 0},
					     {"CONFIG GET", "*0\r\n", 0},
					     {"QUIT", OK, 0},
					     {"", UNKNOWN, 0},
					     {NULL, NULL, 0}};
	const struct redis *redis = &run(open, NULL, "served", "PING is renamed")->redis;

	(void)ok(redis->may_config == REDIS_MAY_NOT && redis->may_write == REDIS_MAY_UNKNOWN,
		 "CONFIG is gone, and without ACL nobody knows what else");
	(void)run(closed, NULL, "noauth", "an unknown command proves nothing: there is a password");
	(void)run(all, NULL, "unknown", "all of it is renamed");
	redis = &run(ping, NULL, "served", "only PING is let through")->redis;
	(void)ok(redis->may_info == REDIS_MAY_NOT && redis->may_command == REDIS_MAY_NOT,
		 "and nothing else");
	redis = &run(old, NULL, "served", "before ACL")->redis;
	(void)ok(redis->may_config == REDIS_MAY && redis->may_write == REDIS_MAY &&
		     redis->may_eval == REDIS_MAY_NOT,
		 "what was not renamed is everyone's");
	(void)ok(!redis->has_dir && !redis->has_key_count, "a setting that it does not have");
	redis = &run(hidden, NULL, "served", "ACL is renamed, where rules are")->redis;
	(void)ok(redis->may_config == REDIS_MAY_UNKNOWN && redis->may_write == REDIS_MAY_UNKNOWN &&
		     redis->may_eval == REDIS_MAY_UNKNOWN,
		 "what they say is not known");
}

static void test_states(void)
{
	static const char *const errors[] = {
	    "-LOADING Redis is loading the dataset in memory\r\n",
	    "-MISCONF Errors writing to the AOF file: No space left on device\r\n",
	    "-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set\r\n",
	    "-BUSY Redis is busy running a script.\r\n", "-CLUSTERDOWN The cluster is down\r\n"};
	static const struct line cluster[] = {
	    {"PING", "+PONG\r\n", 0},
	    {"EXISTS backup1", "-MOVED 1 10.0.0.1:6379\r\n", 0},
	    {"EXISTS", "-CLUSTERDOWN Hash slot not served\r\n", 0},
	    {"QUIT", OK, 0},
	    {"", UNKNOWN, 0},
	    {NULL, NULL, 0}};
	const struct redis *redis;

	for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
		const struct line lines[] = {{"QUIT", OK, 0}, {"", errors[i], 0}, {NULL, NULL, 0}};

		(void)run(lines, NULL, "served", "an error from behind the login");
	}
	redis = &run(cluster, NULL, "served", "a node of a cluster")->redis;
	(void)ok(redis->keys[0].state == REDIS_KEY_ELSEWHERE &&
		     redis->keys[1].state == REDIS_KEY_UNKNOWN,
		 "a key of another node is not followed, nor taken for absent");
}

static void test_passwords(void)
{
	static const char *const list[] = {"foobared", "redis", "secret", "fourth", NULL};
	static const struct line wrong[] = {
	    {"PING", NOAUTH, 0},
	    {"AUTH", "-WRONGPASS invalid username-password pair or user is disabled.\r\n", 0},
	    {"QUIT", OK, 0},
	    {NULL, NULL, 0}};
	static const struct line right[] = {{"PING", NOAUTH, 0},
					    {"AUTH redis", OK, 0},
					    {"AUTH", "-ERR invalid password\r\n", 0},
					    {"ACL WHOAMI", "$7\r\ndefault\r\n", 0},
					    {"QUIT", OK, 0},
					    {"", NOPERM, 0},
					    {NULL, NULL, 0}};
	static const struct line off[] = {
	    {"PING", NOAUTH, 0},
	    {"AUTH", "-ERR AUTH <password> called without any password configured for\r\n", 0},
	    {"QUIT", OK, 0},
	    {NULL, NULL, 0}};
	const struct talked *talked = run(wrong, list, "noauth", "no password is right");

	(void)is_str(talked->asked.data, "PING; AUTH foobared; AUTH redis; AUTH secret; QUIT; ",
		     "three tries and no more");
	(void)run(wrong, NULL, "noauth", "none is tried without a list");
	(void)ok(!strstr(talked->asked.data, "AUTH"), "none");
	talked = run(right, list, "password", "the second one is right");
	(void)is_str(talked->redis.password, "redis", "that is the one");
	(void)ok(strstr(talked->asked.data, "AUTH redis; ACL WHOAMI; ") != NULL,
		 "and it goes on from there");
	talked = run(off, list, "noauth", "the user \"default\" has no password and is off");
	(void)is_str(talked->asked.data, "PING; AUTH foobared; PING; QUIT; ", "it is asked again");
}

/* A proxy that answers PING by itself, as none of Redis does. */
static void test_ping_alone(void)
{
	static const char *const list[] = {"redis", NULL};
	static const struct line lines[] = {{"PING", "+PONG\r\n", 0},
					    {"AUTH", OK, 0},
					    {"QUIT", OK, 0},
					    {"", NOAUTH, 0},
					    {NULL, NULL, 0}};
	struct talked talked;

	talk_with(&talked, lines, NULL, 1);
	(void)is_str(redis_outcome_name(talked.redis.outcome), "noauth",
		     "PING alone is no service");
	(void)is_str(talked.asked.data, "PING; ACL WHOAMI; QUIT; ", "when the next wants a login");
	forget(&talked);
	talk_with(&talked, lines, list, 1);
	(void)is_str(talked.asked.data, "PING; ACL WHOAMI; AUTH redis; ACL WHOAMI; QUIT; ",
		     "that is tried then, and once");
	forget(&talked);
}

/* Answers that have the shape of RESP, and are none to what was asked. */
static void test_beside_the_point(void)
{
	static const struct line push[] = {
	    {"PING", "+PONG\r\n", 0}, {"", ">2\r\n+a\r\n+b\r\n", 0}, {NULL, NULL, 0}};
	static const struct line text[] = {
	    {"PING", "+PONG\r\n", 0}, {"QUIT", OK, 0}, {"", "@\x1b[2J:\xff", 0}, {NULL, NULL, 0}};
	static const struct line other[] = {
	    {"CONFIG GET", "*2\r\n$4\r\nport\r\n$8\r\n/var/www\r\n", 0},
	    {"PING", "+PONG\r\n", 0},
	    {"QUIT", OK, 0},
	    {"", UNKNOWN, 0},
	    {NULL, NULL, 0}};
	const struct redis *redis;

	(void)run(push, NULL, "broken", "a push that nobody asked for");
	redis = &run(text, NULL, "served", "any text for an answer")->redis;
	(void)ok(redis->may_info == REDIS_MAY_UNKNOWN && !redis->has_key_count,
		 "which is not what INFO says");
	redis = &run(other, NULL, "served", "a setting that was not asked for")->redis;
	(void)ok(!redis->has_dir && !redis->has_dbfilename, "is not taken for the one that was");
}

static void test_hostile(void)
{
	static char endless[TALK_MAX_BYTES * 2];
	static const struct line broken[] = {
	    {"PING", "+PONG\r\n", 0}, {"", "nonsense\r\n", 0}, {NULL, NULL, 0}};
	auto_buf struct buf out;
	struct redis redis;

	(void)run(broken, NULL, "broken", "it leaves the protocol");
	buf_init(&out, 65536);
	for (size_t i = 0; i + 7 <= sizeof(endless); i += 7)
		memcpy(endless + i, "+PONG\r\n", 7);
	(void)redis_begin(&redis, NULL, &out);
	(void)ok(redis_feed(&redis, (struct span){endless, sizeof(endless)}, &out) == TALK_DONE,
		 "who answers PONG to all has an end");
	(void)ok(redis_feed(&redis, BYTES("+PONG\r\n"), &out) == TALK_DONE, "and stays there");
	redis_done(&redis);
	(void)redis_begin(&redis, NULL, &out);
	(void)redis_feed(&redis, BYTES("+PONG\r\n$65000\r\n"), &out);
	memset(endless, 'a', sizeof(endless));
	(void)ok(redis_feed(&redis, (struct span){endless, sizeof(endless)}, &out) == TALK_BROKEN,
		 "a bulk that does not end where it said");
	redis_done(&redis);
}

int main(void)
{
	test_open();
	test_refusals();
	test_renamed();
	test_states();
	test_passwords();
	test_ping_alone();
	test_beside_the_point();
	test_hostile();
	return done();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table redis_files. */
#include <errno.h>

#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_redis_files;

/* A row of the input; NULL: no file, no command line. */
static void play_server(struct play *play, int64_t pid, const char *file, bool says_all,
			const char *cmdline)
{
	struct wire *out = &play->broker.out;

	play_begin(play);
	wire_begin(out, MESSAGE_INPUT);
	wire_put_u8(out, VALUE_INTEGER);
	wire_put_u64(out, 7);
	wire_put_u8(out, VALUE_TEXT);
	wire_put_span(out, span_of("0.0.0.0"));
	wire_put_u8(out, VALUE_INTEGER);
	wire_put_u64(out, 6379);
	wire_put_u8(out, VALUE_INTEGER);
	wire_put_u64(out, (uint64_t)pid);
	wire_put_u8(out, file ? VALUE_TEXT : VALUE_NULL);
	if (file)
		wire_put_span(out, span_of(file));
	wire_put_u8(out, VALUE_INTEGER);
	wire_put_u64(out, says_all);
	wire_put_u8(out, cmdline ? VALUE_TEXT : VALUE_NULL);
	if (cmdline)
		wire_put_span(out, span_of(cmdline));
	play_next_need(play);
}

static void play_mode(struct play *play, const char *path, uint32_t mode)
{
	play_item(play, &(struct broker_item){.path = path, .mode = mode});
	play_next_need(play);
}

static void play_content(struct play *play, const char *path, uint32_t mode, const char *text)
{
	play_item(play, &(struct broker_item){.path = path,
					      .mode = S_IFREG | mode,
					      .uid = 999,
					      .gid = 998,
					      .data = span_of(text)});
	play_next_need(play);
}

static void check(struct play *play, const char *rows, enum coverage status, const char *name)
{
	play_run(play, &probe_redis_files);
	(void)is_str(play->rows, rows, name);
	(void)ok(play->status == status, "%s: %s, %s", name, coverage_name(play->status),
		 play->detail);
	play_end(play);
}

/* One file that the server names, below folders of those modes. */
static void check_file(uint32_t above, uint32_t folder, uint32_t mode, const char *text,
		       const char *rows, const char *name)
{
	struct play play;

	play_server(&play, 50, "/etc/redis/redis.conf", true, NULL);
	play_mode(&play, "/etc", S_IFDIR | above);
	play_mode(&play, "/etc/redis", S_IFDIR | folder);
	play_content(&play, "/etc/redis/redis.conf", mode, text);
	check(&play, rows, COVERAGE_COMPLETE, name);
}

#define FILE_ROW "7|0.0.0.0|6379|/etc/redis/redis.conf|"

static void test_modes(void)
{
	check_file(0755, 0755, 0644, "requirepass s3cret\n", FILE_ROW "420|999|998|password|1|0\n",
		   "others may read the password");
	check_file(0755, 0755, 0640, "requirepass s3cret\n", FILE_ROW "416|999|998|password|0|0\n",
		   "they may not");
	check_file(0755, 0770, 0644, "requirepass s3cret\n", FILE_ROW "420|999|998|password|0|0\n",
		   "the folder keeps them out");
	check_file(0750, 0755, 0666, "", FILE_ROW "438|999|998|-|0|0\n", "one further up does");
	check_file(0755, 0755, 0602, "", FILE_ROW "386|999|998|-|0|1\n", "they may write");
	check_file(0755, 0777, 0600, "", FILE_ROW "384|999|998|-|0|1\n", "they may replace it");
	check_file(01777, 01777, 0600, "", FILE_ROW "384|999|998|-|0|0\n",
		   "not where a folder is sticky");
}

static void test_files(void)
{
	struct play play;

	play_server(&play, 50, "/a.conf", true, NULL);
	play_content(&play, "/a.conf", 0600, "aclfile /u.acl\ninclude \"/d/*.conf\"\n");
	play_content(&play, "/u.acl", 0644, "user app on >pw ~* +@all\n");
	play_item(&play, &(struct broker_item){.path = "/d/b.conf", .mode = S_IFREG | 0600});
	play_next_need(&play);
	play_mode(&play, "/d", S_IFDIR | 0755);
	play_content(&play, "/d/b.conf", 0600, "include /a.conf\nmasterauth x\n");
	check(&play,
	      "7|0.0.0.0|6379|/a.conf|384|999|998|-|0|0\n"
	      "7|0.0.0.0|6379|/u.acl|420|999|998|password|1|0\n"
	      "7|0.0.0.0|6379|/d/b.conf|384|999|998|password|0|0\n",
	      COVERAGE_COMPLETE, "the files that it names, each once");

	play_server(&play, 50, "/a.conf", true, NULL);
	play_content(&play, "/a.conf", 0600, "include b.conf\n");
	check(&play, "7|0.0.0.0|6379|/a.conf|384|999|998|-|0|0\n", COVERAGE_PARTIAL,
	      "one whose folder is not known");
}

static void test_where(void)
{
	struct play play;

	play_server(&play, 50, NULL, true, "redis-server 0.0.0.0:6379");
	check(&play, "", COVERAGE_COMPLETE, "a server that says that it has none");

	play_server(&play, 50, NULL, false, "redis-server /r.conf --port 6379");
	play_content(&play, "/r.conf", 0600, "requirepass x\n");
	check(&play, "7|0.0.0.0|6379|/r.conf|384|999|998|password|0|0\n", COVERAGE_COMPLETE,
	      "one that says nothing: its command line");

	play_server(&play, 50, NULL, false, "/usr/bin/redis-server 0.0.0.0:6379");
	play_mode(&play, "/etc", S_IFDIR | 0755);
	play_mode(&play, "/etc/redis", S_IFDIR | 0755);
	play_content(&play, "/etc/redis/redis.conf", 0644, "requirepass x\n");
	for (int i = 0; i < 4; i++) {
		play_error(&play, "/etc", ENOENT);
		play_next_need(&play);
	}
	check(&play, FILE_ROW "420|999|998|password|1|0\n", COVERAGE_COMPLETE,
	      "or where it usually is");

	play_server(&play, 0, "/a.conf", true, NULL);
	check(&play, "", COVERAGE_PARTIAL, "a process that could not be seen");

	play_server(&play, 50, "/a.conf", true, NULL);
	play_error(&play, "/a.conf", EACCES);
	check(&play, "", COVERAGE_DENIED, "a file that could not be read");

	play_server(&play, 50, "redis.conf", true, NULL);
	check(&play, "", COVERAGE_PARTIAL, "a path that begins nowhere");
}

int main(void)
{
	test_modes();
	test_files();
	test_where();
	return done();
}

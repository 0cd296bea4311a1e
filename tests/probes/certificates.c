/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables certificates and private_keys: where settings lead to, and what cannot be read there. */
#include <errno.h>

#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_certificates;
extern const struct probe probe_private_keys;

#define FOLDERS 16 /* well-known ones that are looked into for keys */

/* Of an encrypted key nothing is read; it stands for any file that is right. */
static const char key[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n";

static void put_text(struct wire *out, const char *text)
{
	if (!text) {
		wire_put_u8(out, VALUE_NULL);
		return;
	}
	wire_put_u8(out, VALUE_TEXT);
	wire_put_span(out, span_of(text));
}

static void put_number(struct wire *out, uint64_t number)
{
	wire_put_u8(out, VALUE_INTEGER);
	wire_put_u64(out, number);
}

/* A row of the input: what, and three texts; the pid is 7. */
static void put_row(struct wire *out, const char *const row[4], uint64_t user, uint64_t group)
{
	put_text(out, row[0]);
	put_number(out, 7);
	put_text(out, "");
	for (int i = 1; i < 4; i++)
		put_text(out, row[i]);
	put_number(out, user);
	put_number(out, group);
}

/* The one row of the input; then its end. */
static void play_row(struct play *play, const char *const row[4])
{
	wire_begin(&play->broker.out, MESSAGE_INPUT);
	put_row(&play->broker.out, row, 110, 110);
	play_next_need(play);
}

/* A Redis, and what is known of it: does it speak TLS, is that not known; and of its settings. */
static void play_seen_redis(struct play *play, const char *cmdline, const char *settings,
			    bool is_tls, bool is_unseen)
{
	wire_begin(&play->broker.out, MESSAGE_INPUT);
	put_row(&play->broker.out, (const char *const[]){"redis-server", cmdline, NULL, NULL}, 110,
		110);
	put_row(&play->broker.out, (const char *const[]){"settings", settings, NULL, NULL}, is_tls,
		is_unseen);
	play_next_need(play);
}

static void play_redis(struct play *play, const char *cmdline, const char *settings)
{
	play_seen_redis(play, cmdline, settings, true, false);
}

/* Answers two asks: it is there, and this is in it. */
static void play_found(struct play *play, const char *path, const char *data)
{
	play_file(play, path, "");
	play_next_need(play);
	play_file(play, path, data);
	play_next_need(play);
}

/* Of a service whose settings have been read. */
static void play_key(struct play *play, const char *path)
{
	play_next_need(play); /* no policy */
	play_found(play, path, key);
}

static void play_missing(struct play *play, const char *path)
{
	play_error(play, path, ENOENT);
	play_next_need(play);
}

static void play_rest(struct play *play)
{
	for (int i = 0; i < 40; i++)
		play_next_need(play);
}

/* Does the first row of the keys begin so, or "": is there none? What leads there is laid out. */
static void leads_to(struct play *play, const char *expected, const char *name)
{
	play_rest(play);
	play_run(play, &probe_private_keys);
	if (!ok(strncmp(play->rows, expected, expected[0] ? strlen(expected) : 1) == 0, "%s", name))
		printf("# %s# %s\n", play->rows, play->detail);
	play_end(play);
}

static void test_mysql(void)
{
	struct play play;

	play_begin(&play);
	play_row(&play, (const char *const[]){"mariadbd", "/usr/sbin/mariadbd", NULL, NULL});
	play_missing(&play, "/etc/my.cnf");
	play_found(&play, "/etc/mysql/my.cnf",
		   "[client]\nssl-key=/no\n[mariadbd]\n!includedir /etc/mysql/conf.d\n");
	play_found(&play, "/etc/mysql/conf.d/a.cnf",
		   "[mysqldump]\nssl-key=/no\n[mysqld]\nssl_cert = a.pem\nssl_key='a.key' # own\n");
	play_key(&play, "/var/lib/mysql/a.key");
	leads_to(&play, "/var/lib/mysql/a.key||mysql|-|0|0|0|1|-|/var/lib/mysql/a.pem|",
		 "MySQL: sections, a folder that is included, and the folder of data");

	play_begin(&play);
	play_row(&play,
		 (const char *const[]){"mysqld", "mysqld --defaults-file=/x.cnf --ssl-key=/own.key",
				       NULL, NULL});
	play_found(&play, "/x.cnf", "[mysqld]\nssl-cert=/x.pem\nssl-key=/x.key\n");
	play_key(&play, "/own.key");
	leads_to(&play, "/own.key||mysql|-|0|0|0|1|-|/x.pem|", "the command line counts more");
}

static void test_postgres(void)
{
	struct play play;

	play_begin(&play);
	play_row(&play, (const char *const[]){"postgres",
					      "/usr/lib/postgresql/15/bin/postgres -D /data -c "
					      "config_file=/etc/p/postgresql.conf",
					      NULL, NULL});
	play_found(&play, "/etc/p/postgresql.conf",
		   "ssl = on # yes\nssl_cert_file = '/a.pem'\ninclude_dir 'conf.d'\n");
	play_found(&play, "/etc/p/conf.d/x.conf", "SSL_KEY_FILE '/a.key'\n");
	play_found(&play, "/data/postgresql.auto.conf", "ssl_key_file = 'b.key'\n");
	play_key(&play, "/data/b.key");
	leads_to(&play, "/data/b.key||postgres|-|0|0|0|1|-|/a.pem|",
		 "PostgreSQL: what ALTER SYSTEM set counts more");

	play_begin(&play);
	play_row(&play, (const char *const[]){"postgres", "postgres -D /data", NULL, NULL});
	play_found(&play, "/data/postgresql.conf", "ssl = off\nssl_key_file = '/a.key'\n");
	play_missing(&play, "/data/postgresql.auto.conf");
	leads_to(&play, "", "with TLS switched off, none");

	play_begin(&play);
	play_row(&play,
		 (const char *const[]){"postgres", "postgres --config-file=/own.conf", NULL, NULL});
	play_file(&play, "/proc/7/cwd", "/data"); /* no -D: where it runs */
	play_next_need(&play);
	play_found(&play, "/own.conf", "ssl = on\ndata_directory = '/other'\n");
	play_missing(&play, "/other/postgresql.auto.conf");
	play_key(&play, "/other/server.key");
	leads_to(&play, "/other/server.key||postgres|-|0|0|0|1|-|/other/server.crt|",
		 "a file of settings that the command line names, and the folder that this names");

	play_begin(&play);
	play_row(&play, (const char *const[]){"postgres", "postgres", NULL, NULL});
	play_rest(&play);
	play_run(&play, &probe_private_keys);
	ok(play.status == COVERAGE_PARTIAL, "settings that nobody knows: partial");
	play_end(&play);
}

static void test_redis(void)
{
	struct play play;

	play_begin(&play);
	play_row(&play, (const char *const[]){"redis-server", "redis-server *:0", NULL, NULL});
	play_found(&play, "/etc/redis/redis.conf",
		   "tls-cert-file /a.pem\ntls-key-file \"/a.key\"\nrequirepass x\n");
	play_missing(&play, "/etc/redis.conf");
	play_missing(&play, "/usr/local/etc/redis/redis.conf");
	play_key(&play, "/a.key");
	leads_to(&play, "/a.key||redis|-|0|0|0|1|-|/a.pem|", "Redis");

	play_begin(&play);
	play_row(&play, (const char *const[]){"redis-server", "redis-server *:6390", NULL, NULL});
	play_found(&play, "/etc/redis/redis.conf", "tls-cert-file /no.pem\ntls-key-file /no.key\n");
	play_missing(&play, "/etc/redis.conf");
	play_missing(&play, "/usr/local/etc/redis/redis.conf");
	play_found(&play, "/etc/redis/b.conf", "tls-port 6390\n"); /* by a pattern */
	play_found(&play, "/etc/redis/b.conf",
		   "port 0\ntls-port 6390\ndir /d\ntls-cert-file a.pem\ntls-key-file a.key\n");
	play_key(&play, "/d/a.key");
	leads_to(&play, "/d/a.key||redis|-|0|0|0|1|-|/d/a.pem|",
		 "the file with the port that stands in place of its command line");

	play_begin(&play);
	play_redis(&play, "redis-server *:6390", "/srv/own.conf");
	play_found(&play, "/srv/own.conf", "tls-cert-file /a.pem\ntls-key-file /a.key\n");
	play_key(&play, "/a.key");
	leads_to(&play, "/a.key||redis|-|0|0|0|1|-|/a.pem|", "the file that it tells itself");

	play_begin(&play);
	play_redis(&play, "redis-server *:6390", NULL);
	play_rest(&play);
	play_run(&play, &probe_private_keys);
	ok(play.status == COVERAGE_PARTIAL, "that it speaks TLS and none is found is a gap");
	play_end(&play);

	play_begin(&play);
	play_seen_redis(&play, "redis-server *:6390", NULL, false, true);
	play_rest(&play);
	play_run(&play, &probe_private_keys);
	ok(play.status == COVERAGE_PARTIAL, "and so is that nobody could see whether it does");
	play_end(&play);

	play_begin(&play);
	play_seen_redis(&play, "redis-server *:6390", NULL, false, false);
	play_rest(&play);
	play_run(&play, &probe_private_keys);
	ok(play.status == COVERAGE_COMPLETE, "one that speaks in clear need not tell: %s",
	   play.detail);
	play_end(&play);
}

static void test_docker(void)
{
	struct play play;

	play_begin(&play);
	play_row(&play,
		 (const char *const[]){"dockerd", "dockerd -H fd:// --tlscert /c.pem", NULL, NULL});
	play_found(&play, "/etc/docker/daemon.json",
		   "{\"tlskey\": \"/d.key\", \"tlscert\": \"/no.pem\"}");
	play_key(&play, "/d.key");
	leads_to(&play, "/d.key||docker|-|0|0|0|1|-|/c.pem|", "Docker: daemon.json, command line");
	play_begin(&play);
	play_row(&play, (const char *const[]){"dockerd", "dockerd", NULL, NULL});
	play_found(&play, "/etc/docker/daemon.json", "{");
	play_rest(&play);
	play_run(&play, &probe_private_keys);
	ok(play.status == COVERAGE_PARTIAL, "a daemon.json that is none: partial");
	play_end(&play);
}

/* What is said of a key at /etc/ssl/p/a.key, by what its folders are. */
static void is_exposed(const struct broker_item *ssl, const struct broker_item *p,
		       const char *expected, const char *name)
{
	struct broker_item file = {
	    .path = "/etc/ssl/p/a.key", .data = span_of(key), .mode = 0100640, .gid = 110};
	auto_free char *row =
	    xasprintf("/etc/ssl/p/a.key||nginx|-|416|0|110|1|-|/etc/ssl/a.pem|%s\n", expected);
	struct play play;

	play_begin(&play);
	play_row(&play, (const char *const[]){"nginx", "/etc/ssl/a.pem", "/etc/ssl/p/a.key", NULL});
	play_next_need(&play); /* no policy */
	play_item(&play, &file);
	play_next_need(&play);
	play_item(&play, &file);
	play_next_need(&play);
	for (int i = 0; i < FOLDERS; i++) /* patterns of keys that name none */
		play_next_need(&play);
	play_item(&play, &(struct broker_item){.path = "/etc", .mode = 040755});
	play_next_need(&play);
	play_item(&play, ssl);
	play_next_need(&play);
	play_item(&play, p);
	leads_to(&play, row, name);
}

static void test_folders(void)
{
	const struct broker_item right = {.path = "/etc/ssl", .mode = 040755};
	const struct broker_item open = {.path = "/etc/ssl", .mode = 040777};
	const struct broker_item closed = {.path = "/etc/ssl/p", .mode = 040710, .gid = 110};
	const struct broker_item sticky = {.path = "/etc/ssl/p", .mode = 041777};
	const struct broker_item user = {.path = "/etc/ssl/p", .mode = 040755, .uid = 1000};
	const struct broker_item group = {.path = "/etc/ssl/p", .mode = 040775, .gid = 1000};
	const struct broker_item own = {
	    .path = "/etc/ssl/p", .mode = 040770, .uid = 110, .gid = 110};

	is_exposed(&open, &closed, "everybody may write to /etc/ssl|/etc/ssl/p",
		   "a folder that others may write to, and one that they cannot enter");
	is_exposed(&right, &closed, "-|/etc/ssl/p", "a folder of ssl-cert");
	is_exposed(&right, &sticky, "-|-", "where everybody may write, and nobody replace");
	is_exposed(&right, &user, "/etc/ssl/p belongs to user 1000|-", "a folder of a user");
	is_exposed(&right, &group, "group 1000 may write to /etc/ssl/p|-", "one of a group");
	/* nginx is root's in its table: the folder is somebody else's */
	is_exposed(&right, &own, "group 110 may write to /etc/ssl/p|/etc/ssl/p",
		   "a service's own folder, of another service");
}

static void test_own_folder(void)
{
	struct broker_item file = {
	    .path = "/etc/redis/a.key", .data = span_of(key), .mode = 0100640, .gid = 110};
	struct play play;

	play_begin(&play);
	play_row(&play, (const char *const[]){"redis-server", "redis-server *:0", NULL, NULL});
	play_found(&play, "/etc/redis/redis.conf", "tls-key-file /etc/redis/a.key\n");
	play_missing(&play, "/etc/redis.conf");
	play_missing(&play, "/usr/local/etc/redis/redis.conf");
	play_next_need(&play); /* no policy */
	play_item(&play, &file);
	play_next_need(&play);
	play_item(&play, &file);
	play_next_need(&play);
	for (int i = 0; i < FOLDERS; i++)
		play_next_need(&play);
	play_item(&play, &(struct broker_item){.path = "/etc", .mode = 040755});
	play_next_need(&play);
	play_item(&play, &(struct broker_item){
			     .path = "/etc/redis", .mode = 042770, .uid = 110, .gid = 110});
	leads_to(&play, "/etc/redis/a.key||redis|-|416|0|110|1|-|-|-|/etc/redis\n",
		 "a folder that belongs to the service itself");
}

static void test_java(void)
{
	struct play play;

	play_begin(&play);
	play_row(&play, (const char *const[]){"java", "java -Dserver.ssl.key-store=file:k.jks x",
					      NULL, NULL});
	play_file(&play, "/proc/6/cwd", "/no");
	play_file(&play, "/proc/7/cwd", "/srv/app");
	play_next_need(&play);
	play_key(&play, "/srv/app/k.jks");
	leads_to(&play, "/srv/app/k.jks||java|-|0|0|0|1|-|/srv/app/k.jks|",
		 "Java: relative to the folder that it runs in");
}

static void is_outcome(const char *name, const struct broker_item *item, const char *outcome)
{
	struct play play;
	const char *at;

	play_begin(&play);
	play_row(&play, (const char *const[]){"nginx", "/a.pem", NULL, NULL});
	play_next_need(&play); /* no policy */
	play_item(&play, item);
	play_rest(&play);
	play_run(&play, &probe_certificates);
	at = strrchr(play.rows, '|');
	if (!ok(at && strncmp(at + 1, outcome, strlen(outcome)) == 0 &&
		    strncmp(play.rows, "/a.pem||nginx|", 14) == 0 && play.status != 0,
		"%s", name))
		printf("# %s# %s\n", play.rows, play.detail);
	play_end(&play);
}

static void test_outcomes(void)
{
	is_outcome("a file that is gone", &(struct broker_item){.path = "/a.pem", .error = ENOENT},
		   "missing");
	is_outcome("one that may not be read",
		   &(struct broker_item){.path = "/a.pem", .error = EACCES}, "unreadable");
	is_outcome("one without a certificate",
		   &(struct broker_item){.path = "/a.pem", .data = span_of("no")}, "corrupt");
	is_outcome("one that ends too early",
		   &(struct broker_item){.path = "/a.pem",
					 .data = span_of("-----BEGIN CERTIFICATE-----\nMII")},
		   "cut");
	is_outcome("one that goes on beyond the ceiling",
		   &(struct broker_item){.path = "/a.pem", .data = span_of(key), .is_cut = true},
		   "cut");
}

int main(void)
{
	test_mysql();
	test_postgres();
	test_redis();
	test_docker();
	test_folders();
	test_own_folder();
	test_java();
	test_outcomes();
	return done();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Configurations of nginx: words, blocks, includes, inheritance, addresses, and where they are. */
#include "tests/unit/nginx.h"
#include "tests/tap.h"

#define CONF "/etc/nginx/nginx.conf"

static struct buf got;

static void is_read(const char *const *files, const char *expected, const char *name)
{
	nginx_describe(files, &got);
	is_str(buf_string(&got), expected, name);
}

static void is_conf(const char *conf, const char *expected, const char *name)
{
	const char *const files[] = {CONF, conf, NULL};

	is_read(files, expected, name);
}

static void test_words(void)
{
	is_conf("http { server { listen 443 ssl; server_name a.example b.example; # c.example;\n"
		"ssl_certificate \"/a b.pem\"; ssl_certificate_key '/a\\\"\\\\b.key'; } }",
		"http a.example b.example <0.0.0.0:443 ssl default> /a b.pem+/a\"\\b.key " CONF
		":1\n",
		"quotes, escapes, comments");
	is_conf("http{server{listen 80;server_name ~^(?<n>.+)\\.x\\.example$ \"~^a{2}$\" a#b;}}",
		"http ~^(?<n>.+)\\.x\\.example$ ~^a{2}$ a#b <0.0.0.0:80 default> " CONF ":1\n",
		"regular expressions; # within a word begins no comment");
	is_conf("http {\n\nserver {\nlisten 443 ssl; ssl_certificate /c/${ssl_server_name}.pem;\n"
		"if ($x) { return 1; } } }",
		"http <0.0.0.0:443 ssl default> /c/${ssl_server_name}.pem+ " CONF ":3\n",
		"${…} is no block");
	is_conf("\xef\xbb\xbfhttp { server { } }", "http <0.0.0.0:80 default> " CONF ":1\n",
		"a byte order mark, and what is listened on without \"listen\"");
	is_conf("http { server { listen 80; content_by_lua_block { local a = \"}\" -- }\n"
		"--[[ } ]] b = [==[ } ]] } ]==] c = { '\\'}' } } server_name a; } }",
		"http a <0.0.0.0:80 default> " CONF ":1\n", "braces in Lua");
	is_conf(
	    "http { map $a $b { listen 1; server_name x; ssl_certificate y; } server { location "
	    "/ { listen 2; server_name no; } } }",
	    "http <0.0.0.0:80 default> " CONF ":1\n", "what only looks like a directive");
	is_conf("http { server { listen 1; } }\nserver { listen 2; }",
		"http <0.0.0.0:1 default> " CONF ":1\n", "a server outside of a protocol is none");
}

static void test_faults(void)
{
	static const struct {
		const char *conf;
		const char *fault;
	} cases[] = {
	    {"http { server { listen 443", "fault: " CONF ":1: the last directive is not ended\n"},
	    {"http { server { listen 443;", "fault: " CONF ":1: a block is not closed\n"},
	    {"a 'b;", "fault: " CONF ":1: a quote is not closed\n"},
	    {"a 'b'c;", "fault: " CONF ":1: something stands right behind a quote\n"},
	    {"a b }", "fault: " CONF ":1: a sign stands where it may not\n"},
	    {";", "fault: " CONF ":1: a sign stands where it may not\n"},
	    {"\n}", "fault: " CONF ":2: a block is closed that was not opened\n"},
	    {"x_by_lua_block { '", "fault: " CONF ":1: a block of Lua is not closed\n"},
	    {"types { a", "fault: " CONF ":1: the last directive is not ended\n"},
	    {"include a.conf;", "fault: /etc/nginx/a.conf is not there\n"},
	    {"stream { server { listen 1.2.3.4; } }",
	     "fault: " CONF ": the server of line 1: a \"listen\" without a port\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *const files[] = {CONF, cases[i].conf, NULL};

		nginx_describe(files, &got);
		ok(span_ends(buf_span(&got), cases[i].fault), "%s", cases[i].fault);
	}
	is_read((const char *const[]){NULL}, "fault: " CONF " is not there\n", "no configuration");
}

static void test_includes(void)
{
	static const char *const files[] = {
	    CONF,
	    "http { include conf.d/*.conf; include none/*; ssl_certificate /h.pem; }",
	    "/etc/nginx/conf.d/.hidden.conf",
	    "server { listen 9; }",
	    "/etc/nginx/conf.d/a.conf",
	    "server {\n include ../tls.inc; }\n server { }",
	    "/etc/nginx/conf.d/b.conf",
	    "server { listen 80 default_server; server_name b; }",
	    "/etc/nginx/conf.d/../tls.inc",
	    "listen 1;",
	    "/etc/nginx/../tls.inc",
	    "listen 443 ssl; ssl_certificate own.pem;",
	    NULL};
	static const char *const loop[] = {
	    CONF, "http { include nginx.conf; server { listen 1; } }", NULL};
	static const char *const many[] = {
	    CONF, "include [a-z]*.conf; include [a-z]*.conf; include [a-z]*.conf;", NULL};

	is_read(files,
		"http <0.0.0.0:443 ssl default> /etc/nginx/own.pem+ /etc/nginx/conf.d/a.conf:1\n"
		"http <0.0.0.0:80> /h.pem+ /etc/nginx/conf.d/a.conf:3\n"
		"http b <0.0.0.0:80 default> /h.pem+ /etc/nginx/conf.d/b.conf:1\n",
		"patterns, relative paths, and what stands behind the servers is inherited");
	nginx_describe(loop, &got);
	ok(strstr(buf_string(&got), "too deep") != NULL, "a file that includes itself");
	nginx_describe(many, &got);
	ok(strstr(buf_string(&got), "too") != NULL, "a file that includes itself thrice");
}

static void test_inheritance(void)
{
	is_conf(
	    "http { ssl_certificate /a.pem; ssl_certificate_key /a.key; ssl_certificate /b.pem; "
	    "ssl_certificate_key /b.key;\n server { listen 443 ssl; }\n server { listen 444 ssl; "
	    "ssl_certificate /c.pem; }\n server { listen 445 ssl; ssl_reject_handshake on; } }",
	    "http <0.0.0.0:443 ssl default> /a.pem+/a.key /b.pem+/b.key " CONF ":2\n"
	    "http <0.0.0.0:444 ssl default> /c.pem+/a.key " CONF ":3\n"
	    "http <0.0.0.0:445 ssl default> /a.pem+/a.key /b.pem+/b.key refused " CONF ":4\n",
	    "pairs of RSA and ECDSA; a server's own certificate replaces both");
	is_conf("http { ssl on; server { listen 443; } } stream { server { listen 636 ssl; "
		"ssl_certificate /s.pem; } } mail { server { listen 993 ssl; protocol imap; } }",
		"http <0.0.0.0:443 ssl default> " CONF ":1\n"
		"stream <0.0.0.0:636 ssl default> /s.pem+ " CONF ":1\n"
		"mail <0.0.0.0:993 ssl default> " CONF ":1\n",
		"\"ssl on\" of old; stream and mail");
	is_conf("http { server { ssl_certificate_by_lua_block { x() } listen 443 ssl; } }",
		"http <0.0.0.0:443 ssl default> lua " CONF ":1\n",
		"a certificate that Lua chooses");
	is_conf("http { proxy_ssl_certificate_key c.key; server { listen 80; location / {\n"
		"proxy_ssl_certificate /c.pem; } } }",
		"http <0.0.0.0:80 default> " CONF ":1\n"
		"client /c.pem+/etc/nginx/c.key " CONF ":2\n",
		"certificates that it shows as a client");
}

static void test_listen(void)
{
	is_conf(
	    "http { server { listen *:443 ssl; listen [::]:443 ssl ipv6only=on; listen 443 quic; "
	    "listen [0:0::1]; listen localhost:81; listen unix:/run/a.sock; listen 192.0.2.1; } }",
	    "http <192.0.2.1:80 default> <unix:/run/a.sock:-1 default> <localhost:81 default> "
	    "<::1:80 default> <0.0.0.0:443 ssl quic default> <:::443 ssl default> "
	    "<0.0.0.0:443 ssl default> " CONF ":1\n",
	    "the forms of an address");
	is_conf(
	    "http {\n server { server_name a; listen 443; }\n server { server_name b; listen 443 "
	    "ssl; }\n server { server_name c; listen *:443 default_server; }\n server { listen "
	    "192.0.2.1:443; } }",
	    "http a <0.0.0.0:443 ssl> " CONF ":2\n"
	    "http b <0.0.0.0:443 ssl> " CONF ":3\n"
	    "http c <0.0.0.0:443 ssl default> " CONF ":4\n"
	    "http <192.0.2.1:443 default> " CONF ":5\n",
	    "\"ssl\" counts for all servers of the same address and port, and for no other");
	is_conf("stream { server { listen 8000-8002; } }",
		"stream <0.0.0.0:8002 default> <0.0.0.0:8001 default> <0.0.0.0:8000 default> " CONF
		":1\n",
		"a range of ports");
	nginx_describe(
	    (const char *const[]){CONF, "stream { server { listen 1-65535; listen 1-65535; } }",
				  NULL},
	    &got);
	ok(span_ends(buf_span(&got), "there are too many addresses and ports to listen on\n"),
	   "more ports than there can be");
}

static void is_start(const char *program, size_t len, const char *cmdline, const char *expected)
{
	struct nginx_start start = {0};
	struct arena arena;

	arena_init(&arena, 1 << 20);
	if (nginx_find_start(&arena, (struct span){program, len}, span_of(cmdline), "/home/x",
			     &start))
		is_str(arena_printf(&arena, "%s %s", start.file, start.folder), expected, cmdline);
	else
		is_str("-", expected, cmdline);
	arena_done(&arena);
}

static void test_start(void)
{
	static const char debian[] =
	    "\0\0configure arguments: --with-cc-opt='-g -ffile-prefix-map=/build=.' "
	    "--prefix=/usr/share/nginx --conf-path=/etc/nginx/nginx.conf --x\0 --prefix=/no";
	static const char plain[] = "configure arguments: --with-debug";
	static const char other[] = "configure arguments: --prefix=/opt/n --conf-path=etc/n.conf\n";
	static const char none[] = "\177ELF";
	static const char master[] = "nginx: master process /usr/sbin/nginx";

	is_start(debian, sizeof(debian), master, "/etc/nginx/nginx.conf /etc/nginx/");
	is_start(debian, sizeof(debian), "nginx: master process nginx -g daemon off; -c /x/y.conf",
		 "/x/y.conf /x/");
	is_start(debian, sizeof(debian), "nginx -qc y.conf",
		 "/usr/share/nginx/y.conf /usr/share/nginx/");
	is_start(debian, sizeof(debian), "nginx -p /srv/n/ -c conf/y.conf",
		 "/srv/n//conf/y.conf /srv/n//conf/");
	is_start(debian, sizeof(debian), "nginx -p sub", "/etc/nginx/nginx.conf /etc/nginx/");
	is_start(debian, sizeof(debian), "nginx -p sub -cy", "/home/x/sub/y /home/x/sub/");
	is_start(plain, sizeof(plain), "nginx",
		 "/usr/local/nginx/conf/nginx.conf /usr/local/nginx/conf/");
	is_start(other, sizeof(other), "nginx", "/opt/n/etc/n.conf /opt/n/etc/");
	is_start(none, sizeof(none), "nginx", "-");
	is_start(none, sizeof(none), "nginx -c /a/b", "/a/b /a/");
	is_start(none, sizeof(none), "nginx -c", "-");
}

/* Each beginning of a file that is right ends, and says that something is missing. */
static void test_cuts(void)
{
	static const char conf[] =
	    "http { server { listen 443 ssl; server_name 'a' \"b\\\"\" c; ssl_certificate /a; "
	    "location / { x_by_lua_block { [[ ]] } } } }";
	unsigned silent = 0;

	for (size_t len = 1; len + 1 < sizeof(conf); len++) {
		auto_free char *cut = xasprintf("%.*s", (int)len, conf);
		const char *const files[] = {CONF, cut, NULL};

		nginx_describe(files, &got);
		silent += strstr(buf_string(&got), "fault: ") == NULL;
	}
	ok(silent == 0, "no beginning of a file is taken for all of it");
}

int main(void)
{
	buf_init(&got, 64 << 20);
	test_words();
	test_faults();
	test_includes();
	test_inheritance();
	test_listen();
	test_start();
	test_cuts();
	buf_done(&got);
	return done();
}

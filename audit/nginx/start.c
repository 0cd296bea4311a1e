/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Where a running nginx has its configuration: auto/options and auto/init of its sources,
 * ngx_process_options() of src/core/nginx.c.
 */
#include <string.h>

#include "audit/nginx/config.h"

/* The value of " --NAME=" among what it was configured with; false: it was not given. */
static bool configured(struct span arguments, const char *name, struct span *out)
{
	const char *at = memmem(arguments.data, arguments.len, name, strlen(name));
	struct span rest;

	if (!at)
		return false;
	at += strlen(name);
	rest = (struct span){at, arguments.len - (size_t)(at - arguments.data)};
	if (!span_word(&rest, out))
		*out = (struct span){at, 0};
	if (out->len >= 2 && out->data[0] == '\'' && span_ends(*out, "'"))
		*out = (struct span){out->data + 1, out->len - 2};
	return true;
}

/* The text that `nginx -V` prints, up to its NUL; false: this is no nginx. */
static bool find_arguments(struct span program, struct span *out)
{
	static const char mark[] = "configure arguments:";
	const char *at = memmem(program.data, program.len, mark, strlen(mark));
	const char *end;

	if (!at)
		return false;
	*out = (struct span){at, program.len - (size_t)(at - program.data)};
	end = memchr(at, '\0', out->len);
	if (end)
		out->len = (size_t)(end - at);
	return true;
}

/* Of "-c FILE", "-cFILE", "-qc FILE": the last one counts. */
static void read_options(struct span cmdline, struct span *file, struct span *prefix)
{
	struct span word;

	while (span_word(&cmdline, &word)) {
		struct span *out = NULL;
		size_t at = 1;

		if (word.len < 2 || word.data[0] != '-')
			continue;
		while (at < word.len && strchr("qtTvVh?", word.data[at]))
			at++;
		if (at == word.len)
			continue;
		out = word.data[at] == 'c' ? file : word.data[at] == 'p' ? prefix : NULL;
		if (!out)
			continue;
		*out = (struct span){word.data + at + 1, word.len - at - 1};
		if (out->len == 0 && !span_word(&cmdline, out))
			*out = (struct span){"", 0};
	}
}

static bool is_absolute(const char *path)
{
	return path && path[0] == '/';
}

/* PATH below FOLDER, which may be NULL, unless it is absolute. */
static const char *join(struct arena *arena, const char *folder, struct span path)
{
	if (path.len > 0 && path.data[0] == '/')
		return arena_text(arena, path);
	if (!folder)
		return NULL;
	return arena_printf(arena, "%s/%.*s", folder, (int)path.len, path.data);
}

bool nginx_find_start(struct arena *arena, struct span program, struct span cmdline,
		      const char *cwd, struct nginx_start *out)
{
	struct span compiled_prefix = span_of("/usr/local/nginx");
	struct span compiled_file = span_of("conf/nginx.conf");
	struct span arguments;
	struct span prefix = {"", 0};
	struct span file = {"", 0};
	bool is_nginx = find_arguments(program, &arguments);
	const char *folder;

	read_options(cmdline, &file, &prefix);
	if (is_nginx) {
		(void)configured(arguments, " --prefix=", &compiled_prefix); /* or the default */
		(void)configured(arguments, " --conf-path=", &compiled_file);
	}
	if (!is_nginx && !(file.len > 0 && (file.data[0] == '/' || prefix.len > 0)))
		return false;
	folder = prefix.len > 0 ? join(arena, cwd, prefix) : join(arena, cwd, compiled_prefix);
	/* the compiled-in path is made absolute when it is compiled in */
	out->file = file.len > 0 || compiled_file.len == 0
			? join(arena, folder, file)
			: join(arena, join(arena, cwd, compiled_prefix), compiled_file);
	if (!is_absolute(out->file) || !strrchr(out->file, '/'))
		return false;
	out->folder = arena_text(
	    arena, (struct span){out->file, (size_t)(strrchr(out->file, '/') - out->file) + 1});
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A project out of any bytes: lines "=== NAME" part them into files, of which the first two are
 * given and the others can be named by those, or all by COMPOSE_FILE of a file ".env". What comes
 * out must keep the promises of services.h.
 */
#include "audit/compose/services.h"

#include <errno.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_COMPOSE_FILES 8U

struct fuzz_compose_file {
	const char *path;
	struct span data;
};

struct fuzz_compose_files {
	struct fuzz_compose_file items[FUZZ_COMPOSE_FILES];
	unsigned count;
};

static int fuzz_compose_read(struct compose *compose, const char *path, bool is_secret,
			     struct compose_content *out, struct err *err)
{
	const struct fuzz_compose_files *files = compose->context;

	(void)is_secret;
	(void)err;
	if (path[0] != '/' || strstr(path, "/../") || strstr(path, "//"))
		__builtin_trap();
	*out = (struct compose_content){.error = ENOENT};
	for (unsigned i = 0; i < files->count; i++)
		if (strcmp(files->items[i].path, path) == 0)
			*out = (struct compose_content){.data = files->items[i].data};
	return 0;
}

static int fuzz_compose_variable(struct compose *compose, const char *name, const char **out,
				 struct err *err)
{
	(void)compose;
	(void)err;
	*out = name[0] == 'A' ? "value" : name[0] == 'H' ? "/home" : NULL;
	return 0;
}

static void fuzz_compose_incomplete(struct compose *compose, const char *detail)
{
	(void)compose;
	if (detail[0] == '\0')
		__builtin_trap();
}

static void fuzz_compose_split(struct fuzz_compose_files *files, struct arena *arena,
			       struct span input)
{
	struct fuzz_compose_file *file = &files->items[files->count++];
	struct span rest = input;
	struct span line;

	*file = (struct fuzz_compose_file){"/p/compose.yml", {input.data, 0}};
	while (span_cut(&rest, '\n', &line)) {
		if (!span_starts(line, "=== ") || files->count == FUZZ_COMPOSE_FILES) {
			file->data.len = (size_t)(line.data + line.len - file->data.data);
			continue;
		}
		line = span_trim((struct span){line.data + 4, line.len - 4});
		file = &files->items[files->count++];
		file->path = compose_join(arena, "/p", arena_text(arena, line));
		file->data = (struct span){rest.data, 0};
	}
}

static bool fuzz_compose_is_text(const char *text)
{
	return !text || !strchr(text, COMPOSE_UNSET);
}

static void fuzz_compose_ports(struct compose *compose, const struct compose_node *service)
{
	struct compose_port *port;
	struct err err;

	if (compose_ports(compose, service, &port, &err) < 0)
		return;
	for (; port; port = port->next)
		if (!port->protocol || port->first > port->last ||
		    port->host_first > port->host_last || port->last > 65535 ||
		    port->host_last > 65535 || !fuzz_compose_is_text(port->address) ||
		    (!port->is_port_unknown && port->first == COMPOSE_NO_PORT))
			__builtin_trap();
}

static void fuzz_compose_service(struct compose *compose, const struct compose_node *service)
{
	struct compose_setting *setting;
	struct compose_mount *mount;
	struct err err;

	fuzz_compose_ports(compose, service);
	if (compose_mounts(compose, service, &mount, &err) == 0)
		for (; mount; mount = mount->next)
			if (!mount->kind || !mount->target ||
			    (mount->source && mount->source[0] != '/') ||
			    !fuzz_compose_is_text(mount->source))
				__builtin_trap();
	if (compose_settings(compose, service, &setting, &err) == 0)
		for (; setting; setting = setting->next)
			if (!setting->name || !compose_verdict_name(setting->verdict) ||
			    !setting->file)
				__builtin_trap();
	(void)compose_dockerfile(compose, service);
	if (compose_get(service, "extends") && service->type == JSON_OBJECT)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_compose_files files = {.count = 0};
	struct compose_given given[2] = {0};
	struct compose_found found;
	struct arena arena;
	struct compose compose = {.arena = &arena,
				  .context = &files,
				  .read = fuzz_compose_read,
				  .variable = fuzz_compose_variable,
				  .incomplete = fuzz_compose_incomplete,
				  .directory = "/p"};
	struct err err = {""};
	size_t count;

	arena_init(&arena, (size_t)1 << 30);
	fuzz_compose_split(&files, &arena, (struct span){(const char *)data, size});
	count = files.count > 1 ? 2 : 1;
	for (size_t i = 0; i < count; i++)
		given[i] = (struct compose_given){files.items[i].path, files.items[i].data, false};
	if (compose_find(&compose, "/p", &found, &err) == 0 &&
	    compose_load(&compose, found.is_set ? found.files : given,
			 found.is_set ? found.count : count, &err) == 0) {
		for (const struct compose_node *at = compose_services(&compose); at; at = at->next)
			fuzz_compose_service(&compose, at);
	} else if (strncmp(err.text, "compose ", 8) != 0) {
		__builtin_trap();
	}
	arena_done(&arena);
	return 0;
}

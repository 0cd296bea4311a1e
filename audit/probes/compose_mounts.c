/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] compose_mounts: what the services of Compose files mount. */
#include "audit/compose/host.h"
#include "audit/compose/services.h"

static void put_mount(struct compose_host *project, const struct compose_node *service,
		      const struct compose_mount *mount)
{
	struct host *host = project->host;

	if (mount->is_unknown)
		compose_say_unset(project, mount->at, "the source of a mount");
	row_text(host, project->compose.name);
	row_text(host, service->key);
	row_text(host, mount->kind);
	row_text(host, mount->volume);
	row_text(host, mount->source);
	row_text(host, mount->target);
	row_int(host, mount->is_writable);
	row_int(host, mount->is_unknown);
	row_text(host, mount->at->file);
	row_int(host, mount->at->line);
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	struct compose_host project;

	if (compose_open(host, &project, err) < 0)
		return -1;
	for (const struct compose_node *at = compose_services(&project.compose); at;
	     at = at->next) {
		struct compose_mount *mount;

		if (compose_mounts(&project.compose, at, &mount, err) < 0)
			return -1;
		for (; mount; mount = mount->next)
			put_mount(&project, at, mount);
	}
	return 0;
}

const struct probe probe_compose_mounts = {
    .about = "What the services of Compose files mount",
    COLUMNS(
	{"project", TEXT, "name of the project"}, {"service", TEXT, "name of the service"},
	{"kind", TEXT, "bind, volume, tmpfs, or another word of Compose's"},
	{"volume", TEXT, "name of the volume; NULL: none, or an anonymous one"},
	{"source", TEXT,
	 "path on the host, made absolute, also that of a volume that is a bind mount; NULL: none"},
	{"target", TEXT, "path in the container"}, {"is_writable", INTEGER, "0 or 1"},
	{"is_unknown", INTEGER, "1: the source depends on a variable that is not set here"},
	{"file", TEXT, "file"}, {"line", INTEGER, "line in the file"}),
    NEEDS(COMPOSE_NEEDS),
    .collect = collect,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] compose_environment: variables of the services of Compose files; never what they hold. */
#include "audit/compose/host.h"
#include "audit/compose/services.h"

static void put_setting(struct compose_host *project, const struct compose_node *service,
			const struct compose_setting *setting)
{
	struct host *host = project->host;

	row_text(host, project->compose.name);
	row_text(host, service->key);
	row_text(host, setting->name);
	row_text(host, compose_verdict_name(setting->verdict));
	row_text(host, setting->origin);
	row_text(host, setting->file);
	row_int(host, setting->line);
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	struct compose_host project;

	if (compose_open(host, &project, err) < 0)
		return -1;
	for (const struct compose_node *at = compose_services(&project.compose); at;
	     at = at->next) {
		struct compose_setting *setting;

		if (compose_settings(&project.compose, at, &setting, err) < 0)
			return -1;
		for (; setting; setting = setting->next)
			put_setting(&project, at, setting);
	}
	return 0;
}

const struct probe probe_compose_environment = {
    .about = "Variables that the services of Compose files get, without their values",
    COLUMNS(
	{"project", TEXT, "name of the project"}, {"service", TEXT, "name of the service"},
	{"name", TEXT, "name of the variable, or of the option"},
	{"verdict", TEXT,
	 "plain: no secret by its name; else empty, weak (known to everybody, or short), literal "
	 "(it stands in the file), or reference (from elsewhere)"},
	{"origin", TEXT, "environment, env_file, build_args, or command: an option --name of it"},
	{"file", TEXT, "file"}, {"line", INTEGER, "line in the file"}),
    NEEDS(COMPOSE_NEEDS),
    .collect = collect,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a control group's path tells of a process: see cgroup.h. */
#include "audit/cgroup.h"

#include <string.h>

#include "lib/own.h"

#define ID_LEN 64

struct span cgroup_path(struct span file)
{
	struct span best = {"", 0};
	struct span line;

	while (span_cut(&file, '\n', &line)) {
		struct span rest = line;
		struct span part;
		struct span controllers = {"", 0};

		if (!span_cut(&rest, ':', &part) || !span_cut(&rest, ':', &controllers))
			continue;
		if (span_is(controllers, "") && rest.len >= best.len)
			best = rest;
		else if (span_is(controllers, "name=systemd") && best.len <= 1)
			best = rest;
	}
	return best;
}

/* The run of exactly 64 hexadecimal digits in the component, or an empty span. */
static struct span find_id(struct span component)
{
	size_t run = 0;

	for (size_t i = 0; i <= component.len; i++) {
		char byte = i < component.len ? component.data[i] : '\0';

		if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f')) {
			run++;
			continue;
		}
		if (run == ID_LEN)
			return (struct span){component.data + i - run, run};
		run = 0;
	}
	return (struct span){"", 0};
}

static const char *engine_of(struct span component, struct span parent, struct span path,
			     bool is_pod)
{
	static const struct {
		const char *prefix;
		const char *engine;
	} prefixes[] = {
	    {"docker-", "docker"},      {"libpod-", "podman"}, {"cri-containerd-", "containerd"},
	    {"nerdctl-", "containerd"}, {"crio-", "cri-o"},
	};

	/* Docker may run a pod, but publishes none of its ports: what counts is whose network it is
	 */
	if (is_pod && span_starts(component, "docker-"))
		return "kubernetes";
	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (span_starts(component, prefixes[i].prefix))
			return prefixes[i].engine;
	if (span_is(parent, "docker"))
		return "docker";
	if (span_starts(component, "kubepods-")) /* ….slice:cri-containerd:ID */
		return "containerd";
	if (is_pod)
		return "kubernetes";
	return span_starts(path, "/ecs/") ? "docker" : NULL; /* Amazon's agent has Docker run it */
}

static bool is_unit(struct span component)
{
	static const char *const endings[] = {".service", ".scope", ".socket", ".mount", ".swap"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (span_ends(component, endings[i]) && component.len > strlen(endings[i]))
			return true;
	return false;
}

/*
 * An id stands also in the group of what watches over a container from outside: the monitor of
 * podman and CRI-O, and the services by which podman looks whether it is well. Pods of podman have
 * such an id themselves, and monitors in them: machine-libpod_pod_ID.slice,
 * libpod_parent/ID/conmon.
 */
static bool is_no_container(struct span component, struct span parent)
{
	return span_starts(component, "libpod-conmon-") || span_starts(component, "crio-conmon-") ||
	       span_ends(component, ".service") || span_ends(component, ".timer") ||
	       span_ends(component, ".slice") ||
	       (span_is(parent, "libpod_parent") && !span_starts(component, "libpod-"));
}

/* The groups of kubelet, perhaps below one of its own: /kubepods, kubelet-kubepods.slice. */
static bool is_of_pods(struct span component)
{
	return span_starts(component, "kubepods") || span_starts(component, "kubelet-kubepods");
}

struct cgroup_names cgroup_names(struct span path)
{
	struct cgroup_names names = {{"", 0}, {"", 0}, NULL};
	struct span rest = path;
	struct span parent = {"", 0};
	struct span component;
	bool is_pod = false;

	while (span_cut(&rest, '/', &component)) {
		struct span id = find_id(component);

		is_pod = is_pod || is_of_pods(component);
		if (id.len > 0 && !is_no_container(component, parent)) {
			names.container = id;
			names.engine = engine_of(component, parent, path, is_pod);
			names.unit =
			    (struct span){"", 0}; /* the engine's scope is no unit of ours */
		} else if (is_unit(component)) {
			names.unit = component;
		}
		parent = component;
	}
	return names;
}

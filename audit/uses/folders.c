/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Folders whose files are certificates wherever they exist, and what Docker is told. */
#include <errno.h>
#include <string.h>

#include "audit/uses/uses.h"
#include "lib/json.h"
#include "lib/own.h"

/* Keys lie beside them under a name of their own, which a pattern cannot pair. */
static const struct {
	const char *used_by;
	const char *certificate;
	const char *key;
} folders[] = {
    {"letsencrypt", "/etc/letsencrypt/live/*/cert.pem", "/etc/letsencrypt/live/*/privkey.pem"},
    {"letsencrypt", "/etc/letsencrypt/live/*/fullchain.pem", NULL},
    {"letsencrypt", "/etc/letsencrypt/live/*/chain.pem", NULL},
    {"kubernetes", "/etc/kubernetes/pki/*.crt", "/etc/kubernetes/pki/*.key"},
    {"kubernetes", "/etc/kubernetes/pki/etcd/*.crt", "/etc/kubernetes/pki/etcd/*.key"},
    {"kubernetes", "/var/lib/kubelet/pki/*.crt", "/var/lib/kubelet/pki/*.key"},
    {"kubernetes", "/var/lib/kubelet/pki/kubelet-*-current.pem", NULL},
    {"kubernetes", "/etc/kubernetes/*.conf", NULL},
    {"kubernetes", "/etc/kubernetes/*.kubeconfig", NULL},
    {"kubernetes", "/var/lib/kubelet/kubeconfig", NULL},
    {"kubernetes", "/var/lib/kube-proxy/kubeconfig", NULL},
    {"kubernetes", "/root/.kube/config", NULL},
    {"kubernetes", "/etc/rancher/*/*.yaml", NULL},
    {"kubernetes", "/var/lib/rancher/*/server/tls/*.crt", "/var/lib/rancher/*/server/tls/*.key"},
    {"kubernetes", "/var/lib/rancher/*/agent/*.crt", "/var/lib/rancher/*/agent/*.key"},
    {"kubernetes", "/var/lib/rancher/*/agent/*.kubeconfig", NULL},
    {"docker", "/etc/docker/certs.d/*/*.crt", NULL},
    {"docker", "/etc/docker/certs.d/*/*.cert", "/etc/docker/certs.d/*/*.key"},
    {"docker", "/root/.docker/cert.pem", "/root/.docker/key.pem"},
    {"docker", "/root/.docker/ca.pem", NULL},
};

void uses_folders(struct uses *uses)
{
	for (unsigned i = 0; i < ARRAY_LEN(folders); i++) {
		struct use use = {.used_by = folders[i].used_by,
				  .place = "",
				  .certificate = folders[i].certificate,
				  .key = folders[i].key,
				  .is_pattern = strchr(folders[i].certificate, '*') != NULL,
				  .is_optional = true};

		uses_add(uses, &use);
	}
}

static const char *member(struct arena *arena, const struct json *root, const char *key)
{
	const struct json *value = root->type == JSON_OBJECT ? json_get(root, key) : NULL;

	return value && value->type == JSON_STRING ? arena_text(arena, value->text) : NULL;
}

/* dockerd(8): --tlscert and --tlskey, or the same of daemon.json. */
int uses_docker(struct uses *uses, const struct uses_process *process, struct err *err)
{
	struct arena *arena = host_arena(uses->host);
	struct use use = {.used_by = "docker",
			  .is_served = true,
			  .pid = process->pid,
			  .uid = process->uid,
			  .gid = process->gid,
			  .place = process->place};
	struct span path = span_of("/etc/docker/daemon.json");
	struct uses_file *file;
	struct json *root;
	struct span found;

	(void)uses_option(process->cmdline, "--config-file", &path); /* or the default */
	if (uses_read(uses, process->pid, uses_join(arena, "/", path), &file, err) < 0)
		return -1;
	if (file && file->error == 0 && file->data.len > 0) {
		struct err why;

		if (json_read(file->data, arena, &root, &why) < 0) {
			host_incomplete(uses->host, COVERAGE_PARTIAL, "%s:%s", file->path,
					why.text);
		} else {
			use.certificate = member(arena, root, "tlscert");
			use.key = member(arena, root, "tlskey");
		}
	}
	if (uses_option(process->cmdline, "--tlscert", &found))
		use.certificate = uses_join(arena, "/", found);
	if (uses_option(process->cmdline, "--tlskey", &found))
		use.key = uses_join(arena, "/", found);
	if ((use.certificate && use.certificate[0] == '/') || (use.key && use.key[0] == '/'))
		uses_add(uses, &use);
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the path of a control group tells, in the forms that engines give it. */
#include "audit/cgroup.h"

#include "tests/tap.h"

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OUTER "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"
#define TASK "0123456789abcdef0123456789abcdef"
#define POD "pod3f1a8d0e_1111_2222_3333_444455556666"
#define NESTED "/system.slice/docker-" OUTER ".scope/kubelet.slice/kubelet-kubepods.slice"

static const struct {
	const char *path;
	const char *id; /* "": in no container */
	const char *engine;
	const char *unit;
} cases[] = {
    {"/docker/" ID, ID, "docker", ""},
    {"/system.slice/docker-" ID ".scope", ID, "docker", ""},
    {"/docker/" OUTER "/docker/" ID, ID, "docker", ""},
    {"/docker/" ID "/init.scope", ID, "docker", "init.scope"},
    {"/some.slice/" ID, ID, NULL, ""},
    {"/user.slice/user-1000.slice/user@1000.service/user.slice/docker-" ID ".scope", ID, "docker",
     ""},
    {"/ecs/" TASK "/" ID, ID, "docker", ""},
    {"/ecstasks.slice/ecstasks-" TASK ".slice/docker-" ID ".scope", ID, "docker", ""},
    {"/system.slice/docker.service", "", NULL, "docker.service"},
    {"/system.slice/containerd.service", "", NULL, "containerd.service"},
    /* podman */
    {"/machine.slice/libpod-" ID ".scope", ID, "podman", ""},
    {"/machine.slice/libpod-" ID ".scope/container", ID, "podman", ""},
    {"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" ID ".scope/container", ID,
     "podman", ""},
    {"/libpod_parent/libpod-" ID, ID, "podman", ""},
    {"/machine.slice/machine-libpod_pod_" OUTER ".slice/libpod-" ID ".scope", ID, "podman", ""},
    {"/machine.slice/libpod-conmon-" ID ".scope", "", NULL, "libpod-conmon-" ID ".scope"},
    {"/machine.slice/machine-libpod_pod_" OUTER ".slice/libpod-conmon-" ID ".scope", "", NULL,
     "libpod-conmon-" ID ".scope"},
    {"/libpod_parent/conmon", "", NULL, ""},
    {"/libpod_parent/" OUTER "/conmon", "", NULL, ""},
    {"/libpod_parent/" OUTER "/libpod-" ID, ID, "podman", ""},
    {"/docker/" OUTER "/machine.slice/libpod-conmon-" ID ".scope", OUTER, "docker",
     "libpod-conmon-" ID ".scope"},
    {"/system.slice/" ID "-1234abcd.service", "", NULL, ID "-1234abcd.service"},
    /* containerd, CRI-O and Kubernetes */
    {"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-" POD ".slice/cri-containerd-" ID
     ".scope",
     ID, "containerd", ""},
    {"/kubepods.slice/kubepods-" POD ".slice/crio-" ID ".scope/container", ID, "cri-o", ""},
    {"/kubepods.slice/kubepods-" POD ".slice/crio-conmon-" ID ".scope", "", NULL,
     "crio-conmon-" ID ".scope"},
    {"/kubepods.slice/kubepods-" POD ".slice/docker-" ID ".scope", ID, "kubernetes", ""},
    {"/kubepods/burstable/" POD "/" ID, ID, "kubernetes", ""},
    {"/kubepods/besteffort/" POD "/crio-" ID, ID, "cri-o", ""},
    {"/kubepods/" POD, "", NULL, ""},
    {"/kubepods.slice/kubepods-" POD ".slice", "", NULL, ""},
    {"/system.slice/containerd.service/kubepods-burstable-" POD ".slice:cri-containerd:" ID, ID,
     "containerd", ""},
    {NESTED "/kubelet-kubepods-" POD ".slice/cri-containerd-" ID ".scope", ID, "containerd", ""},
    {"/docker/" OUTER "/kubelet/kubepods/besteffort/" POD "/" ID, ID, "kubernetes", ""},
    {"/system.slice/nerdctl-" ID ".scope", ID, "containerd", ""},
    {"/default/" ID, ID, NULL, ""},
    /* whole systems, and what else has names of its own */
    {"/machine.slice/systemd-nspawn@web.service/payload/init.scope", "", NULL, "init.scope"},
    {"/machine.slice/systemd-nspawn@web.service/payload", "", NULL, "systemd-nspawn@web.service"},
    {"/machine.slice/machine-web.scope", "", NULL, "machine-web.scope"},
    {"/machine.slice/machine-qemu\\x2d1\\x2dvm.scope/libvirt/emulator", "", NULL,
     "machine-qemu\\x2d1\\x2dvm.scope"},
    {"/lxc.payload.web/system.slice/nginx.service", "", NULL, "nginx.service"},
    {"/lxc/web", "", NULL, ""},
    {"/default/redis", "", NULL, ""},
    {"/buildkit/0123456789abcdefghijklmno", "", NULL, ""},
    {"/user.slice/user-0.slice/session-1.scope", "", NULL, "session-1.scope"},
    {"/system.slice/ssh.socket", "", NULL, "ssh.socket"},
    /* nearly */
    {"/docker/" ID "0", "", NULL, ""},
    {"/docker/0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", "", NULL, ""},
    {"/", "", NULL, ""},
    {"", "", NULL, ""},
    {"/.service/.scope", "", NULL, ""},
};

static void test_path(const char *file, const char *expected, const char *name)
{
	ok(span_is(cgroup_path(span_of(file)), expected), "%s", name);
}

int main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cgroup_names names = cgroup_names(span_of(cases[i].path));

		ok(span_is(names.container, cases[i].id), "%s: its container", cases[i].path);
		is_str(names.engine ? names.engine : "-", cases[i].engine ? cases[i].engine : "-",
		       "and engine");
		ok(span_is(names.unit, cases[i].unit), "and unit (%.*s)", (int)names.unit.len,
		   names.unit.data ? names.unit.data : "");
	}
	test_path("0::/a.service\n", "/a.service", "version 2");
	test_path("12:pids:/x\n1:name=systemd:/b.service\n0::/\n", "/b.service",
		  "both, and systemd in version 1");
	test_path("1:name=systemd:/\n0::/kubepods.slice:cri-containerd:1\n",
		  "/kubepods.slice:cri-containerd:1", "a path with colons");
	test_path("4:memory:/m\n", "", "a hierarchy that tells nothing");
	test_path("nonsense\n0:", "", "what is no such file");
	return done();
}

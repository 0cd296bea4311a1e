# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Real engines and firewall managers in a test's own host: source it behind host_enter. They are
# started with the folders that they write to as copies, and go with the test.
group=harden-managers-$(stat -L -c %i /proc/self/ns/net) # control groups, which are the machine's
saved=/run/live/saved                                    # where rules are kept

# The machine's own folders, as copies that go with this test.
sandbox() {
	cp -a /etc /run/live/etc && mount --bind /run/live/etc /etc || exit 1
	for folder in /var/lib /var/tmp /var/log /root /sys/kernel/security; do
		[ ! -d "$folder" ] || mount -t tmpfs tmpfs "$folder"
	done
	mkdir -p /run/live/bin /run/live/tree/bin "$saved" /run/lock
	# no kernel module is loaded for the sake of a test: br_netfilter changes every bridge there is
	ln -s /bin/true /run/live/bin/modprobe
	[ ! -x /sbin/modprobe ] || mount --bind /bin/true "$(realpath /sbin/modprobe)"
	PATH=/run/live/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
	export PATH HOME=/root
	for name in iptables ip6tables; do
		for tool in "" -save -restore; do
			ln -sf "/usr/sbin/$name-nft$tool" "/etc/alternatives/$name$tool"
		done
	done
	ip address add 192.0.2.1/24 dev lo # to publish on
	echo 1 >/proc/sys/net/ipv4/ip_forward
	cp /bin/busybox /run/live/tree/bin/ 2>/dev/null
	tar -C /run/live/tree -cf /run/live/tiny.tar .
}

# missing NAME PROGRAM...: is one not there? A skip or, where all must be there, a failure.
missing() {
	local name=$1 program
	shift
	for program; do
		command -v "$program" >/dev/null && continue
		if [ "${CI:-}" = true ]; then
			ok 1 "$name: there is $program"
		else
			skip "$name" "there is no $program"
		fi
		return 0
	done
	return 1
}

# A container holds one program, which must not want libraries.
missing_tree() { # missing_tree NAME
	chroot /run/live/tree /bin/busybox true 2>/dev/null && return 1
	if [ "${CI:-}" = true ]; then
		ok 1 "$1: there is a static busybox"
	else
		skip "$1" "there is no static busybox"
	fi
}

wait_for() { # wait_for COMMAND...: until it succeeds
	local tries
	for ((tries = 0; tries < 150; tries++)); do
		timeout 5 "$@" >/dev/null 2>&1 && return
		sleep 0.1
	done
	echo "# never came true: $*"
	return 1
}

clean() { # links and rules of the manager that was
	local link
	nft flush ruleset
	for link in docker0 cni-podman0 podman0; do
		ip link delete "$link" 2>/dev/null
	done
}

docker_start() { # docker_start OPTION...
	dockerd --storage-driver=vfs --data-root=/run/live/docker --group=root --containerd= \
		--cgroup-parent="/$group" "$@" >/run/live/dockerd.log 2>&1 &
	daemon=$!
	wait_for docker info || comment </run/live/dockerd.log
	docker import /run/live/tiny.tar tiny >/dev/null
}

docker_stop() {
	local all
	mapfile -t all < <(docker ps -aq)
	[ ${#all[@]} -eq 0 ] || docker rm -f "${all[@]}" >/dev/null
	kill "$daemon"
	wait "$daemon" 2>/dev/null
	rm -rf /run/live/docker
	clean
}

docker_run() { # docker_run NAME OPTION...
	local name=$1
	shift
	docker run -d --name "$name" "$@" tiny /bin/busybox sleep 1000 2>&1 >/dev/null | comment
}

groups_remove() {
	find /sys/fs/cgroup -depth -type d -path "*/$group*" -exec rmdir {} + 2>/dev/null
}

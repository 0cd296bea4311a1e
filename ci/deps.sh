#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the Debian packages that building, testing and measuring need. When all are there,
# this is one dpkg-query and no more.
# Usage: ci/deps.sh [build] [test] [bench]
set -eu
export LC_ALL=C

build="gcc libc6-dev make pkg-config libmnl-dev libseccomp-dev libssl-dev libsqlite3-dev
	libjansson-dev libyaml-dev zlib1g-dev"
test="iproute2 nftables iptables util-linux procps perl python3 python3-jsonschema shellcheck mandoc codespell
	cppcheck clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev libcap2-bin
	docker.io podman netavark containernetworking-plugins ufw firewalld dbus busybox-static
	redis-server memcached mariadb-server postgresql openssl nginx-light
	openjdk-17-jre-headless"
# beside what is measured
bench="iproute2 iptables nftables nmap redis-server mariadb-server docker.io busybox-static
	openssl nginx-light sslscan"
# Node may have come another way than from Debian.
command -v npm >/dev/null || test="$test npm"

wanted=
for set in "${@:-build}"; do
	case $set in
	build) wanted="$wanted $build" ;;
	test) wanted="$wanted $test" ;;
	bench) wanted="$wanted $bench" ;;
	*)
		echo "deps.sh: there is no set \"$set\": build, test or bench" >&2
		exit 2
		;;
	esac
done

if ! command -v dpkg-query >/dev/null; then
	echo "deps.sh: not a Debian system, so nothing is installed; needed is what Debian calls:" >&2
	echo "$wanted" >&2
	exit 0
fi

# shellcheck disable=SC2086 # the lists are made to be split
here=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null) || true
missing=
for package in $wanted; do
	case "
$here
" in
	*"
$package installed
"*) ;;
	*) missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0

echo "deps.sh: to be installed:$missing"
sudo=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "deps.sh: neither root nor sudo; as root run: apt-get install$missing" >&2
		exit 1
	fi
	sudo=sudo
fi
# What is only tested with must neither start now nor at the next boot: firewalld would close the
# machine, and Docker opens it. Each test starts its own in namespaces.
policy=/usr/sbin/policy-rc.d # invoke-rc.d(8): 101 forbids every action
if [ ! -e "$policy" ]; then
	printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
	$sudo chmod 0755 "$policy"
	trap '$sudo rm -f "$policy"' EXIT
	trap 'exit 1' HUP INT TERM
fi
# shellcheck disable=SC2086
{
	$sudo apt-get -q update
	$sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -y --no-install-recommends install $missing
} </dev/null
for entry in docker.io:docker.service docker.io:docker.socket podman:podman.socket \
	podman:podman-auto-update.timer firewalld:firewalld.service ufw:ufw.service \
	redis-server:redis-server.service memcached:memcached.service \
	mariadb-server:mariadb.service postgresql:postgresql.service \
	nginx-light:nginx.service; do	case "$missing " in
	*" ${entry%%:*} "*)
		! command -v systemctl >/dev/null || $sudo systemctl -q disable "${entry#*:}" || true
		;;
	esac
done

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the live tests share: the Test Anything Protocol, and a host of their own to audit. That is
# this test itself, started again as process 1 of new namespaces: the program under test then sees
# only the test's processes, sockets and network namespaces, whatever else the machine does, and
# all of it is gone when the test ends. /run is empty there, and is the place for files.
# shellcheck disable=SC2034 # some of these names are for the tests
set -u

B=${B:-build}
HARDEN=$(realpath "${HARDEN:-$B/harden}")
listen=$(realpath "$B/tests/live/listen")
namespaces=(--mount --net --pid --uts --ipc --cgroup --fork --kill-child --mount-proc)
tap_count=0
tap_failed=0

comment() { # what is read, so that TAP takes it for a remark
	sed 's/^/# /'
}

ok() { # ok STATUS NAME: STATUS 0 is a pass
	tap_count=$((tap_count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tap_count - $2"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_count - $2"
	fi
}

# is GOT EXPECTED NAME
is() {
	[ "$1" = "$2" ]
	ok $? "$3"
	[ "$1" = "$2" ] || diff <(echo "$2") <(echo "$1") | comment
}

# like TEXT PATTERN NAME: an extended regular expression that some line of the text matches
like() {
	grep -Eq -- "$2" <<<"$1"
	ok $? "$3"
	grep -Eq -- "$2" <<<"$1" || comment <<<"$1"
}

# unlike TEXT PATTERN NAME
unlike() {
	! grep -Eq -- "$2" <<<"$1"
	ok $? "$3"
	! grep -E -- "$2" <<<"$1" | comment
}

skip() { # skip NAME REASON: one test that cannot be made here
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

finish() {
	echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ]
	exit
}

# Goes on as process 1 of a host of our own; returns only there. Call it first, with "$@". Beyond
# that host there is one more network namespace, which it cannot see: the outside.
host_enter() {
	if [ "${LIVE_HOST:-}" = 1 ]; then
		host_prepare
		return
	fi
	if [ "$(id -u)" -ne 0 ]; then
		if [ "${CI:-}" = true ]; then
			echo "Bail out! live tests need root"
			exit 1
		fi
		echo "1..0 # SKIP needs root, for namespaces of its own"
		exit 0
	fi
	if ! unshare "${namespaces[@]}" true 2>/dev/null; then
		if [ "${CI:-}" = true ]; then
			echo "Bail out! live tests need to make namespaces"
			exit 1
		fi
		echo "1..0 # SKIP namespaces cannot be made here"
		exit 0
	fi
	# shellcheck disable=SC2016 # for the shell in between, which holds the outside open
	exec env -u SUDO_UID -u STATE_DIRECTORY -u NO_COLOR LIVE_HOST=1 LC_ALL=C.UTF-8 \
		B="$B" HARDEN="$HARDEN" \
		unshare --net bash -c 'exec 8</proc/self/ns/net; exec unshare "$@"' - \
		"${namespaces[@]}" bash "$0" "$@"
}

# outside COMMAND...: runs it there
outside() {
	nsenter --net=/proc/self/fd/8 "$@"
}

# outside_wire NAME NUMBER: an interface of the host that leads outside. The host is 10.9.NUMBER.1
# and fd00:9:NUMBER::1 on NAME; up-NAME outside is .2 and ::2, and the way to everywhere else with
# the first one.
outside_wire() {
	outside ip link set lo up
	outside ip link add "up-$1" type veth peer name "$1" netns 1
	outside ip address add "10.9.$2.2/24" dev "up-$1"
	outside ip address add "fd00:9:$2::2/64" dev "up-$1" nodad
	outside ip link set "up-$1" up
	ip address add "10.9.$2.1/24" dev "$1"
	ip address add "fd00:9:$2::1/64" dev "$1" nodad
	ip link set "$1" up
	[ "$2" != 1 ] || ip route add default via 10.9.1.2
	[ "$2" != 1 ] || ip route add default via fd00:9:1::2
}

host_prepare() {
	mount -t tmpfs -o mode=0755 tmpfs /run
	[ ! -d /etc/harden ] || mount -t tmpfs -o mode=0755 tmpfs /etc/harden
	mkdir -m 0755 /run/live /run/netns
	hostname live
	ip link set lo up
}

# host_wire NAMESPACE NUMBER: joins a network namespace to the host by a veth pair. The host is
# 10.9.NUMBER.1 and fd00:9:NUMBER::1 on veth-NAMESPACE, the other end .2 and ::2.
host_wire() {
	ip link add "veth-$1" type veth peer name eth0 netns "$1"
	ip address add "10.9.$2.1/24" dev "veth-$1"
	ip address add "fd00:9:$2::1/64" dev "veth-$1" nodad
	ip link set "veth-$1" up
	ip -n "$1" address add "10.9.$2.2/24" dev eth0
	ip -n "$1" address add "fd00:9:$2::2/64" dev eth0 nodad
	ip -n "$1" link set eth0 up
	ip -n "$1" link set lo up
}

# start COMMAND...: runs the program listen, perhaps behind `ip netns exec NAME`; its pid to $pid
start() {
	pid=$("$@")
	if [ -z "$pid" ]; then
		echo "Bail out! cannot start: $*"
		exit 1
	fi
}

# run ARGUMENT...: the program under test; its output to $out and $errors, its status to $status
run() {
	out=$("$HARDEN" "$@" 2>/run/live/errors)
	status=$?
	errors=$(cat /run/live/errors)
}

# What a JSON report holds, a line for each: `json FILE findings rule subject`; sorted.
json() {
	perl -MJSON::PP -e '
		binmode STDOUT, ":utf8";
		my ($file, $list, @keys) = @ARGV;
		open my $in, "<", $file or die "$file: $!\n";
		local $/;
		my $report = decode_json(<$in>);
		my $items = $report->{$list};
		print ref $items ? sort map {
			my $item = $_;
			join(" | ", map { $item->{$_} // "-" } @keys) . "\n"
		} @$items : "$items\n";
	' "$@"
}

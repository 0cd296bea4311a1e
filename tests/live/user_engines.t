#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Engines of users: they are asked, but they may say anything. What they say of others' containers is
# not believed, and one that hangs takes nothing away from what is known of root's.
# shellcheck source=tests/live/lib.sh
. tests/live/lib.sh
host_enter "$@"
# shellcheck source=tests/live/managers.sh
. tests/live/managers.sh

report=/run/live/report.json
sandbox
user=4242
folder=/run/user/$user
mine=$(printf 'a%.0s' {1..64})
roots=$(printf 'b%.0s' {1..64})
if ! command -v setpriv >/dev/null; then
	skip "engines of users" "there is no setpriv"
	finish
fi
as_user() {
	setpriv --reuid "$user" --regid "$user" --clear-groups "$@"
}

# contain ID PID: into a control group of that name, as an engine would
contain() {
	local hierarchy
	for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/unified /sys/fs/cgroup/systemd; do
		[ -e "$hierarchy/cgroup.procs" ] || continue
		mkdir -p "$hierarchy/$group/libpod-$1.scope" &&
			echo "$2" >"$hierarchy/$group/libpod-$1.scope/cgroup.procs"
	done
}

# As podman does it, the parent of each container is a program of whom it belongs to.
as_user bash -c 'sleep 1000 & echo $! >&3; wait' 3>/run/live/mine >/dev/null &
parents=($!)
bash -c 'sleep 1000 & echo $! >&3; wait' 3>/run/live/roots >/dev/null &
parents+=($!)
wait_for test -s /run/live/mine && wait_for test -s /run/live/roots
contain "$mine" "$(cat /run/live/mine)"
contain "$roots" "$(cat /run/live/roots)"
run query "SELECT id, engine FROM containers ORDER BY id"
is "$(sed 1d <<<"$out")" "$(printf '%s\tpodman\n%s\tpodman\n' "$mine" "$roots")" "two containers"

mkdir -p "$folder/podman"
chown -R "$user" "$folder"
# engine ANSWER OWNER: what answers at the socket; hang: it does not
engine() {
	rm -f "$folder/podman/podman.sock"
	# shellcheck disable=SC2016 # it is Perl
	as_user perl -MIO::Socket::UNIX -e '
		my ($socket, $how, @ids) = @ARGV;
		my $server = IO::Socket::UNIX->new(Local => $socket, Listen => 5) or die;
		$SIG{PIPE} = "IGNORE";
		while (my $call = $server->accept) {
			sysread $call, my $request, 4096;
			sleep 1000 if $how eq "hang";
			my $id = $request =~ m{/containers/([0-9a-f]{64})/json} ? $1 : "";
			my $body = $id ? qq({"Name":"/stolen","Config":{"Image":"lies:1"}})
				: "[" . join(",", map { qq({"Id":"$_"}) } @ids) . "]";
			syswrite $call, "HTTP/1.1 200 OK\r\n\r\n$body";
			close $call;
		}' "$folder/podman/podman.sock" "$1" "$mine" "$roots" &
	pid=$!
	wait_for test -S "$folder/podman/podman.sock"
}
engine_ends() {
	kill "$pid"
	wait "$pid" 2>/dev/null
}

engine answer
run query "SELECT uid, engine, name, image, id FROM user_engine_containers ORDER BY id"
is "$(sed 1d <<<"$out")" "$(printf "$user\tpodman\tstolen\tlies:1\t%s\n" "$mine" "$roots")" \
	"what the user's engine says"
run query "SELECT id FROM user_containers"
is "$(sed 1d <<<"$out")" "$mine" "of that, what is about containers of the user"
run --only 'container/*' --skip 'container/published-any' -o json="$report"
is "$(json "$report" findings subject | grep -c stolen)" 0 "root's containers are not called as it says"
is "$(json "$report" verdicts verdict | grep -c unknown)" 0 "and all is known of them"
chown 0 "$folder/podman/podman.sock"
mv "$folder/podman/podman.sock" "$folder/docker.sock"
run query "SELECT \"table\", status FROM coverage WHERE \"table\" = 'user_engine_containers'
	AND (SELECT count(*) FROM user_engine_containers) = 0"
is "$(sed 1d <<<"$out")" $'user_engine_containers\tabsent' "a socket of somebody else is not asked"
rm "$folder/docker.sock"
engine_ends

engine hang
run query "SELECT * FROM user_engine_containers"
like "$errors" "user_engine_containers is partial: $folder/podman/podman.sock: Connection timed out" "one that hangs"
run --only 'container/*' --skip 'container/published-any' -o json="$report"
is "$(json "$report" verdicts verdict | grep -c unknown)" 0 "and root's containers are known as before"
engine_ends

kill "$(cat /run/live/mine)" "$(cat /run/live/roots)"
wait "${parents[@]}"
groups_remove
finish

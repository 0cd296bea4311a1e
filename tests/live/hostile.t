#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What goes wrong on real hosts, and who would like it to: no root, no space, files that others can
# write, processes that lie about their names, that come and go, and too many of everything. Each
# is a clear message and the right exit status, and no report is lost.
. tests/live/lib.sh
host_enter "$@"

report=/run/live/report.json
sg=/run/live/sg.json
cp tests/live/sg.json "$sg"
outside_wire eth0 1
start "$listen" -n store tcp4:0.0.0.0:6379
redis=$pid

# What would act on a terminal: control characters but for the line end, and bytes that are no text.
control_free() { # control_free FILE NAME
	! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]' "$1" && iconv -f UTF-8 -t UTF-8 <"$1" >/dev/null
	ok $? "$2"
}

# ---- without root ----
mkdir -m 0777 /run/live/open
nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs)
"${nobody[@]}" "$HARDEN" -i "$sg" -o json=/run/live/open/report.json >/run/live/out \
	2>/run/live/errors
is $? 3 "without root: incomplete, exit 3"
report=/run/live/open/report.json
is "$(json $report findings rule | grep -c port-open)" 0 \
	"nobody is said to get in where the firewall could not be read"
like "$(json $report coverage table status detail)" \
	'^reachability \| (denied|partial) \|' "nor to be kept out: the table says why"
like "$(json $report coverage table status)" '^processes \| denied$' "processes are denied"
like "$(json $report coverage table status)" '^socket_owners \| denied$' "owners are denied"
like "$(json $report coverage table status)" '^sockets \| denied$' \
	"so are the sockets of other namespaces"
is "$(json $report findings rule | grep -c open-but-blocked)" 0 \
	"nobody is said not to listen where nobody could look"
is "$(json $report verdicts rule verdict | grep open-but)" \
	"exposure/intent-open-but-blocked | unknown" "that verdict is unknown"
kill "$redis"
wait_gone() {
	while [ -d "/proc/$1" ]; do sleep 0.01; done
}
wait_gone "$redis"
"${nobody[@]}" "$HARDEN" -i "$sg" --only 'exposure/port*' -o json=$report
is $? 3 "without root and without a finding: exit 3, not 0"
is "$(json $report verdicts rule verdict)" "exposure/port-open-not-in-intent | unknown" \
	"nothing is passed that was not seen"
report=/run/live/report.json

# ---- where the intent comes from ----
start "$listen" -n store tcp4:0.0.0.0:6379
run -i <(cat "$sg") -o json=$report
is "$status" 1 "the intent may come through a pipe"
is "$(json $report findings rule | grep -c gate-inputs)" 0 "which is the caller's own"
mkfifo /run/live/silent
(exec 3<>/run/live/silent && sleep 0.5) &
run -i /run/live/silent
is "$status" 2 "a pipe without an intent is an error"
cp "$sg" /run/live/open.json
chmod 0666 /run/live/open.json
run -i /run/live/open.json -o json=$report
is "$(json $report findings rule subject | grep gate)" \
	"self/gate-inputs-writable | /run/live/open.json" "an intent that everyone can write"
cp "$sg" /run/live/open/sg.json
run -i /run/live/open/sg.json --only 'self/*' -o json=$report
like "$(json $report findings detail)" 'directory /run/live/open: mode 0777 lets everyone write' \
	"one in a folder that everyone can write"
cp "$sg" /run/live/theirs.json
chown 1000 /run/live/theirs.json
run -i /run/live/theirs.json --only 'self/*' -o json=$report
like "$(json $report findings detail)" 'owned by uid 1000' "one that another user owns"
export SUDO_UID=1000
run -i /run/live/theirs.json --only self/gate-inputs-writable -o json=$report
unset SUDO_UID
is "$(json $report findings rule)" "" "whose own it is when that user calls by sudo"
mkdir -p /run/live/rules/team
cat >/run/live/rules/team/port.sql <<-'EOT'
	-- title:    A port of the team
	-- severity: low
	-- why:      Because.
	SELECT endpoint AS subject, 'It listens.' AS detail FROM listeners
EOT
run -i "$sg" --rules /run/live/rules --only 'team/*' -o json=$report
is "$(json $report findings rule subject)" "team/port | 0.0.0.0:6379/tcp" "a rule of one's own"
chmod 0777 /run/live/rules/team
run -i "$sg" --rules /run/live/rules
is "$status" 2 "a folder of rules that everyone can write is refused"
like "$errors" '/run/live/rules.* mode 0777 lets everyone write' "and named"
chmod 0755 /run/live/rules/team
chmod 0666 /run/live/rules/team/port.sql
run -i "$sg" --rules /run/live/rules
is "$status" 2 "so is a rule"
like "$errors" '/run/live/rules/team/port\.sql.* mode 0666 lets everyone write' "and named"

# ---- where the reports go ----
small=/run/live/small
mkdir "$small"
mount -t tmpfs -o size=64k tmpfs "$small"
echo old >"$small/report.json"
dd if=/dev/zero of="$small/fill" bs=4k status=none 2>/dev/null
truncate -s -4096 "$small/fill"
run -i "$sg" -o json="$small/report.json" -o json="$report" -o text
is "$status" 2 "a full disk: exit 2"
like "$errors" "$small/report\.json: .*No space left on device" "and it is said"
is "$(cat "$small/report.json")" old "the old report is whole"
is "$(find "$small" -type f | sort)" "$(printf '%s\n' "$small/fill" "$small/report.json")" \
	"nothing is left beside it"
is "$(json "$report" findings subject | grep -c 6379)" 1 "the report to another disk is there"
like "$out" '0\.0\.0\.0:6379/tcp' "and that to standard output"
run -i "$sg" -o json=/dev/full -o text
is "$status" 2 "a full device: exit 2"
like "$errors" '/dev/full: .*No space left on device' "and it is said"
like "$out" '0\.0\.0\.0:6379/tcp' "the other report is there"
"$HARDEN" -i "$sg" >/dev/full 2>/run/live/errors
is $? 2 "standard output that is full: exit 2"
like "$(cat /run/live/errors)" 'No space left on device' "and it is said"
run -i "$sg" -o json=/run/live/none/report.json
is "$status" 2 "a folder that is not there: exit 2"
like "$errors" '/run/live/none/report\.json: No such file' "and it is named"
run -i "$sg" -o json=/run/live
is "$status" 2 "a folder in place of a file: exit 2"
like "$errors" '/run/live: is a directory' "and it is named"
mount -o remount,ro "$small"
run -i "$sg" -o json="$small/report.json"
is "$status" 2 "a folder that cannot be written: exit 2"
like "$errors" "$small/report\.json: Read-only file system" "and it is named"
ln -s "$report" /run/live/link.json
run -i "$sg" -o json=/run/live/link.json
[ -L /run/live/link.json ]
ok $? "a link stays a link"
"$HARDEN" -i "$sg" -o json=>(cat >/run/live/piped.json)
for _ in $(seq 100); do
	grep -q '^}' /run/live/piped.json 2>/dev/null && break
	sleep 0.02
done
is "$(json /run/live/piped.json exit)" 1 "a report through a pipe"
"$HARDEN" -i "$sg" 2>/dev/null | true
is "${PIPESTATUS[0]}" 2 "a reader that goes away is said, and no signal"

# ---- who lies ----
evil=$'\e[2J\e]0;owned\a\rnginx\nOK \xff\xfe\x00\xe2\x80\xae\xc2\x9b31m'
cp "$listen" "/run/live/$evil"
start "/run/live/$evil" -n $'\e[1m\xffx\n' tcp4:0.0.0.0:7777 -- "$evil"
for format in text json sarif; do
	"$HARDEN" -v -i "$sg" -o "$format" >/run/live/out 2>&1
	control_free /run/live/out "$format: nothing in it acts on a terminal"
	like "$(cat /run/live/out)" '\\x1b\[1m' "$format: but it can be read"
done
"$HARDEN" -q -i "$sg" >/run/live/out
control_free /run/live/out "quiet: nothing in it acts on a terminal"
"$HARDEN" query 'SELECT comm, exe, cmdline FROM processes' >/run/live/out
control_free /run/live/out "query: nothing in it acts on a terminal"
is "$("$HARDEN" query "SELECT count(*) FROM processes WHERE pid = $pid" | tail -n 1)" \
	1 "and a line end in a command line makes no second row"
"$HARDEN" query 'SELECT comm, exe, cmdline FROM processes' -o json >/run/live/out
control_free /run/live/out "query as JSON: nothing in it acts on a terminal"
run --only $'\e[31m' -i "$sg"
printf '%s\n' "$errors" >/run/live/out
control_free /run/live/out "an argument that is said again: nothing in it acts on a terminal"
is "$status" 2 "and it is an error"

# ---- who comes and goes ----
# A storm of short lives, each with files to be read, for as long as three audits last.
storm() {
	while [ ! -e /run/live/calm ]; do
		for _ in 1 2 3 4 5 6 7 8; do
			(exec true) 3</dev/null &
		done
		wait
	done
}
storm &
bad=0
for _ in 1 2 3 4 5; do
	run -i "$sg" -o json=$report
	if [ "$status" -ne 1 ] || [ -n "$errors" ] ||
		json $report coverage table status detail | grep -Ev ' \| (complete|absent) \| '; then
		bad=$((bad + 1))
	fi
done
touch /run/live/calm
wait
is "$bad" 0 "processes that end while they are read are no error, and none is missed"

# ---- who is many ----
start "$listen" -n many -k 300 tcp4:0.0.0.0:20000-22999 udp4:0.0.0.0:20000-20999
run -i "$sg" -q -o json=$report
is "$status" 1 "four thousand sockets"
is "$(json $report findings subject | grep -Ec '^0\.0\.0\.0:2[0-9]{4}/(tcp|udp)$')" 4000 \
	"each is found"
is "$(json $report coverage status | sort -u)" "$(printf 'absent\ncomplete')" "and all was seen"
kill "$pid"

# ---- who interrupts ----
mkdir /run/live/reports
report=/run/live/reports/report.json
temporary() {
	find /run/live/reports -type f ! -name report.json | wc -l
}
for signal in TERM INT HUP; do
	mkfifo "/run/live/fifo-$signal"
	exec 9<>"/run/live/fifo-$signal" # never says anything
	# a shell's children in the background ignore SIGINT
	env --default-signal=INT "$HARDEN" -i "/run/live/fifo-$signal" -o json=$report \
		2>/run/live/errors 9>&- &
	pid=$!
	for _ in $(seq 500); do
		[ "$(temporary)" -gt 0 ] && break
		sleep 0.01
	done
	kill -s "$signal" "$pid"
	for _ in $(seq 100); do
		[ -d "/proc/$pid" ] || break
		sleep 0.02
	done
	[ ! -d "/proc/$pid" ]
	ok $? "$signal ends the wait for an intent"
	kill -s KILL "$pid" 2>/dev/null
	wait "$pid"
	is "$?" 2 "$signal: exit 2"
	is "$(temporary)" 0 "$signal: no temporary file is left"
	exec 9>&-
	rm -f /run/live/reports/*
done
env --ignore-signal=CHLD "$HARDEN" -i "$sg" -o json=$report 2>/run/live/errors
is $? 1 "a caller that ignores CHLD: the exit status"
is "$(json $report exit)" 1 "and the report"
rm -f /run/live/reports/*
bad=0
for delay in 0.002 0.005 0.01 0.02 0.03 0.04 0.05 0.06 0.08; do
	"$HARDEN" -i "$sg" -o json=$report 2>/run/live/errors &
	pid=$!
	sleep "$delay"
	kill "$pid" 2>/dev/null
	wait "$pid"
	status=$?
	# 143: it had not begun. Else what is there is whole, and says what became of the run.
	[ ! -e "$report" ] || [ "$(json $report exit)" = "$status" ] || bad=$((bad + 1))
	[ "$status" -eq 1 ] || [ "$status" -eq 2 ] || [ "$status" -eq 143 ] || bad=$((bad + 1))
	[ "$(temporary)" -eq 0 ] || bad=$((bad + 1))
	[ "$bad" -eq 0 ] || echo "# after $delay s: exit $status, $(temporary) temporary files"
	rm -f /run/live/reports/*
done
is "$bad" 0 "TERM at any time leaves a whole report or none"
sleep 0.2
is "$(pgrep -c -x 'harden|exe' || true)" 0 "and no process"
finish

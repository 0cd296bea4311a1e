#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The commands and options, each by what it is for, and what is said of one that makes no sense.
. tests/live/lib.sh
host_enter "$@"

sg=/run/live/sg.json
report=/run/live/report.json
cp tests/live/sg.json "$sg"
cp tests/live/harden.yaml /run/live
outside_wire eth0 1
ip netns add web
host_wire web 2
start "$listen" -n store tcp4:0.0.0.0:6379
start "$listen" -n nginx tcp4:0.0.0.0:80
start ip netns exec web "$listen" -n webapp tcp4:10.9.2.2:8080

# ---- pages ----
run --help
is "$status" 0 "--help"
like "$out" '^usage: harden' "says how to call it"
help=$out
run help
is "$out" "$help" "and so does the command"
run --version
is "$status" 0 "--version"
like "$out" '^harden [0-9]+\.[0-9]+\.[0-9]+$' "says the version"
run tables
is "$status" 0 "tables"
for table in sockets processes listeners coverage; do
	like "$out" "^  $table" "tables: $table"
done
like "$out" 'cidr_contains' "tables: functions too"
run tables sockets
like "$out" '^  v6only +integer' "tables NAME: the columns"
run tables listeners
like "$out" 'VIEW listeners' "tables NAME: a view"
run tables nowhere
is "$status" 2 "tables NAME: one that is not there"
like "$errors" '"nowhere"' "is named"
run rules
is "$status" 0 "rules"
is "$(find rules -name '*.sql' -path 'rules/*/*' -printf '%P\n' | sed 's/\.sql$//' | while read -r id; do
	grep -q -- "$id" <<<"$out" || echo "$id"
done)" "" "rules: lists each"
run rules exposure/port-open-not-in-intent
like "$out" 'high' "rules ID: its severity"
run rules exposure/none
is "$status" 2 "rules ID: one that is not there"
like "$errors" 'exposure/none' "is named"

# ---- query ----
run query 'SELECT subject, who FROM listeners ORDER BY 1'
is "$status" 0 "query"
is "$out" "$(printf 'subject\twho\n0.0.0.0:6379/tcp\tstore\n0.0.0.0:80/tcp\tnginx\nweb 10.9.2.2:8080/tcp\twebapp')" \
	"query: rows parted by tabs"
run query "SELECT is_kept IN (0, 1) AND max_error_us >= 0 FROM clock"
is "${out##*$'\n'}" 1 "what the kernel says of its clock"
run query "SELECT port, NULL AS none FROM sockets WHERE port = 80" -o json
is "$(tr -d ' \n' <<<"$out")" '[{"port":80,"none":null}]' "query: as JSON"
run query 'SELECT count(*) FROM sockets s JOIN socket_owners o USING (inode)'
is "$out" "$(printf 'count(*)\n3')" "query: a table that only USING reads is collected"
for sql in 'DELETE FROM sockets' 'SELECT 1; SELECT 2' 'PRAGMA user_version = 1' '' 'SELEC 1' \
	'SELECT x FROM sockets' "ATTACH '/run/live/x.db' AS x" 'SELECT 1 FROM nowhere'; do
	run query "$sql"
	is "$status" 2 "query: refuses '$sql'"
	like "$errors" '^harden: query: ' "query: and says why"
done
run query
is "$status" 2 "query: needs a query"

# ---- reports ----
run -i "$sg" -o json="$report" -o sarif=/run/live/report.sarif -o text=/run/live/report.txt
is "$status" 1 "three reports"
is "$out" "" "to files alone: nothing on standard output"
like "$(cat /run/live/report.txt)" '^harden: FAIL ' "text begins with the verdict"
like "$(tail -n 1 /run/live/report.txt)" '^harden: FAIL .*exit 1$' "and ends with it"
is "$(perl -MJSON::PP -e 'local $/; print decode_json(<>)->{version}' /run/live/report.sarif)" \
	2.1.0 "SARIF is what it says"
run -i "$sg" -o json
is "$(printf '%s' "$out" >/run/live/out && json /run/live/out findings rule subject)" \
	"$(json "$report" findings rule subject)" "a report on standard output"
run -i "$sg" -q
is "$(grep -c '0\.0\.0\.0:6379/tcp' <<<"$out")" 1 "-q: a line for the finding"
unlike "$out" 'Whoever can send' "-q: and no more"
run -i "$sg" -v
like "$out" 'self/gate-inputs-writable' "-v: what passed, too"
run -i "$sg" --color always
like "$out" $'\e\\[' "--color always"
run -i "$sg" --color auto
unlike "$out" $'\e' "--color auto: none in a pipe"
in_terminal() { # the same on a terminal
	script -qec "$*" /dev/null </dev/null
}
if command -v script >/dev/null; then
	export TERM=xterm
	like "$(in_terminal "$HARDEN" -i "$sg")" $'\e\\[' "--color auto: on a terminal"
	unlike "$(NO_COLOR=1 in_terminal "$HARDEN" -i "$sg")" $'\e\\[' "NO_COLOR"
	unlike "$(in_terminal "$HARDEN" -i "$sg" --color never)" $'\e\\[' "--color never"
	unlike "$(TERM=dumb in_terminal "$HARDEN" -i "$sg")" $'\e\\[' "a dumb terminal"
fi
umask 027
rm -f /run/live/mode.json
run -i "$sg" -o json=/run/live/mode.json
is "$(stat -c %a /run/live/mode.json)" 640 "a report has the mode that umask says"
umask 022

# ---- which rules, and what fails ----
run -i "$sg" --only 'exposure/port-*' -o json="$report"
is "$(json "$report" verdicts rule)" exposure/port-open-not-in-intent "--only"
run -i "$sg" --skip 'exposure/*' -o json="$report"
is "$(json "$report" verdicts rule | grep -c exposure)" 0 "--skip"
run -i "$sg" --only 'exposure/*' --skip '*/port-*' -o json="$report"
is "$(json "$report" verdicts rule | grep -c /port-)" 0 "both"
only=(--only 'exposure/port-*' --only exposure/intent-open-but-blocked -q -i "$sg")
run "${only[@]}" --fail-on critical
is "$status" 0 "--fail-on critical: high is below"
run "${only[@]}" --fail-on low
is "$status" 1 "--fail-on low"
run "${only[@]}" --fail-on none
is "$status" 0 "--fail-on none"
run --only exposure/intent-open-but-blocked -q -i "$sg"
is "$status" 0 "medium is below high"

# ---- what was meant once ----
run -i "$sg" -o json=/run/live/before.json
run -i "$sg" --baseline /run/live/before.json --fail-on-new
is "$status" 0 "--fail-on-new: nothing is new"
start "$listen" -n telnet tcp4:0.0.0.0:23
telnet=$pid
run -i "$sg" --baseline /run/live/before.json --fail-on-new -o json="$report"
is "$status" 1 "--fail-on-new: a listener is new"
is "$(json "$report" findings new subject | grep '^1')" "1 | 0.0.0.0:23/tcp" "and marked"
kill "$telnet"
while [ -d "/proc/$telnet" ]; do sleep 0.01; done
run -i "$sg" --baseline "$sg"
is "$status" 2 "--baseline: what is no report"
like "$errors" "$sg" "is named"

# ---- facts that are kept ----
findings() {
	json "$1" findings rule subject detail
}
run -i "$sg" -i /run/live/harden.yaml --save /run/live/facts.db -o json="$report"
is "$status" 1 "--save"
run --facts /run/live/facts.db -o json=/run/live/again.json
is "$status" 1 "--facts"
is "$(findings /run/live/again.json)" "$(findings "$report")" "--facts: the same findings"
is "$(json /run/live/again.json started)" "$(json "$report" started)" "of the same time"
run --facts /run/live/facts.db --baseline "$report" -q
like "$out" ' 0 new, 0 gone' "--facts with a baseline of today: what that one has is not new"
run --facts /run/live/facts.db --save /run/live/copy.db -q
run --facts /run/live/copy.db -o json=/run/live/again.json
is "$(findings /run/live/again.json)" "$(findings "$report")" "--facts with --save: a copy"
run --facts /run/live/facts.db query 'SELECT count(*) FROM listeners'
is "$out" "$(printf 'count(*)\n3')" "query --facts"
run record /run/live/recording -i "$sg" -i /run/live/harden.yaml
is "$status" 0 "record"
kill "$pid" 2>/dev/null
start "$listen" -n later tcp4:0.0.0.0:24
run --replay /run/live/recording -o json=/run/live/again.json
is "$status" 1 "--replay"
is "$(findings /run/live/again.json)" "$(findings "$report")" "--replay: the same findings"
is "$(json /run/live/again.json host)" live "of the same host"
run --replay /run/live/recording -i /run/live/harden.yaml -o json=/run/live/again.json
is "$(json /run/live/again.json findings rule | grep -c sg-)" 0 "--replay: with another intent"
run record /run/live/recording
is "$status" 2 "record: never over another"
for part in host sockets.rec; do
	cp -r /run/live/recording /run/live/broken
	head -c 100 "/run/live/recording/sockets.rec" >"/run/live/broken/$part"
	run --replay /run/live/broken -o json=/run/live/again.json -q
	case $part in
	host) is "$status" 2 "--replay: a host file that is none" ;;
	*) like "$(json /run/live/again.json coverage table status)" '^sockets \| error' \
		"--replay: a table that is cut off" ;;
	esac
	rm -r /run/live/broken
done
head -c 4096 /run/live/facts.db >/run/live/cut.db
run --facts /run/live/cut.db
is "$status" 2 "--facts: a file that is cut off"
like "$errors" 'cut\.db' "is named"
kill "$pid"
while [ -d "/proc/$pid" ]; do sleep 0.01; done

# ---- at night ----
export STATE_DIRECTORY=/run/live/state
mkdir -m 0700 "$STATE_DIRECTORY"
run --cron -i "$sg"
is "$status" 1 "--cron: the first run"
like "$out" '0\.0\.0\.0:6379/tcp' "--cron: prints"
run --cron -i "$sg"
is "$status" 1 "--cron: the second fails as well"
is "$out$errors" "" "--cron: but is silent"
start "$listen" -n telnet tcp4:0.0.0.0:23
run --cron -i "$sg"
like "$out" '0\.0\.0\.0:23/tcp' "--cron: a new listener is said"
run --cron -i "$sg"
is "$out$errors" "" "--cron: once"
kill "$pid"
while [ -d "/proc/$pid" ]; do sleep 0.01; done
run --cron -i "$sg"
[ -n "$out" ]
ok $? "--cron: that it has gone is said"
run --cron -i /run/live/none.json
is "$status" 2 "--cron: an error"
like "$errors" 'none\.json' "--cron: is said"
run --cron -i "$sg"
is "$out$errors" "" "--cron: and is no state of the host"
unset STATE_DIRECTORY

# ---- what makes no sense ----
refused() { # refused PATTERN ARGUMENT...
	local pattern=$1
	shift
	run "$@"
	is "$status" 2 "$*: exit 2"
	like "$errors" "$pattern" "$*: says why"
	is "$out" "" "$*: and nothing else"
}
refused 'no-such' --no-such
refused 'audti' audti
refused '"xml"' -o xml
refused 'two reports to standard output' -o text -o json
refused 'two reports to /run/live/a' -o "text=/run/live/a" -o "json=/run/live/a"
refused '"hihg"' --fail-on hihg
refused '"sometimes"' --color sometimes
refused '"0"' --timeout 0
refused '"1x"' --timeout 1x
refused 'needs --baseline' --fail-on-new
refused 'one of them' --facts /run/live/facts.db --replay /run/live/recording
refused 'usage: harden record DIR' record
refused 'usage: harden query SQL' query a b
for option in --only --skip; do
	run "$option" 'exposre/*'
	is "$status" 2 "$option exposre/*: exit 2"
	like "$errors" "$option exposre/\*" "$option exposre/*: says why"
	like "$out" 'no statement is made' "$option exposre/*: nothing is judged"
done
run -i /run/live/none.json
is "$status" 2 "an intent that is not there: exit 2"
like "$errors" 'intent.*/run/live/none\.json: No such file' "and it is named"
run -i /run/live
is "$status" 2 "an intent that is a folder: exit 2"
like "$errors" 'intent.*/run/live: not a regular file' "and it is named"
sed -e 's|10.20.0.0/16|10.20.0.0/33|' "$sg" >/run/live/wrong.json
run -i /run/live/wrong.json -o json="$report" -o text
is "$status" 2 "an intent that makes no sense: exit 2"
like "$errors" "intent /run/live/wrong\.json:$(grep -n /33 /run/live/wrong.json | cut -d: -f1): " \
	"with file and line"
is "$(json "$report" exit)" 2 "and the report says that it is none"
like "$(json "$report" error)" 'wrong\.json' "and why"
like "$out" 'wrong\.json' "the text too"
finish

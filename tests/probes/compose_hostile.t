#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Compose files that are made to hurt, and what the program says on its command line: an audit ends
# with a statement or with an error that names file and line, and never shows what a file holds that
# was only named.
set -u
cd "$(dirname "$0")/../.." || exit 2

harden=$(realpath "${B:-build}/harden")
export ASAN_OPTIONS=detect_leaks=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
number=0
options=()

# ends STATUS PATTERN NAME: an audit of c.yml by the rules of Compose files.
ends() {
	local status
	number=$((number + 1))
	timeout 200 "$harden" --timeout 100 -c c.yml "${options[@]}" --only 'compose/*' >out 2>&1
	status=$?
	if [ "$status" -eq "$1" ] && grep -qE -- "$2" out; then
		echo "ok $number - $3"
	else
		echo "not ok $number - $3"
		echo "# exit $status, expected $1 and $2"
		head -c 1000 out | sed 's/^/# /'
	fi
}

# ---- what is wrong with a file of the user's is an error, with file and line ----
printf 'services:\n  a:\n    image: x\n    ports: ["1:2:3:4"]\n' >c.yml
ends 2 'harden: compose c\.yml:4: port "1:2:3:4"' 'a bad port ends the run, with file and line'
printf 'services:\n  a: [\n' >c.yml
ends 2 'harden: compose c\.yml:[0-9]+: ' 'so does bad YAML'
printf 'services:\n  web:\n    image: caf\xe9\n' >c.yml
ends 2 'harden: compose c\.yml:3: ' 'so does what is not UTF-8'
rm c.yml
ends 2 'harden: compose c\.yml: No such file' 'so does no file at all'
mkdir c.yml
ends 2 'harden: compose c\.yml: there is no compose\.yaml, ' 'so does a folder without one'
mkdir c.yml/compose.yaml
ends 2 'harden: compose c\.yml/compose\.yaml: not a regular file' 'and one in which it is a folder'
rm -r c.yml

# ---- bombs ----
{
	echo 'x-a: &a [x,x,x,x,x,x,x,x,x,x]'
	last=a
	for name in b c d e f g h i; do
		echo "x-$name: &$name [*$last,*$last,*$last,*$last,*$last,*$last,*$last,*$last,*$last,*$last]"
		last=$name
	done
	echo 'services: {a: {image: x}}'
} >c.yml
ends 2 'c\.yml:[0-9]+: more than [0-9]+ values' 'aliases of aliases'
{
	echo 'services:'
	echo '  a0: {image: x, ports: ["1:1"]}'
	for i in $(seq 1 3000); do
		echo "  a$i: {extends: a$((i - 1)), ports: [\"$i:$i\"]}"
	done
} >c.yml
ends 2 'c\.yml:[0-9]+: (extends: |more than)' 'a chain of services that extend each other'
{
	echo 'x-a: &a {'
	for i in $(seq 1 3000); do echo "k$i: v,"; done
	echo '}'
	echo 'services:'
	for i in $(seq 1 300); do echo "  a$i: {<<: *a}"; done
} >c.yml
ends 2 'c\.yml:[0-9]+: more than [0-9]+ values' 'merge keys that make much of little'
# shellcheck disable=SC2016 # Compose expands it
printf 'services: {a: {image: "%s"}}\n' "$(printf '${A:-%.0s' $(seq 1 50))x$(printf '}%.0s' $(seq 1 50))" >c.yml
ends 2 'nested deeper' 'variables in variables in variables'
{
	printf 'services: {a: {image: x, x-deep: '
	printf '[%.0s' $(seq 1 100000)
} >c.yml
ends 2 'c\.yml:1: nested deeper than' 'a hundred thousand brackets'
{
	echo 'services:'
	for i in $(seq 1 5000); do echo "  s$i: {image: x}"; done
} >c.yml
ends 2 'c\.yml:1: a mapping of more than' 'five thousand services'
for i in $(seq 1 300); do echo "include: [f$((i + 1)).yml]" >"f$i.yml"; done
mv f1.yml c.yml
ends 2 'include one another in a circle, or more than' 'three hundred files that include each other'
rm -f f*.yml

# ---- much is not bad ----
{
	echo 'services: {a: {image: "nginx:1.25"}}'
	echo 'x-text: |'
	line=$(printf 'x%.0s' $(seq 1 1000))
	for i in $(seq 1 10000); do echo "  $line"; done
} >c.yml
ends 0 'PASS' '10 MB in one text'

# ---- what was only named is not repeated ----
printf 'root:x:secret-content\n-----KEY-----\n' >named.env
printf 'services: {a: {image: x, env_file: named.env}}\n' >c.yml
ends 2 'compose named\.env:2: not a line' 'a file of variables that is none'
number=$((number + 1))
! grep -q -e 'secret-content' -e KEY out && echo "ok $number - and what it holds is not shown" ||
	echo "not ok $number - and what it holds is not shown"

# ---- who else has a file of passwords ----
# variables NAME EXPECTED: has_secret, is_readable and is_tracked of the files of variables
variables() {
	number=$((number + 1))
	timeout 200 "$harden" -c c.yml query "SELECT file || ' ' || has_secret || is_readable || is_tracked
		AS files FROM compose_files WHERE role = 'variables'" 2>&1 | sed -e '/^files$/d' | tr '\n' ' ' >out
	if [ "$(cat out)" = "$2" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		sed 's/^/# /' out
	fi
}
rm -f ./*.env c.yml
chmod 755 .
printf 'services: {a: {image: "x:1", env_file: [open.env, closed.env, versions.env, sub/dark.env]}}\n' >c.yml
mkdir -m 700 sub
echo 'DB_PASSWORD=0123456789abcdef' | tee open.env closed.env sub/dark.env >/dev/null
echo 'TAG=1.2' >versions.env
chmod 644 ./*.env sub/dark.env
chmod 600 closed.env
variables 'what others can read' 'open.env 110 closed.env 100 versions.env 010 sub/dark.env 100 '
if command -v git >/dev/null; then
	git init -q . && git add -f closed.env sub/dark.env
	variables 'what is in the repository' 'open.env 110 closed.env 101 versions.env 010 sub/dark.env 101 '
	rm -rf .git
	git init -q elsewhere
	mv elsewhere/.git real.git
	echo 'gitdir: real.git' >.git
	git add open.env
	variables 'a .git that names its folder' 'open.env 111 closed.env 100 versions.env 010 sub/dark.env 100 '
	rm -rf .git real.git
fi
if [ "$(id -u)" -eq 0 ]; then
	# somebody else's Compose file does not open root's own files to him
	chown 65534 c.yml
	chmod 600 closed.env
	number=$((number + 1))
	timeout 200 "$harden" -c c.yml --only compose/secret-in-environment >out 2>&1
	if [ $? -eq 3 ] && grep -q 'c.yml:1: env_file closed.env could not be read: Permission denied' out; then
		echo "ok $number - a file that the owner of the Compose file cannot read is not read for him"
	else
		echo "not ok $number - a file that the owner of the Compose file cannot read is not read for him"
		head -c 1000 out | sed 's/^/# /'
	fi
	chown 0 c.yml
fi

# ---- a folder, and what its .env file names ----
rm -rf ./*.env c.yml .env sub
mkdir c.yml
good='services: {a: {image: "nginx:1.25", user: "1000"}}'
echo "$good" >c.yml/good.yml
echo 'COMPOSE_FILE=good.yml' >c.yml/.env
ends 0 PASS 'a folder by its .env file'
echo "$good" >above.yml
printf 'COMPOSE_FILE=../above.yml:%s/c.yml/good.yml\n' "$work" >c.yml/.env
ends 0 PASS 'above the folder, and by an absolute path'
echo 'COMPOSE_FILE=.env' >c.yml/.env
ends 2 'compose c\.yml/\.env:1: ' 'a .env file that names itself'
echo 'COMPOSE_FILE=.' >c.yml/.env
ends 3 'COMPOSE_FILE names \., which could not be read: Is a directory' 'and one that names its folder'
mkfifo c.yml/pipe
echo 'COMPOSE_FILE=good.yml:pipe' >c.yml/.env
ends 3 'COMPOSE_FILE names pipe, which could not be read: not a regular file' 'a FIFO that nobody writes'
echo 'COMPOSE_FILE=/proc/kmsg:/dev/zero:good.yml' >c.yml/.env
ends 3 'COMPOSE_FILE names /proc/kmsg, which could not be read: ' 'a file of the kernel'
printf 'COMPOSE_FILE=%s\n' "$(printf 'x%.0s:' $(seq 1 8000))" >c.yml/.env
ends 2 'compose c\.yml: COMPOSE_FILE names more than [0-9]+ files' 'eight thousand names'
printf 'COMPOSE_FILE=good.yml:%s\n' "$(printf 'x/%.0s' $(seq 1 6000))" >c.yml/.env
ends 3 'could not be read: File name too long' 'a name that is too long'
printf 'COMPOSE_FILE=good.yml:\033[31m\n' >c.yml/.env
ends 3 'COMPOSE_FILE names \\x1b\[31m, which could not be read' 'a name that a terminal would obey'
printf '\0\1\2\377' >c.yml/.env
ends 2 'compose c\.yml/\.env:1: no text' 'a .env file that is none'
rm c.yml/.env c.yml/pipe
mkfifo c.yml/.env
echo "$good" >c.yml/compose.yaml
ends 3 'c\.yml/\.env, which variables come from, could not be read: Invalid argument' 'a .env that is a FIFO'
rm c.yml/.env
ends 0 PASS 'a folder by the names that Compose has'
mkdir c.yml/.env
ends 0 PASS 'a .env that is a folder, as one of Python, is none'
rmdir c.yml/.env

# ---- who else could have named it ----
# refused FILE NAME [STATUS]: the file that COMPOSE_FILE names is not read; 1 where others can write.
refused() {
	ends "${3:-3}" "COMPOSE_FILE names $1, which could not be read: Permission denied" "$2"
}
if [ "$(id -u)" -eq 0 ]; then
	printf 'COMPOSE_FILE=good.yml:/etc/shadow\n' >c.yml/.env
	chown 65534 c.yml
	refused /etc/shadow "somebody else's folder does not open /etc/shadow" 1
	ends 1 'could be changed by others than root and the caller: directory .*c\.yml: owned by uid 65534' \
		'which is a finding'
	chown 0 c.yml
	chmod 1777 c.yml
	refused /etc/shadow 'nor does one that everybody can write to'
	chmod 775 c.yml
	chgrp 65534 c.yml
	refused /etc/shadow 'or a group' 1
	chgrp 0 c.yml
	chmod 755 c.yml
	chown 65534 c.yml/.env
	refused /etc/shadow 'nor a .env file of somebody else'
	chown 0 c.yml/.env
	chmod 600 c.yml/good.yml
	echo 'COMPOSE_FILE=good.yml' >c.yml/.env
	ends 0 PASS "root's own folder opens what is root's alone"
	rm c.yml/.env
	ln -sf /etc/shadow c.yml/.env
	chown 65534 c.yml
	ends 1 'c\.yml/\.env, which variables come from, could not be read: Permission denied' 'a link to /etc/shadow as .env'
	rm c.yml/.env
	chown 0 c.yml
fi

# ---- files of variables of the command line ----
# with_file FILE STATUS PATTERN NAME: as ends, with --env-file FILE.
with_file() {
	local file=$1
	shift
	options=(--env-file "$file")
	ends "$@"
	options=()
}
rm -r c.yml
# shellcheck disable=SC2016 # Compose expands it
echo 'services: {a: {image: "nginx:$TAG", user: "1000"}}' >c.yml
mkdir folder
with_file folder 2 'env-file folder: not a regular file' 'a folder as a file of variables'
head -c 17000000 /dev/zero | tr '\0' '#' >huge
with_file huge 2 'env-file huge: larger than' 'one that is huge'
seq -f 'V%.0f=1' 1 10000 >huge
with_file huge 2 'compose huge:[0-9]+: too many variables' 'ten thousand variables'
printf 'TAG=1\n\0\1\377' >binary
with_file binary 2 'compose binary:1: no text' 'one that is none'
with_file /dev/null 0 PASS 'none at all'
mkfifo pipe
echo 'TAG=latest' >pipe &
with_file pipe 0 'compose/floating-tag' 'a pipe, which can be read only once'
wait
printf 'TAG=1.25\nroot of secret-content\n' >binary
with_file binary 2 'compose binary:2: not a line' 'one with a line that is none'
number=$((number + 1))
grep -q binary:2 out && ! grep -q secret-content out && echo "ok $number - and what it holds is not shown" ||
	echo "not ok $number - and what it holds is not shown"

# ---- a recording of a folder, and without its .env file ----
# replayed PATTERN NAME: what a recording of the folder c.yml says.
replayed() {
	number=$((number + 1))
	rm -rf recording
	timeout 200 "$harden" -c c.yml --only 'compose/*' record recording >out 2>&1
	timeout 200 "$harden" --replay recording query 'SELECT service, tag FROM compose_services' >out 2>&1
	if grep -qE -- "$1" out && { [ -z "${3:-}" ] || grep -qE -- "$3" out; }; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		head -c 1000 out | sed 's/^/# /'
	fi
}
rm c.yml
mkdir c.yml
echo "$good" >c.yml/compose.yaml
replayed '^a.1\.25' 'a recording of a folder'
number=$((number + 1))
grep -q 1.25 out && ! grep -q partial out && echo "ok $number - is complete without a .env file" ||
	echo "not ok $number - is complete without a .env file"
echo 'TAG=1.25' >c.yml/.env
replayed 'partial: c\.yml/\.env, which variables come from, could not be read: recordings leave it out' \
	'with one it says that it is left out' '^a.1\.25'
rm -r c.yml recording

# ---- secrets are in no output ----
printf 'services: {a: {image: "x:1", environment: {DB_PASSWORD: a-very-long-secret-value}, env_file: ok.env}}\n' >c.yml
printf 'API_TOKEN=another-long-secret-value\nROOT_PASSWORD=hunter22\n' >ok.env
chmod 644 ok.env
timeout 200 "$harden" -c c.yml --only 'compose/*' -o json=json -o text=text -o sarif=sarif \
	--save facts -vv 2>err
record=recording
timeout 200 "$harden" -c c.yml --only 'compose/*' record "$record" >>err 2>&1
number=$((number + 1))
if grep -q DB_PASSWORD json && ! grep -qaE 'long-secret-value|hunter22' json text sarif facts err; then
	echo "ok $number - no report and no fact repeats a secret"
else
	echo "not ok $number - no report and no fact repeats a secret"
fi
number=$((number + 1))
if [ -e "$record" ] && ! grep -rqa 'another-long-secret' "$record"; then
	echo "ok $number - a recording leaves files of variables out"
else
	echo "not ok $number - a recording leaves files of variables out"
fi
number=$((number + 1))
timeout 200 "$harden" --facts facts -c c.yml >out 2>&1
if [ $? -eq 2 ] && grep -q -- '--compose' out; then
	echo "ok $number - facts hold their Compose files"
else
	echo "not ok $number - facts hold their Compose files"
fi
echo "1..$number"

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The documents agree with the program: what --help lists is in the manual page and in both
# completions, and they list nothing else; each rule and table has its line; what the documents
# show as files is read by the program, and what they link to is there.
set -u
cd "$(dirname "$0")/../.." || exit 2

harden=${B:-build}/harden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0

# result STATUS NAME: STATUS 0 passes.
result() {
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
	fi
}

# same FILE FILE NAME: the lists are equal, and not empty.
same() {
	local status
	diff -u "$1" "$2" >"$work/diff"
	status=$?
	[ -s "$1" ] || status=1
	result "$status" "$3"
	[ "$status" -eq 0 ] || sed 's/^/# /' "$work/diff"
}

# ---- options ----

"$harden" --help >"$work/help"
result $? "harden --help succeeds"
"$harden" help | cmp -s - "$work/help"
result $? "harden help says the same"

# "  -i, --intent FILE" of --help: "i intent", or "- fail-on"
sed -nE 's/^  (-([a-z]), |    )--([a-z-]+)( .*)?$/\2 \3/p' "$work/help" |
	sed 's/^ /- /' | sort >"$work/options"

# ".It Fl i , Fl -intent Ar FILE"
sed -nE -e 's/^\.It Fl ([a-z]) , Fl -([a-z-]+)( .*)?$/\1 \2/p' \
	-e 's/^\.It Fl -([a-z-]+)( .*)?$/- \1/p' harden.8 | sort >"$work/man"
same "$work/options" "$work/man" "harden.8 describes the options of --help"

cut -d ' ' -f 2 "$work/options" | sort >"$work/long"
grep -oE -- '--[a-z][a-z-]+' completions/harden.bash | sed 's/^--//' | sort -u >"$work/bash"
same "$work/long" "$work/bash" "completions/harden.bash offers the options of --help"
grep -oE -- '--[a-z][a-z-]+' completions/_harden | sed 's/^--//' | sort -u >"$work/zsh"
same "$work/long" "$work/zsh" "completions/_harden offers the options of --help"

while read -r short long; do
	output=$("$harden" "--$long=x" --no-such-option 2>&1 >/dev/null)
	! grep -q "unrecognized option '--$long" <<<"$output"
	result $? "--$long ($short) is an option of the program"
done <"$work/options"

# ---- commands ----

sed -nE 's/^  harden ([a-z]+) .*/\1/p' "$work/help" | sort >"$work/commands"
sed -nE 's/^\.It Cm ([a-z]+)( (Op )?Ar [A-Z]+)?$/\1/p' harden.8 |
	grep -vxE 'allow|waive|settings|certificates' | sort >"$work/man"
same "$work/commands" "$work/man" "harden.8 describes the commands of --help"
for file in completions/harden.bash completions/_harden; do
	while read -r command; do
		grep -qwF -- "$command" "$file"
		result $? "$file offers the command $command"
	done <"$work/commands"
done

# ---- formats, environment, files ----

sed -nE '/^formats:/,/^$/s/^  ([a-z]+) .*/\1/p' "$work/help" >"$work/formats"
while read -r format; do
	grep -qE "^\.Cm $format( |$)" harden.8 && grep -qw "$format" completions/harden.bash &&
		grep -qw "$format" completions/_harden
	result $? "the format $format is in harden.8 and both completions"
done <"$work/formats"

# getenv() of ours
grep -ohE 'getenv\("[A-Z_]+"\)' ./*.c lib/*.c audit/*.c audit/*/*.c rules/*.c reports/*.c |
	sed 's/.*"\(.*\)".*/\1/' | sort -u >"$work/code"
sed -nE 's/^\.It Ev ([A-Z_]+)$/\1/p' harden.8 | grep -vx LC_CTYPE | sort >"$work/man"
same "$work/code" "$work/man" "harden.8 describes the environment that the program reads"

for path in $(sed -nE 's,^#define CONFIG_[A-Z]+ "(.*)",\1,p' pipeline.h) \
	"$(sed -nE 's,^#define STATE_FOLDER "([^"]*)".*,\1,p' pipeline.h)"; do
	grep -qF "It Pa $path" harden.8
	result $? "harden.8 names $path"
done

# ---- rules and tables ----

"$harden" rules >"$work/list"
result $? "harden rules succeeds"
(cd rules && printf '%s\n' */*.sql) | sed 's/\.sql$//' | sort >"$work/files"
awk '{ print $1 }' "$work/list" | sort >"$work/listed"
same "$work/files" "$work/listed" "harden rules lists each rule of rules/, and no other"
"$harden" tables >"$work/tables"
for probe in audit/probes/*.c; do
	table=$(basename "$probe" .c)
	grep -qE "^  $table +[A-Z]" "$work/tables" && "$harden" tables "$table" >/dev/null
	result $? "harden tables describes $table"
done

# ---- what the documents show ----

# the block of harden.8 that begins with the line
shown() {
	awk -v first="$1" '/^\.Bd/ { text = ""; on = 1; next }
		/^\.Ed/ { if (index(text, first) == 1) printf "%s", text; on = 0 }
		on { text = text $0 "\n" }' harden.8
}

shown 'allow:' >"$work/harden.yaml"
shown '-- title:' >"$work/rule.sql"
mkdir -p "$work/rules/example"
cp "$work/rule.sql" "$work/rules/example/database-open.sql"
"$harden" --intent "$work/harden.yaml" --rules "$work/rules" --fail-on none -o text \
	>"$work/out" 2>&1
status=$?
[ -s "$work/harden.yaml" ] && [ -s "$work/rule.sql" ] && { [ "$status" -eq 0 ] || [ "$status" -eq 3 ]; }
result $? "the policy and the rule that harden.8 shows are read"
[ "$status" -ne 2 ] || sed 's/^/# /' "$work/out"
"$harden" --rules "$work/rules" rules example/database-open >/dev/null
result $? "harden rules shows a rule of --rules"

# missing FILE PATTERN: what the pattern finds in the file and is not there; \1 is the path.
missing() {
	[ -s "$1" ] || echo "$1"
	perl -ne 'while (/'"$2"'/g) { print "$1\n" unless -e $1 || $1 =~ m{NAME|AREA|kernel} }' "$1"
}
for file in README.md CONTRIBUTING.md SECURITY.md; do
	lost=$(missing "$file" '\]\((?!https?:)([^)#]+)')
	[ -z "$lost" ]
	result $? "$file links to files that are there $lost"
	# `audit/probe.h` and the like, but not what a reader is told to write
	# shellcheck disable=SC2016 # the backquotes are those of Markdown
	lost=$(missing "$file" '`((?:lib|audit|rules|reports|tests|ci|completions)\/[\w.\/-]+)`')
	[ -z "$lost" ]
	result $? "$file names files that are there $lost"
done

# every variable that is the user's to set
for name in CC CFLAGS CPPFLAGS LDFLAGS PREFIX DESTDIR V B WERROR SAN FUZZ_SECONDS; do
	grep -qE "^\| \`$name\`" README.md
	result $? "README.md describes the make variable $name"
done

bash -n completions/harden.bash
result $? "completions/harden.bash is bash"

# ---- limits ----

"$harden" --only self/clock-untrusted -o json 2>/dev/null |
	perl -MJSON::PP -0777 -ne 'print "$_\n" for @{decode_json($_)->{limits}}' >"$work/limits"
# the bullets of README's "What it does not see", a line each
sed -n '/^## What it does not see/,/^## Make/p' README.md | tr -d '\140' |
	awk '/^- /{if (line) print line; line = substr($0, 3); next} /^  /{line = line " " substr($0, 3)}
		END {print line}' >"$work/told"
same "$work/limits" "$work/told" "README has the limits that each report prints"

echo "1..$number"

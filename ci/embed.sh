#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the C file that holds the vocabulary and the built-in rules.
# Usage: ci/embed.sh VOCABULARY.sql RULE.sql...   (a rule is .../AREA/NAME.sql)
set -eu
export LC_ALL=C

# One string literal for each line of a file.
literal() {
	printf '\t""\n'
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/\t"/' -e 's/$/\\n"/' "$1"
}

printf '/* Made by ci/embed.sh: edit the .sql files. */\n#include "rules/judge.h"\n\n'
printf 'const char vocabulary_sql[] =\n'
literal "$1"
printf '\t;\n'
shift

number=0
for rule; do
	printf '\nstatic const char rule_%d[] =\n' "$number"
	literal "$rule"
	printf '\t;\n'
	number=$((number + 1))
done

printf '\nconst struct rule_source rule_sources[] = {\n'
number=0
for rule; do
	area=$(basename "$(dirname "$rule")")
	printf '\t{"%s/%s", rule_%d, sizeof(rule_%d) - 1},\n' "$area" "$(basename "$rule")" \
		"$number" "$number"
	number=$((number + 1))
done
printf '\t{NULL, NULL, 0},\n};\n'

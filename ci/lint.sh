#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Looks at the sources without running them, and prints each offender as FILE:LINE: WHAT.
# Usage: ci/lint.sh [format|tidy|cppcheck|shell|words|banned|shape]...   (default: all)
set -u
shopt -s lastpipe # so that the end of a pipe can set `failed`
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C.UTF-8

failed=0
max_lines=400

mapfile -t c_files < <(find ./*.[ch] lib audit rules fixers reports tests -name '*.[ch]' 2>/dev/null |
	sed 's,^\./,,' | sort)
mapfile -t c_units < <(printf '%s\n' "${c_files[@]}" | grep '\.c$')
mapfile -t shell_files < <(find ci tests .ci -name '*.sh' -o -name '*.t' -o -name run | sort)
mapfile -t rule_files < <(find rules -name '*.sql' | sort)

# offend MESSAGE...: one offender a line.
offend() {
	[ $# -gt 0 ] || return 0
	printf '%s\n' "$@"
	failed=1
}

# none NAME: reads offenders from standard input.
none() {
	local found
	mapfile -t found
	offend "${found[@]}"
}

lint_format() {
	clang-format-14 --dry-run -Werror "${c_files[@]}" || failed=1
}

# The slowest by far, so side by side; one file a run, since given more the analyzer of clang 14
# takes each va_list for uninitialized. On stderr there is only how much it left out.
lint_tidy() {
	local -a flags
	eval "flags=($("${MAKE:-make}" -s --no-print-directory print-flags))"
	# shellcheck disable=SC2016 # the inner shell expands them
	printf '%s\n' "${c_units[@]}" |
		xargs -P "$(nproc)" -n 1 bash -c '
			clang-tidy-14 --quiet "${@: -1}" -- "${@:1:$#-1}" 2>/dev/null' bash "${flags[@]}" ||
		failed=1
}

lint_cppcheck() {
	cppcheck --quiet --enable=warning,performance,portability --std=c11 --error-exitcode=1 \
		--inline-suppr --suppress=missingIncludeSystem -j "$(nproc)" -I . -D_GNU_SOURCE \
		-DVERSION='""' --template='{file}:{line}: {message} [{id}]' \
		"${c_units[@]}" || failed=1
}

lint_shell() {
	shellcheck --format=gcc "${shell_files[@]}" completions/harden.bash || failed=1
}

lint_words() {
	mandoc -T lint -W warning harden.8 || failed=1
	codespell --quiet-level=2 --ignore-words-list=nd,iif \
		./*.md harden.8 Makefile ci completions lib audit rules reports \
		tests ./*.[ch] --skip='*/corpus/*' || failed=1
}

# Functions that have a better one, and comments of the other kind; strings are not looked at.
lint_banned() {
	perl -ne '
		BEGIN { $banned = join "|", qw(strcpy strcat strncpy strncat sprintf vsprintf strtok
			atoi gets system popen alloca gmtime localtime) }
		($code = $_) =~ s/"(\\.|[^"\\])*"/""/g;
		print "$ARGV:$.: a comment that is not /* */\n" if $code =~ m{//};
		$code =~ s{/\*.*?(\*/|$)}{};
		print "$ARGV:$.: $1() is banned\n" if $code =~ /\b($banned)\s*\(/;
		close ARGV if eof' "${c_files[@]}" | none
}

# Which stages a stage may include: only those that come before it.
may_include() {
	case $1 in
	lib) echo 'lib' ;;
	audit) echo 'lib|audit' ;;
	rules) echo 'lib|audit|rules' ;;
	reports) echo 'lib|rules|reports' ;;
	fixers) echo 'lib|rules|fixers' ;;
	*) echo 'lib|audit|rules|fixers|reports' ;;
	esac
}

lint_includes() {
	local file stage
	for file in "${c_files[@]}"; do
		stage=${file%%/*}
		case $stage in
		lib | audit | rules | reports | fixers) ;;
		*) continue ;;
		esac
		grep -nE '^#include "' "$file" |
			grep -vE "^[0-9]+:#include \"($(may_include "$stage"))/" |
			sed "s,^\([0-9]*\):\(.*\),$file:\1: \2: $stage/ may not include this," | none
	done
	# a plugin knows its own stage, never another plugin
	grep -nE '^#include "(audit/probes|reports/[a-z_]+\.c|fixers/[a-z_]+\.c)' "${c_files[@]}" |
		grep -v '^tests/' | sed 's/$/: includes a plugin/' | none
}

lint_shape() {
	local file rule
	for file in "${c_files[@]}" "${shell_files[@]}"; do
		awk -v max="$max_lines" -v file="$file" \
			'END { if (NR > max) print file ":" NR ": more than " max " lines" }' "$file"
	done | none
	for file in "${c_files[@]}" "${shell_files[@]}"; do
		head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
			offend "$file:1: no SPDX line"
	done
	grep -nE '\b(TO''DO|FIX''ME)\b' "${c_files[@]}" "${shell_files[@]}" "${rule_files[@]}" Makefile |
		sed 's/$/  [belongs into an issue]/' | none
	for rule in rules/*/*.sql; do
		[ -f "tests/$rule" ] || offend "$rule:1: there is no tests/$rule"
	done
	for rule in tests/rules/*/*.sql; do
		[ -f "${rule#tests/}" ] || offend "$rule:1: tests a rule that is not there"
	done
	for file in "${shell_files[@]}"; do
		[ -x "$file" ] || ! grep -q '^#!' "$file" || offend "$file:1: cannot be executed"
	done
	lint_includes
}

[ $# -gt 0 ] || set -- format shell words banned shape cppcheck tidy
for step; do
	echo "lint: $step"
	case $step in
	format) lint_format ;;
	shell) lint_shell ;;
	words) lint_words ;;
	banned) lint_banned ;;
	shape) lint_shape ;;
	cppcheck) lint_cppcheck ;;
	tidy) lint_tidy ;;
	*)
		echo "lint.sh: there is no such step" >&2
		exit 2
		;;
	esac
done
exit "$failed"

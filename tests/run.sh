#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The gate, which is what `make test` runs: fast layers first, and the first one that fails ends
# it. The last layer is one prove over every test of the plain build, so that the run closes with
# one count.
# Usage: tests/run.sh   (FUZZ_SECONDS for each harness, default 5)
set -eu

jobs=$(nproc)
plain=build/test # folders of their own: objects do not know the flags that they were made with
asan=build/asan

build() {
	"${MAKE:-make}" --no-print-directory -j"$jobs" WERROR=1 "$@"
}

layer() {
	name=$1
	shift
	echo "== $name"
	started=$(date +%s)
	if ! "$@"; then
		echo "make test: layer \"$name\" failed" >&2
		exit 1
	fi
	echo "== $name: passed in $(($(date +%s) - started)) s"
}

# What is installed runs from there, is all there, and goes again.
install_smoke() {
	place=$(mktemp -d)
	build install B="$plain" DESTDIR="$place" PREFIX=/usr >/dev/null &&
		"$place/usr/sbin/harden" --version &&
		"$place/usr/sbin/harden" rules >/dev/null &&
		mandoc -T utf8 "$place/usr/share/man/man8/harden.8" >/dev/null &&
		[ -s "$place/usr/share/bash-completion/completions/harden" ] &&
		[ -s "$place/usr/share/zsh/site-functions/_harden" ] &&
		build uninstall B="$plain" DESTDIR="$place" PREFIX=/usr >/dev/null &&
		[ -z "$(find "$place" -type f)" ] &&
		rm -r "$place"
}

layer "build with gcc" build B="$plain" all
layer "tests" build B="$plain" check
layer "lint" ci/lint.sh
layer "build with clang" build B=build/clang CC=clang-14 all
layer "tests under ASan and UBSan" build B="$asan" SAN=address,undefined check
layer "fuzz" env FUZZ_SECONDS="${FUZZ_SECONDS:-5}" "${MAKE:-make}" --no-print-directory \
	-j"$jobs" B="$plain" fuzz
layer "install" install_smoke
echo "== all tests, with the live ones"
build B="$plain" check-all # the last words are prove's

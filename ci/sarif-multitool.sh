#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the SARIF Multitool (the reference validator, from npm) into the cache, once, and prints
# the path of its binary; the schema sarif-2.1.0.json is beside it. Exits with 77, and a reason on
# stderr, where npm is missing or cannot reach its registry.
set -eu

version=5.7.0
# The wrapper package @microsoft/sarif-multitool only finds out that this one is for Linux.
package=@microsoft/sarif-multitool-linux
folder=${XDG_CACHE_HOME:-$HOME/.cache}/harden-ci/sarif-multitool-$version
binary=$folder/node_modules/$package/Sarif.Multitool

if [ ! -x "$binary" ]; then
	if ! command -v npm >/dev/null; then
		echo "sarif-multitool: npm is not installed" >&2
		exit 77
	fi
	mkdir -p "$folder"
	# no script of the package runs; what its own would do is the chmod below
	if ! npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-save \
		--loglevel=error "$package@$version" >&2; then
		echo "sarif-multitool: npm could not install $package@$version" >&2
		exit 77
	fi
	chmod 0755 "$binary"
fi
echo "$binary"

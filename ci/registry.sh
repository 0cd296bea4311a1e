#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the C file that lists the plugins of a folder.
# Usage: ci/registry.sh probe|report HEADER NAME...
set -eu

kind=$1
header=$2
shift 2
case $kind in
probe) struct=probe ;;
report) struct=report_format ;;
*)
	echo "registry.sh: no such kind: $kind" >&2
	exit 2
	;;
esac

printf '/* Made by ci/registry.sh: the folder is the registry. */\n#include "%s"\n\n' "$header"
for name; do
	printf 'extern const struct %s %s_%s;\n' "$struct" "$kind" "$name"
done
printf '\nconst struct %s_entry %s_registry[] = {\n' "$kind" "$kind"
for name; do
	printf '\t{"%s", &%s_%s},\n' "$name" "$kind" "$name"
done
printf '\t{NULL, NULL},\n};\n'

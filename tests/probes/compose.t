#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Compose files of every shape, each a folder in tests/probes/compose/ with the rows that it must give
# in `expected`, and the findings in `findings` if there is one. The folder's `args` has the options, else it is -c compose.yml; `env` has the
# caller's environment. UPDATE=1 writes `expected` anew: then read the diff.
set -u
cd "$(dirname "$0")/../.." || exit 2

harden=$(realpath "${B:-build}/harden")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0

# All tables as lines, in the order of the file; what is 0 or NULL is left out.
select='SELECT line FROM (
SELECT 1 AS part, rowid AS row, project || " " || service || coalesce(" image=" || image, "")
	|| coalesce(" name=" || image_name, "") || coalesce(" tag=" || tag, "") || coalesce(" digest=" || digest, "")
	|| CASE WHEN is_image_unknown THEN " unknown" ELSE "" END || CASE WHEN has_build THEN " build" ELSE "" END
	|| coalesce(" dockerfile=" || dockerfile, "") || coalesce(" user=" || user || "@" || user_line, "")
	|| CASE WHEN privileged THEN " privileged" ELSE "" END || coalesce(" cap_add=" || cap_add, "")
	|| coalesce(" cap_drop=" || cap_drop, "") || coalesce(" security_opt=" || security_opt, "")
	|| CASE WHEN no_new_privileges THEN " no_new_privileges" ELSE "" END
	|| coalesce(" network=" || network_mode, "") || coalesce(" pid=" || pid_mode, "")
	|| coalesce(" ipc=" || ipc_mode, "") || coalesce(" userns=" || userns_mode, "")
	|| CASE WHEN read_only THEN " read_only" ELSE "" END || coalesce(" profiles=" || profiles, "")
	|| " " || file || ":" || line AS line FROM compose_services
UNION ALL SELECT 2, rowid, "port " || service || " " || coalesce(address, "*") || " " || coalesce(host_first || "-" || host_last, "any")
	|| " " || coalesce(port_first || "-" || port_last, "?") || "/" || protocol
	|| CASE WHEN is_unknown THEN " unknown" ELSE "" END || " " || file || ":" || line FROM compose_ports
UNION ALL SELECT 3, rowid, "mount " || service || " " || kind || coalesce(" volume=" || volume, "") || coalesce(" " || source, "")
	|| " on " || target || CASE WHEN is_writable THEN " rw" ELSE " ro" END
	|| CASE WHEN is_unknown THEN " unknown" ELSE "" END || " " || file || ":" || line FROM compose_mounts
UNION ALL SELECT 4, rowid, "variable " || service || " " || name || " " || verdict || " " || origin || " " || file || ":" || line
	FROM compose_environment
UNION ALL SELECT 5, rowid, "file " || file || " " || role || CASE WHEN is_given THEN " given" ELSE "" END
	|| CASE WHEN has_secret THEN " secret" ELSE "" END FROM compose_files
UNION ALL SELECT 6, rowid, "stage " || service || " " || file || " " || stage || coalesce(" " || name, "")
	|| CASE WHEN is_final THEN " final" ELSE "" END || CASE WHEN is_shipped THEN " shipped" ELSE "" END
	|| " image=" || image || " name=" || image_name || coalesce(" tag=" || tag, "") || coalesce(" digest=" || digest, "")
	|| coalesce(" base=" || base_stage, "") || coalesce(" user=" || user, "")
	|| coalesce(" secrets=" || secrets || "@" || secrets_line, "") || coalesce(" handed=" || handed || "@" || handed_line, "")
	|| coalesce(" keys=" || keys || "@" || keys_line, "") || " line " || line FROM dockerfile_stages
) ORDER BY part, row'
select=${select//\"/\'}

# rows FOLDER: what harden says of it, with the folder's own path as DIR, and its parent's as ABOVE.
rows() {
	local folder=$1 args='-c compose.yml'
	local -a variables=(HOME=/home/me)
	[ ! -e "$folder/args" ] || args=$(cat "$folder/args")
	[ ! -e "$folder/env" ] || mapfile -t -O 1 variables <"$folder/env"
	(
		cd "$folder" || exit 2
		# shellcheck disable=SC2086 # several options
		env -i "${variables[@]}" ASAN_OPTIONS=detect_leaks=0 \
			"$harden" --timeout 100 $args query "$select" 2>"$work/errors"
		echo "exit $?"
		# one line, whichever of the tables came first
		sed -E 's/^harden: (table [a-z_]+ is )?//' "$work/errors" | sort -u
	) | sed -e "s,$(realpath "$folder"),DIR,g" -e "s,$(realpath "$folder/.."),ABOVE,g" -e '/^line$/d'
}

# findings FOLDER: the rules of Compose files and Dockerfiles; who may write them depends on the checkout.
findings() {
	(
		cd "$1" || exit 2
		env -i HOME=/home/me ASAN_OPTIONS=detect_leaks=0 "$harden" --timeout 100 -c compose.yml --quiet \
			--only 'compose/*' --only 'dockerfile/*' --skip compose/compose-writable 2>&1
		echo "exit $?"
	) | grep -v '^harden: '
}

# check FOLDER FILE NAME: $work/FILE is what the folder has under that name.
check() {
	number=$((number + 1))
	[ -z "${UPDATE:-}" ] || cp "$work/$2" "$1/$2"
	if diff -u "$1/$2" "$work/$2" >"$work/diff"; then
		echo "ok $number - $3"
	else
		echo "not ok $number - $3"
		sed 's/^/# /' "$work/diff"
	fi
}

shopt -s nullglob
for folder in tests/probes/compose/*/; do
	folder=${folder%/}
	rows "$folder" >"$work/expected"
	check "$folder" expected "$(basename "$folder")"
	[ -e "$folder/findings" ] || continue
	findings "$folder" >"$work/findings"
	check "$folder" findings "findings of $(basename "$folder")"
done
[ "$number" -gt 0 ] || echo "not ok 1 - no cases"
echo "1..$number"

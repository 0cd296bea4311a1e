#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Foreign validators judge what harden writes: JSON by our schema, SARIF by the standard's schema
# and by the SARIF Multitool, with the rules of GitHub's ingestion switched on. REPORT_CHECK names
# a further program that is run on each SARIF file.
#
# Where a tool is missing, its tests are skipped; in CI (CI=true) they fail.
set -u
cd "$(dirname "$0")/../.." || exit 2

writer=${B:-build}/tests/reports/golden
python=/usr/bin/python3 # Debian's, which python3-jsonschema belongs to
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

# missing WHAT: a tool is not here.
missing() {
	if [ "${CI:-}" = true ]; then
		result 1 "$1"
	else
		number=$((number + 1))
		echo "ok $number # SKIP $1"
	fi
}

# show FILE: its lines as TAP diagnostics.
show() {
	sed 's/^/# /' "$1"
}

# Prints what is wrong; the format checker also looks at dates and URIs.
schema() { # SCHEMA FILE
	"$python" - "$1" "$2" <<'PYTHON'
import json, sys
import jsonschema

def once(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        sys.exit("a name occurs twice in one object")
    return dict(pairs)

schema = json.load(open(sys.argv[1], encoding="utf-8"))
document = json.load(open(sys.argv[2], encoding="utf-8"), object_pairs_hook=once)
kind = jsonschema.validators.validator_for(schema)
kind.check_schema(schema)
checker = kind(schema, format_checker=jsonschema.FormatChecker())
errors = list(checker.iter_errors(document))
for error in errors[:10]:
    print("/".join(map(str, error.absolute_path)), error.message[:200])
sys.exit(1 if errors else 0)
PYTHON
}

# The tool's exit status does not tell, so its log is read: no result of any level, and no
# notification, which is how it says that it could not go on.
findings() { # LOG
	"$python" - "$1" <<'PYTHON'
import json, sys

log = json.load(open(sys.argv[1], encoding="utf-8-sig"))
found = [r.get("ruleId", "?") + " " + json.dumps(r["message"]) + " "
         + json.dumps(r.get("locations", ""))[:200]
         for run in log["runs"] for r in run.get("results") or []]
found += [json.dumps(n) for run in log["runs"] for i in run.get("invocations", [])
          for n in i.get("toolExecutionNotifications", [])]
print("\n".join(found))
sys.exit(1 if found else 0)
PYTHON
}

# GH1001 to GH1007 are off by default. SARIF2003 wants the source repository of what was looked
# at, which a host does not have; SARIF2006 fetches every URL.
policy() {
	local rule
	echo '<?xml version="1.0" encoding="utf-8"?><Properties>'
	for rule in GH1001.ProvideRequiredLocationProperties GH1002.InlineThreadFlowLocations \
		GH1003.ProvideRequiredRegionProperties \
		GH1004.ReviewArraysThatExceedConfigurableDefaults \
		GH1005.LocationsMustBeRelativeUrisOrFilePaths GH1006.ProvideCheckoutPath \
		GH1007.ProvideFullyFormattedMessageStrings; do
		echo "<Properties Key='$rule.Options'><Property Key='RuleEnabled' Value='Error' /></Properties>"
	done
	for rule in SARIF2003.ProvideVersionControlProvenance SARIF2006.UrisShouldBeReachable; do
		echo "<Properties Key='$rule.Options'><Property Key='RuleEnabled' Value='Disabled' /></Properties>"
	done
	echo '</Properties>'
}

# validate FILE: by the Multitool, which gets no network.
validate() {
	rm -f "$work/log.sarif"
	if ! DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 \
		DOTNET_BUNDLE_EXTRACT_BASE_DIR="$work/dotnet" \
		timeout 120 "${offline[@]}" "$multitool" validate "$1" -c "$work/policy.xml" \
		--rule-kind "Sarif;Ghas" --level "Error;Warning;Note" -o "$work/log.sarif" \
		--log ForceOverwrite </dev/null >"$work/out" 2>&1; then
		show "$work/out"
		return 1
	fi
	findings "$work/log.sarif" >"$work/out" && return 0
	show "$work/out"
	return 1
}

if [ ! -x "$writer" ]; then
	echo "Bail out! $writer is not built"
	exit 2
fi
"$writer" --write "$work"
result $? "samples are written"

if "$python" -c 'import jsonschema' 2>/dev/null; then
	for file in "$work"/*.json; do
		schema reports/harden.schema.json "$file" >"$work/out" 2>&1
		result $? "$(basename "$file") follows reports/harden.schema.json"
		show "$work/out"
	done
	# a schema that lets everything pass would be no test
	sed 's/"severity"/"severities"/' "$work/full.json" >"$work/wrong.json"
	! schema reports/harden.schema.json "$work/wrong.json" >/dev/null 2>&1
	result $? "the schema refuses a property that it does not know"
else
	missing "python3-jsonschema is not installed"
fi

offline=()
for try in "unshare -rn" "unshare -n"; do
	read -ra words <<<"$try"
	if "${words[@]}" true 2>/dev/null; then
		offline=("${words[@]}")
		break
	fi
done

policy >"$work/policy.xml"
if [ ${#offline[@]} -eq 0 ]; then
	missing "no network namespace can be made for the SARIF Multitool"
elif multitool=$(ci/sarif-multitool.sh 2>"$work/out"); then
	for file in "$work"/*.sarif; do
		[ "$file" = "$work/log.sarif" ] && continue
		validate "$file"
		result $? "$(basename "$file") has no finding of the SARIF Multitool"
		schema "$(dirname "$multitool")/sarif-2.1.0.json" "$file" >"$work/out" 2>&1
		result $? "$(basename "$file") follows the standard's schema"
		show "$work/out"
	done
	sed 's/"ruleIndex": 0,/"ruleIndex": 99,/' "$work/full.sarif" >"$work/wrong.json"
	! validate "$work/wrong.json" >/dev/null
	result $? "the SARIF Multitool refuses an index that is wrong"
else
	show "$work/out"
	missing "the SARIF Multitool cannot be installed"
fi

if [ -n "${REPORT_CHECK:-}" ]; then
	rm -f "$work/log.sarif"
	for file in "$work"/*.sarif; do
		"$REPORT_CHECK" --quiet "$file" >"$work/out" 2>&1
		result $? "$(basename "$file") passes $(basename "$REPORT_CHECK")"
		show "$work/out"
	done
fi
echo "1..$number"

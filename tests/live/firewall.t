#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The firewall model against the kernel, in network namespaces of its own: the rulesets here, changed
# copies of them, some made up at random, and those in the folder FIREWALL_RULESETS if there is one.
# The gate repeats one seed, so that it says the same of the same tree; FIREWALL_SEED=N tries others,
# as `make soak` does.
# shellcheck source=tests/live/lib.sh
. tests/live/lib.sh

kernel=$B/tests/live/firewall/kernel
seed=${FIREWALL_SEED:-1}
rulesets=tests/live/firewall/rulesets

for need in nft iptables-nft-restore ip; do
	if ! command -v "$need" >/dev/null; then
		[ "${CI:-}" != true ] || echo "Bail out! there is no $need"
		echo "1..0 # SKIP there is no $need"
		exit 0
	fi
done
if [ "$(id -u)" -ne 0 ] || ! unshare --net true 2>/dev/null; then
	[ "${CI:-}" != true ] || echo "Bail out! network namespaces cannot be made here"
	echo "1..0 # SKIP network namespaces cannot be made here"
	exit 0
fi

out=$("$kernel" -t -s "$seed" -q "${FIREWALL_QUERIES:-70}" -p 600 -m "${FIREWALL_MUTANTS:-140}" \
	-r "${FIREWALL_RANDOM:-60}" "$rulesets" ${FIREWALL_RULESETS:+"$FIREWALL_RULESETS"} 2>&1)
ok $? "the kernel contradicts no definite answer"
grep '^#' <<<"$out"
compared=$(sed -n 's/^# seed .* \([0-9]*\) compared, .*/\1/p' <<<"$out")
[ "${compared:-0}" -ge "${FIREWALL_COMPARED:-5000000}" ]
ok $? "enough was compared"

# Would it be seen? Rules that the model is not told of must be found, and be in the kernel's trace.
untold=$(mktemp)
trap 'rm -f "$untold"' EXIT
cat >"$untold" <<-END
	table inet untold {
		chain hidden {
			type filter hook input priority 5; policy accept;
			tcp dport 1-65535 ip saddr 0.0.0.0/1 drop
		}
	}
END
out=$("$kernel" -4 -q 10 -u "$untold" "$rulesets/order.nft" 2>&1)
is $? 1 "a rule that the model does not know of is found"
like "$out" '^# +model: local ' "it says what the model took for the packet's way"
like "$out" '^# +kernel: inet untold hidden rule .*verdict drop' "and what the kernel's was"
finish

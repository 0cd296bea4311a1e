#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The firewall model against the kernel, in network namespaces of its own: the rulesets here, some
# made up at random, and those in the folder FIREWALL_RULESETS if there is one. The gate repeats one
# seed, so that it says the same of the same tree; FIREWALL_SEED=N tries others, as `make soak` does.
set -u

B=${B:-build}
kernel=$B/tests/live/firewall/kernel
seed=${FIREWALL_SEED:-1}

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

exec "$kernel" -s "$seed" -q "${FIREWALL_QUERIES:-130}" -p 600 -r "${FIREWALL_RANDOM:-60}" \
	tests/live/firewall/rulesets ${FIREWALL_RULESETS:+"$FIREWALL_RULESETS"}

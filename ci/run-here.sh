#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# For `make run`: audits this host, as root where it can, and says what the exit status means. The
# audit has done its work whether or not it found something, so only status 2 is a failure here.
# Usage: ci/run-here.sh PROGRAM
set -eu

program=$1
set -- "$program"
if [ "$(id -u)" -ne 0 ] && command -v sudo >/dev/null; then
	echo "run-here.sh: root sees every process and namespace, so this asks sudo" >&2
	set -- sudo "$program"
fi

status=0
"$@" || status=$?
case $status in
0) meaning="complete, and nothing at or above --fail-on" ;;
1) meaning="findings that would stop a deploy" ;;
3) meaning="something could not be seen, and nothing that was would stop a deploy" ;;
*)
	echo "exit status $status: no statement was made: see the message above" >&2
	exit 2
	;;
esac
echo
echo "exit status $status: $meaning."
echo "To compare with what you mean to be open: sudo $program --intent sg.json (or harden.yaml)"

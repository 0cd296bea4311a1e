#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Configuration files of real Redis servers, which others may read or write, or may not: of one that
# says where it is, of one that wants a password and does not say, and in a root of its own.
. tests/live/lib.sh
host_enter "$@"

if ! command -v redis-server >/dev/null; then
	[ "${CI:-}" != true ] || echo "Bail out! there is no redis-server"
	echo "1..0 # SKIP there is no redis-server"
	exit 0
fi
outside_wire eth0 1
chmod 1777 /run/live
report=/run/live/report.json
nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)

# redis PORT FILE MODE LINE: a server of that file
redis() {
	mkdir -p "${2%/*}"
	printf 'bind 10.9.1.1\nport %s\nsave ""\ndaemonize yes\nprotected-mode no\ndir /\n%s\n' \
		"$1" "$4" >"$2"
	chown 65534:65534 "$2"
	chmod "$3" "$2"
	"${nobody[@]}" redis-server "$2" >/dev/null
	for ((tries = 0; tries < 100; tries++)); do
		[ -n "$(ss -Htln "sport = :$1")" ] && break
		sleep 0.05
	done
}
findings() {
	run --only redis/conf-perms -o json="$report"
	json "$report" findings subject
}
redis 7001 /run/live/7001.conf 0644 'masterauth s3cret'
redis 7002 /run/live/7002.conf 0640 'masterauth s3cret'
redis 7003 /run/live/7003.conf 0644 '# masterauth foobared'
redis 7004 /run/live/7004.conf 0602 ''
mkdir -m 0750 /run/live/closed
chown 65534:65534 /run/live/closed
redis 7005 /run/live/closed/7005.conf 0644 'masterauth s3cret'
printf 'user default on nopass ~* &* +@all\nuser app on >s3cret ~* +@all\n' >/run/live/7006.acl
chmod 0644 /run/live/7006.acl
redis 7006 /run/live/7006.conf 0600 'aclfile /run/live/7006.acl'
is "$(findings)" "$(printf '/run/live/%s\n' 7001.conf 7004.conf 7006.acl)" \
	"those that others can read the password in, or write"
is "$(json "$report" coverage status | sort -u)" "$(printf 'absent\ncomplete')" "all was seen"
is "$(json "$report" exit)" 0 "medium does not fail the gate"

# a server with a password says nothing about its file, which is where it usually is
mkdir -p /etc/redis
mount -t tmpfs -o mode=0755 tmpfs /etc/redis
redis 7007 /etc/redis/redis.conf 0644 'requirepass zK7-long-and-random'
like "$(findings)" '^/etc/redis/redis.conf$' "of one that wants a password"
unlike "$(cat "$report")" zK7 "and the password is in no report"
chmod 0640 /etc/redis/redis.conf
unlike "$(findings)" '^/etc/redis' "no longer, once it is closed"

# a root of its own, as in a container: the file of that name there is the one that counts
root=/run/live/root
mkdir -p "$root"/{usr,lib,lib64,proc,dev,etc,data}
for folder in usr lib lib64 dev; do
	[ ! -d "/$folder" ] || mount --rbind "/$folder" "$root/$folder"
done
[ -d /lib64 ] || rmdir "$root/lib64"
mount -t proc proc "$root/proc"
printf 'bind 10.9.1.1\nport 7008\nsave ""\ndaemonize yes\nprotected-mode no\nmasterauth s3cret\n' \
	>"$root/data/7008.conf"
chmod 0644 "$root/data/7008.conf"
chroot "$root" /usr/bin/redis-server /data/7008.conf >/dev/null
for ((tries = 0; tries < 100; tries++)); do
	[ -n "$(ss -Htln 'sport = :7008')" ] && break
	sleep 0.05
done
like "$(findings)" '^/data/7008.conf$' "one in a root of its own"
finish

#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The machines of audit/talk/ against real servers: Redis in each state in which its text and its
# behaviour differ, and memcached. What they asked is then read out of the server's own statistics.
# shellcheck source=tests/live/lib.sh
. tests/live/lib.sh

talk=$(realpath "$B/tests/live/talk")
for program in redis-server redis-cli memcached; do
	command -v "$program" >/dev/null && continue
	[ "${CI:-}" != true ] || { echo "Bail out! there is no $program" && exit 1; }
	echo "1..0 # SKIP there is no $program"
	exit 0
done
host_enter "$@"
outside_wire eth0 1

# await PORT: until somebody listens
await() {
	local tries=0
	until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 500 ] || { echo "Bail out! nothing listens on port $1" && exit 1; }
		sleep 0.02
	done
}

# redis PORT [ARGUMENT...]: a server with the configuration from standard input
redis() {
	mkdir "/run/live/$1"
	{
		printf 'port %s\nbind 0.0.0.0\ndir /run/live/%s\nsave ""\nlogfile log\n' "$1" "$1"
		cat
	} >"/run/live/$1/redis.conf"
	(cd "/run/live/$1" && exec redis-server "/run/live/$1/redis.conf") >/dev/null 2>&1 &
	await "$1"
}

# ask MACHINE PORT [PASSWORD...]: what is learned from outside, to $out
ask() {
	local machine=$1 port=$2
	shift 2
	out=$(outside "$talk" "$machine" 10.9.1.1 "$port" "$@" 2>/run/live/errors)
}

# says LINE NAME: a line of what was learned
says() {
	grep -qxF -- "$1" <<<"$out"
	ok $? "$2: $1"
	grep -qxF -- "$1" <<<"$out" || comment <<<"$out"
}

test_open() {
	redis 7001 <<<'protected-mode no'
	redis-cli -p 7001 set backup3 "$(printf '\n\n*/2 * * * * root cd1 -fsSL http://192.0.2.1')" >/dev/null
	redis-cli -p 7001 set other 1 >/dev/null
	redis-cli -p 7001 config resetstat >/dev/null
	ask redis 7001
	says 'outcome served' "open"
	says 'user default' "open"
	says "version $(redis-server --version | sed 's/.* v=\([^ ]*\).*/\1/')" "open"
	says 'product redis' "open"
	says 'role master' "open"
	says 'config_file /run/live/7001/redis.conf' "open"
	says 'keys 2' "open"
	says "pid $(redis-cli -p 7001 info server | sed -n 's/^process_id:\([0-9]*\).*/\1/p')" "open"
	says 'may info=yes command=yes config=yes eval=yes write=yes' "open"
	says 'rules +@all' "open"
	says 'key backup3 present 45' "open"
	says 'key crackit absent 0' "open"
	says 'dir /run/live/7001' "open"
	says 'dbfilename dump.rdb' "open"
	is "$(redis-cli -p 7001 info commandstats | sed -n 's/^cmdstat_\([^:]*\):.*/\1/p' |
		grep -vE '^(config\|resetstat|info)$' | LC_ALL=C sort | xargs)" \
		'acl|getuser acl|whoami command|getkeys config|get exists getrange ping quit' \
		"it has run nothing that writes"
	is "$(redis-cli -p 7001 info errorstats | grep -c errorstat)" 0 "nor refused anything"
	unlike "$(cat /run/live/7001/log)" 'SECURITY|Protocol|Error|error' "and logged nothing"
	ask service 7001
	says 'service redis' "open"
	printf 'GET / HTTP/1.0\r\nHost: x\r\n\r\n' | timeout 5 bash -c 'exec 3<>/dev/tcp/127.0.0.1/7001; cat >&3; cat <&3' >/dev/null
	like "$(cat /run/live/7001/log)" 'SECURITY ATTACK' "as it does of HTTP"
}

test_login() {
	redis 7002 </dev/null
	ask redis 7002
	says 'outcome denied' "protected mode"
	is "$("$talk" redis 127.0.0.1 7002 | head -n 1)" 'outcome served' "but not for loopback"
	ask service 7002
	says 'service redis' "protected mode greets"

	redis 7003 <<<'requirepass redis'
	ask redis 7003
	says 'outcome noauth' "requirepass"
	says 'may info=unknown command=unknown config=unknown eval=unknown write=unknown' "requirepass"
	ask redis 7003 foobared nobody wrong redis
	says 'outcome noauth' "the fourth password is not tried"
	ask redis 7003 foobared redis
	says 'outcome password' "a weak password"
	says 'password redis' "a weak password"
	says 'may info=yes command=yes config=yes eval=yes write=yes' "a weak password"

	echo 'user default on nopass ~* &* +@all' >/run/live/users
	redis 7004 <<-'EOT'
		protected-mode no
		requirepass long-and-unguessable
		aclfile /run/live/users
	EOT
	is "$(redis-cli -p 7004 config get requirepass | tail -n 1)" \
		'long-and-unguessable' "the ACL file contradicts requirepass, and CONFIG GET repeats that"
	ask redis 7004 foobared
	says 'outcome served' "what the file says is not what the server does"
	says 'password -' "without a password"

	redis-cli -p 7003 -a redis config set requirepass '' >/dev/null 2>&1
	redis-cli -p 7003 config set protected-mode no >/dev/null 2>&1
	ask redis 7003
	says 'outcome served' "a server that was opened while it ran"
}

test_acl() {
	redis 7005 <<-'EOT'
		protected-mode no
		user default on nopass -@all +ping
	EOT
	ask redis 7005
	says 'outcome served' "only PING"
	says 'may info=no command=no config=unknown eval=unknown write=unknown' "only PING"

	redis 7006 <<-'EOT'
		protected-mode no
		user default on nopass ~* -@all +@read +info +acl|whoami +acl|getuser +command
	EOT
	ask redis 7006
	says 'outcome served' "read only by rules"
	says 'may info=yes command=yes config=no eval=no write=no' "read only by rules"

	redis 7007 <<-'EOT'
		protected-mode no
		user default on nopass -@all
	EOT
	ask redis 7007
	says 'outcome noperm' "a user who may nothing"

	redis 7008 <<-'EOT'
		protected-mode no
		user default off nopass
		user root on >secret ~* +@all
	EOT
	ask redis 7008 foobared
	says 'outcome noauth' "a default user who is off, and has no password"
	like "$(outside redis-cli -h 10.9.1.1 -p 7008 auth foobared)" 'without any password' \
		"which AUTH says as if nobody needed one"

	redis 7009 <<-'EOT'
		protected-mode no
		user default on nopass -@all +ping +info +acl (~* -@all +set) resetkeys
	EOT
	ask redis 7009
	like "$out" '^rules -@all .*\(-@all \+set\)$' "a selector"
	says 'may info=yes command=no config=no eval=no write=yes' "a selector"
}

test_renamed() {
	redis 7010 <<-'EOT'
		protected-mode no
		rename-command PING ""
		rename-command CONFIG ""
		rename-command EVAL ""
	EOT
	ask redis 7010
	says 'outcome served' "PING is renamed"
	says 'may info=yes command=yes config=no eval=no write=yes' "what is renamed is no one's"
	redis 7011 <<-'EOT'
		requirepass long-and-unguessable
		rename-command PING ""
		rename-command COMMAND ""
	EOT
	ask redis 7011
	says 'outcome noauth' "PING and COMMAND are renamed, and there is a password"
}

test_roles() {
	redis 7012 <<-'EOT'
		protected-mode no
		replicaof 127.0.0.1 7001
		replica-serve-stale-data no
	EOT
	ask redis 7012
	says 'outcome served' "a replica"
	says 'role slave' "a replica"
	says 'master 127.0.0.1:7001' "a replica"
	redis 7013 <<-'EOT'
		protected-mode no
		cluster-enabled yes
	EOT
	ask redis 7013
	says 'outcome served' "a cluster without slots"
	says 'mode cluster' "a cluster without slots"
	says 'key backup1 unknown 0' "a cluster without slots"
	mkdir /run/live/7014
	printf 'port 7014\nbind 0.0.0.0\nprotected-mode no\ndir /run/live/7014\n' \
		>/run/live/7014/redis.conf
	redis-server /run/live/7014/redis.conf --sentinel >/dev/null 2>&1 &
	await 7014
	ask redis 7014
	says 'outcome served' "Sentinel"
	says 'mode sentinel' "Sentinel"
	redis 7015 <<-'EOT'
		protected-mode no
		maxclients 1
	EOT
	exec 4<>/dev/tcp/127.0.0.1/7015
	echo PING >&4 && read -r <&4
	ask redis 7015
	like "$out" '^outcome unknown|^refusal ERR max number of clients' "too many clients"
	exec 4>&-
}

test_tls() {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout /run/live/key -out /run/live/certificate \
		-days 1 -subj /CN=live >/dev/null 2>&1
	mkdir /run/live/7016
	printf '%s\n' 'port 0' 'tls-port 7016' 'bind 0.0.0.0' 'protected-mode no' 'save ""' \
		'tls-cert-file /run/live/certificate' 'tls-key-file /run/live/key' \
		'tls-auth-clients no' 'dir /run/live/7016' >/run/live/7016/redis.conf
	redis-server /run/live/7016/redis.conf >/run/live/7016/out 2>&1 &
	await 7016
	ask redis 7016
	like "$out" '^outcome (unknown|tls)$' "TLS alone: not known, rather than closed"
	says 'silent yes' "TLS alone"
}

test_memcached() {
	echo user:password >/run/live/login
	memcached -u nobody -l 0.0.0.0 -p 7101 -U 7101 &
	memcached -u nobody -l 0.0.0.0 -p 7102 -Y /run/live/login &
	memcached -u nobody -l 0.0.0.0 -p 7103 -B binary & # as with -S, which wants plugins of SASL here
	await 7101
	await 7102
	await 7103
	ask memcached 7101
	says 'outcome served' "memcached"
	says "version $(memcached --version | sed 's/^memcached //')" "memcached"
	says 'items 0' "memcached"
	ask service 7101
	says 'service memcached' "memcached"
	ask memcached 7102
	says 'outcome noauth' "memcached with a login"
	ask memcached 7103
	says 'outcome unknown' "memcached that speaks binary alone, as with SASL"
	ask memcached 7001
	says 'outcome not memcached' "Redis"
	ask redis 7101
	says 'outcome not redis' "memcached, asked as Redis"
	ask memcached-udp 7101
	says 'answer yes' "memcached over UDP"
	ask memcached-udp 7102
	says 'answer no' "memcached without UDP"
}

test_open
test_login
test_acl
test_renamed
test_roles
test_tls
test_memcached
finish

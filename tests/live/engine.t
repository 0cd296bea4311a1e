#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a real Docker says of its containers, and engines that hang, end in the middle, or never end.
# shellcheck source=tests/live/lib.sh
. tests/live/lib.sh
host_enter "$@"
# shellcheck source=tests/live/managers.sh
. tests/live/managers.sh

report=/run/live/report.json
sandbox
if missing docker dockerd docker || missing_tree docker; then
	finish
fi

run query "SELECT (SELECT count(*) FROM engine_containers), status FROM coverage
	WHERE \"table\" = 'engine_containers'"
is "${out##*$'\n'}" "$(printf '0\tabsent')" "no engine: an answer"

docker_start --log-opt max-size=10m
docker_run first --user 1000:1000 --restart unless-stopped --label com.docker.compose.project=shop \
	--label com.docker.compose.service=web --cap-drop ALL --cap-add CHOWN --read-only \
	--security-opt no-new-privileges --network host
docker tag tiny registry.example.org:5000/tiny:1.2
docker run -d --name second --log-driver json-file --log-opt max-size=1m \
	--health-cmd '/bin/busybox false' --health-interval 1s --health-retries 1 \
	registry.example.org:5000/tiny:1.2 /bin/busybox sleep 1000 2>&1 >/dev/null | comment
docker create --name third tiny /bin/busybox true >/dev/null
run query "SELECT name, image, tag, user, status, restart_policy, replace(cap_add, 'CAP_', ''), cap_drop, is_read_only,
	network_mode, log_driver, log_max_size, project, service FROM engine_containers ORDER BY name"
is "$(sed 1d <<<"$out")" "$(printf '%s\n' \
	$'first\ttiny\t\t1000:1000\trunning\tunless-stopped\tCHOWN\tALL\t1\thost\tjson-file\t10m\tshop\tweb' \
	$'second\tregistry.example.org:5000/tiny:1.2\t1.2\t\trunning\tno\t\t\t0\tdefault\tjson-file\t1m\t\t' \
	$'third\ttiny\t\t\tcreated\tno\t\t\t0\tdefault\tjson-file\t10m\t\t')" "what Docker knows of its containers"
for ((tries = 0; tries < 50; tries++)); do
	[ "$(docker inspect --format '{{.State.Health.Status}}' second)" != unhealthy ] || break
	sleep 0.1
done
run --only container/unhealthy-or-restarting --only container/floating-tag --only 'docker/log*' -o json="$report"
is "$(json "$report" findings rule subject)" "$(LC_ALL=C sort <<-'EOT'
	container/floating-tag | first
	container/unhealthy-or-restarting | second
EOT
)" "what follows from it, with the names that the engine has"
docker_stop

# ---- settings of the host ----
docker_start
docker_run plain
chmod 0666 /run/docker.sock
echo 'ordering:x:4242:ann' >>/etc/group
echo 'bob:x:4277:4242::/home/bob:/bin/sh' >>/etc/passwd
chgrp 4242 /run/docker.sock
run --only 'docker/*' -o json="$report"
is "$(json "$report" findings rule subject)" "$(LC_ALL=C sort <<-'EOT'
	docker/docker-group-members | ann
	docker/docker-group-members | bob
	docker/log-rotation-missing | docker
	docker/socket-perms | /run/docker.sock
EOT
)" "who may give it orders, by the group of the socket; logs without end"
docker_stop
groups_remove

# ---- the API by TCP: in clear, over TLS, and with certificates of clients ----
api() { # api: what the rule says
	run --only docker/tcp-api-unauthenticated -o json="$report"
	json "$report" findings subject
	json "$report" coverage table status detail | grep -v -E '(complete|absent)'
}
docker_start --tls=false -H unix:///run/docker.sock -H tcp://127.0.0.1:2375
"$listen" -n socat tcp4:192.0.2.1:4000 >/dev/null
is "$(api)" "127.0.0.1:2375/tcp" "in clear, on loopback; and another program that is none"
docker_stop
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
	-keyout /run/live/key.pem -out /run/live/cert.pem 2>/dev/null
tls=(--tlscert /run/live/cert.pem --tlskey /run/live/key.pem -H unix:///run/docker.sock)
docker_start --tls --tlsverify=false --tlscacert /run/live/cert.pem "${tls[@]}" -H tcp://192.0.2.1:2376
is "$(api)" "192.0.2.1:2376/tcp" "over TLS, without a certificate"
docker_stop
docker_start --tlsverify --tlscacert /run/live/cert.pem "${tls[@]}" -H tcp://192.0.2.1:2376
is "$(api)" "" "not where a certificate is asked for"
docker_stop
groups_remove

# ---- engines that lie ----
# liar ANSWER: what looks like a dockerd, and says that to each who asks
liar() {
	cp "$(command -v perl)" /run/live/dockerd
	rm -f /run/docker.sock
	# shellcheck disable=SC2016 # it is Perl
	/run/live/dockerd -MIO::Socket::UNIX -e '
		my $server = IO::Socket::UNIX->new(Local => "/run/docker.sock", Listen => 5) or die;
		$SIG{PIPE} = "IGNORE";
		while (my $call = $server->accept) {
			sysread $call, my $request, 4096;
			if ($ARGV[0] eq "hang") { sleep 1000 }
			elsif ($ARGV[0] eq "stream") {
				syswrite $call, "HTTP/1.1 200 OK\r\n\r\n[";
				1 while syswrite $call, "1," x 4096;
			} else { syswrite $call, $ARGV[0] }
			close $call;
		}' "$1" &
	pid=$!
	wait_for test -S /run/docker.sock
	run query "SELECT * FROM engine_containers"
	kill "$pid"
	wait "$pid" 2>/dev/null
}
liar hang
like "$errors" 'engine_containers is partial: /run/docker.sock: Connection timed out' "one that hangs"
liar stream
like "$errors" 'engine_containers is partial: /run/docker.sock: (the answer has no end|Connection timed out)' \
	"one that never ends"
liar $'HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n'
like "$errors" 'engine_containers is partial: /run/docker.sock answers with status 500' "one that fails"
liar $'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{"Id":'
like "$errors" 'engine_containers is partial: /run/docker.sock: the answer is cut off' "half an answer"
liar $'HTTP/1.1 200 OK\r\n\r\n[{"Id": "../../etc"}]'
like "$errors" 'engine_containers is partial: /run/docker.sock: a container without an id' "an id that is none"
liar $'HTTP/1.1 200 OK\r\n\r\n[]'
unlike "$errors" 'engine_containers' "and one without containers"

rm -f /run/docker.sock
/run/live/dockerd -e 'sleep 1000' &
pid=$!
run query "SELECT * FROM engine_containers"
like "$errors" 'engine_containers is partial: Docker runs, and does not answer at /run/docker.sock' \
	"one whose socket is elsewhere"
kill "$pid"
wait "$pid" 2>/dev/null
finish

#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a real Docker says of itself, its images and its networks, and the rules over that: each
# fires where its fault is planted, and is quiet on a Docker that is set up well.
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
outside_wire eth0 1
rules=(--only container/image-drift --only docker/icc-enabled --only docker/insecure-registries
	--only docker/default-bind-any --only docker/iptables-false)
findings() {
	run "${rules[@]}" -o json="$report" -o text
	json "$report" findings rule subject
}

run query "SELECT (SELECT count(*) FROM images) + (SELECT count(*) FROM engines), \"table\", status
	FROM coverage WHERE \"table\" IN ('engines', 'images') ORDER BY 2"
is "$(sed 1d <<<"$out")" "$(printf '%s\n' $'0\tengines\tabsent' $'0\timages\tabsent')" "no engine: an answer"

# ---- set up well ----
docker_start --ip 127.0.0.1 --icc=false --live-restore
docker network create shop_default >/dev/null
docker_run web -p 0.0.0.0:8080:80
docker_run cache -p 6379:6379
docker_run one --network shop_default
docker_run two --network shop_default
docker tag tiny registry.example.org:5000/tiny:1.2
docker import /run/live/tiny.tar >/dev/null
is "$(findings)" "" "a Docker that is set up well has no finding"
is "$(json "$report" coverage table status | grep -v -E '(absent|complete)')" "" "all was seen"
iptables -I DOCKER-USER -i eth0 -j DROP
is "$(findings)" "" "nor has one whose rules are not reached, since DOCKER-USER stops all that comes"
iptables -D DOCKER-USER 1
run query "SELECT engine, is_live_restore, log_driver, insecure_registries FROM engines"
is "$(sed 1d <<<"$out")" $'docker\t1\tjson-file\t["127.0.0.0/8"]' "the engine"
run query "SELECT engine, name, size > 0, id = (SELECT image_id FROM engine_containers WHERE name = 'web')
	FROM images ORDER BY name"
is "$(sed 1d <<<"$out")" "$(printf '%s\n' $'docker\t\t1\t0' \
	$'docker\tregistry.example.org:5000/tiny:1.2\t1\t1' $'docker\ttiny:latest\t1\t1')" "its images"
run query "SELECT name, driver, subnets, is_internal, is_default, icc, host_binding, containers
	FROM engine_networks WHERE driver = 'bridge' ORDER BY name"
is "$(sed 1d <<<"$out")" "$(printf '%s\n' $'bridge\tbridge\t172.17.0.0/16\t0\t1\t0\t127.0.0.1\t2' \
	$'shop_default\tbridge\t172.18.0.0/16\t0\t\t\t\t2')" "its networks"
docker_stop

# ---- each fault ----
docker_start --insecure-registry 10.0.0.0/8 --insecure-registry registry.example.org:5000
docker_run cache -p 6379:6379
docker_run old
docker_run moved
touch /run/live/tree/newer
tar -C /run/live/tree -cf /run/live/newer.tar .
docker import /run/live/newer.tar tiny >/dev/null # the tag moves on
docker rm -f old >/dev/null
docker_run renewed
is "$(findings)" "$(LC_ALL=C sort <<-'EOT'
	container/image-drift | cache
	container/image-drift | moved
	docker/default-bind-any | bridge
	docker/icc-enabled | bridge
	docker/insecure-registries | 10.0.0.0/8
	docker/insecure-registries | registry.example.org:5000
EOT
)" "each fault is a finding"
kill -STOP "$daemon"
run "${rules[@]}" -o json="$report"
is "$(json "$report" verdicts verdict rule | sort)" "$(LC_ALL=C sort <<-'EOT'
	pass | docker/iptables-false
	unknown | container/image-drift
	unknown | docker/default-bind-any
	unknown | docker/icc-enabled
	unknown | docker/insecure-registries
EOT
)" "with an engine that hangs they are unknown, but for what the kernel tells"
kill -CONT "$daemon"
docker_stop

docker_start --iptables=false
docker_run web -p 8080:80
run --only docker/iptables-false -o json="$report"
is "$(json "$report" findings rule subject)" "docker/iptables-false | docker" "by its proxy alone"
docker_stop

docker_start
docker_run web -p 8080:80
run --only docker/iptables-false -o json="$report"
is "$(json "$report" findings rule subject)" "" "and with its rules"
nft flush ruleset
run --only docker/iptables-false -o json="$report"
is "$(json "$report" findings rule subject)" "docker/iptables-false | docker" "somebody flushed them"
docker_stop
groups_remove
finish

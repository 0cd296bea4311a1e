#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What Docker, podman, ufw and firewalld really install, asked of the firewall model and of the
# kernel. Each is started in namespaces of its own with the folders that it writes to as copies; what
# it put into the kernel is saved, and then the harness of firewall.t takes it like any ruleset.
# shellcheck source=tests/live/lib.sh
. tests/live/lib.sh

kernel=$(realpath "$B/tests/live/firewall/kernel")
queries=${FIREWALL_QUERIES:-200}
saved=/run/live/saved
host_enter "$@"
# shellcheck source=tests/live/managers.sh
. tests/live/managers.sh

# save NAME: the rules as iptables has them; those of nft alone are not there
save() {
	iptables-nft-save >"$saved/$1.ipt"
	ip6tables-nft-save >"$saved/$1.ip6"
	[ -s "$saved/$1.ip6" ] || rm "$saved/$1.ip6"
}

# holds FILE PATTERN: did the manager do what it was told to?
holds() {
	grep -q -e "$2" "$saved/$1"
	ok $? "$1: has $2"
	grep -q -e "$2" "$saved/$1" || comment <"$saved/$1"
}

# compare FILE [-x]: -x: the model must know all of it; what time decides is modelled
compare() {
	local file=$1 out
	shift
	out=$("$kernel" -s "${FIREWALL_SEED:-1}" -q "$queries" -p 600 "$@" "$saved/$file" 2>&1)
	ok $? "$file: the kernel contradicts nothing${1:+, and all is modelled}"
	grep '^#' <<<"$out"
}

test_docker() {
	! missing docker dockerd docker || return
	! missing_tree docker || return
	docker_start
	docker_run one -p 16379:6379 -p 127.0.0.1:3000:3000 -p 5300:53/udp -p 192.0.2.1:8443:443
	save docker
	holds docker.ipt '--to-destination 172.17.0.2:6379'
	holds docker.ipt '-d 127.0.0.1/32 ! -i docker0 .* --to-destination 172.17.0.2:3000'
	docker network create -d bridge --subnet 172.18.0.0/16 \
		-o com.docker.network.bridge.name=wan0 front >/dev/null
	docker network create -d bridge --subnet 172.19.0.0/16 --internal \
		-o com.docker.network.bridge.name=wan1 back >/dev/null
	docker_run two --network front -p 8080:80
	docker_run three --network back -p 8081:80
	save docker-networks
	holds docker-networks.ipt '--to-destination 172.18.0.2:80'
	ip link delete wan0 2>/dev/null
docker_stop
	compare docker.ipt -x
	compare docker-networks.ipt -x

	set -- --userland-proxy=false --ipv6 --fixed-cidr-v6 fd00:17::/64 --experimental --ip6tables
	if [ -e /proc/sys/net/bridge ]; then
		set -- "$@" --icc=false
	else
		echo "# without icc=false, which wants br_netfilter"
	fi
	docker_start "$@"
	docker_run one -p 16379:6379 -p 127.0.0.1:3000:3000 -p 5300:53/udp -p '[::1]:3001:3000'
	iptables-nft -I DOCKER-USER -i eth0 -p tcp -m conntrack --ctorigdstport 16379 \
		--ctdir ORIGINAL ! -s 10.0.0.0/8 -j DROP
	save docker-ipv6
	holds docker-ipv6.ipt '-A DOCKER -p tcp .* --to-destination 172.17.0.2:6379'
	holds docker-ipv6.ip6 '--to-destination .fd00:17::.*:6379'
docker_stop
	compare docker-ipv6.ipt -x
}

test_podman() { # test_podman netavark|cni
	local options=(--cgroup-manager cgroupfs --events-backend file --storage-driver vfs)
	! missing "podman by $1" podman || return
	! missing_tree "podman by $1" || return
	mkdir -p /etc/containers
	printf '[network]\nnetwork_backend = "%s"\n' "$1" >/etc/containers/containers.conf
	podman "${options[@]}" import /run/live/tiny.tar tiny >/dev/null 2>&1
	podman "${options[@]}" run --cgroup-parent "/$group" --log-driver k8s-file -d --name one \
		-p 16379:6379 -p 127.0.0.1:3000:3000 -p 5300:53/udp tiny /bin/busybox sleep 1000 \
		2>&1 >/dev/null | comment
	save "podman-$1"
	holds "podman-$1.ipt" '-p tcp .* --dport 16379 .*-j DNAT --to-destination 10.88.0.2:6379'
	podman "${options[@]}" rm -f -t 0 one >/dev/null 2>&1
	rm -rf /var/lib/containers /run/containers /run/libpod
	clean
	compare "podman-$1.ipt"
}

test_ufw() {
	! missing ufw ufw || return
	{
		ufw --force reset
		ufw default deny incoming
		ufw allow 22/tcp
		ufw limit 2222/tcp
		ufw allow from 10.1.0.0/16 to any port 5432 proto tcp
		ufw deny from 10.1.2.0/24
		ufw allow from 2001:db8:1::/48 to any port 443
		ufw allow in on eth0 to any port 8000:8100 proto udp
		ufw reject 113/tcp
		ufw route allow in on eth0 out on docker0 to 172.17.0.2 port 80 proto tcp
		ufw --force enable
	} >/run/live/ufw.log 2>&1 || comment </run/live/ufw.log
	save ufw
	holds ufw.ipt '-A ufw-user-input -s 10.1.0.0/16 -p tcp .*--dport 5432 -j ACCEPT'
	holds ufw.ip6 '-A ufw6-user-input -s 2001:db8:1::/48 -p tcp .*--dport 443 -j ACCEPT'
	if command -v dockerd >/dev/null && chroot /run/live/tree /bin/busybox true; then
		docker_start
		docker_run one -p 16379:6379
		save ufw-docker
		holds ufw-docker.ipt '-A FORWARD -j ufw-before-forward'
		docker_stop
		compare ufw-docker.ipt -x
	fi
	clean
	compare ufw.ipt -x
}

firewalld_zones() {
	cat >/etc/firewalld/zones/public.xml <<-END
		<?xml version="1.0" encoding="utf-8"?>
		<zone>
		  <interface name="eth0"/>
		  <service name="ssh"/>
		  <port port="8080" protocol="tcp"/>
		  <port port="5300-5310" protocol="udp"/>
		  <forward-port port="2222" protocol="tcp" to-port="22"/>
		  <forward-port port="16379" protocol="tcp" to-port="6379" to-addr="172.17.0.2"/>
		  <rule family="ipv4"><source address="10.1.0.0/16"/>
		    <port port="5432" protocol="tcp"/><accept/></rule>
		  <rule family="ipv4" priority="-10"><source address="10.1.2.0/24"/><drop/></rule>
		  <rule family="ipv6"><source address="2001:db8:1::/48"/>
		    <service name="https"/><accept/></rule>
		  <rule><port port="443" protocol="tcp"/><accept><limit value="10/m"/></accept></rule>
		</zone>
	END
	cat >/etc/firewalld/zones/work.xml <<-END
		<?xml version="1.0" encoding="utf-8"?>
		<zone target="ACCEPT">
		  <source address="192.0.2.128/25"/>
		  <source address="2001:db8:5::/48"/>
		  <rule family="ipv4"><source address="192.0.2.200"/>
		    <port port="22" protocol="tcp"/><reject/></rule>
		</zone>
	END
	cat >/etc/firewalld/zones/trusted.xml <<-END
		<?xml version="1.0" encoding="utf-8"?>
		<zone target="ACCEPT"><interface name="docker0"/><forward/></zone>
	END
}

test_firewalld() {
	local bus
	! missing firewalld firewalld firewall-cmd dbus-daemon || return
	mkdir -p /run/dbus /etc/firewalld/zones
	cat >/run/live/bus.conf <<-END
		<busconfig>
		  <type>system</type>
		  <listen>unix:path=/run/dbus/system_bus_socket</listen>
		  <policy context="default">
		    <allow user="*"/><allow own="*"/><allow eavesdrop="true"/>
		    <allow send_destination="*" eavesdrop="true"/>
		  </policy>
		</busconfig>
	END
	firewalld_zones
	dbus-daemon --config-file=/run/live/bus.conf --nofork --nopidfile 2>/run/live/bus.log &
	bus=$!
	wait_for test -S /run/dbus/system_bus_socket
	firewalld --nofork --nopid --log-file /run/live/firewalld.log >/run/live/firewalld.out 2>&1 &
	daemon=$!
		wait_for firewall-cmd --state || comment </run/live/firewalld.out
	firewall-cmd --zone=work --add-port=3306/tcp 2>&1 >/dev/null | comment
	nft list ruleset >"$saved/firewalld.nft"
	holds firewalld.nft 'ip saddr 10.1.0.0/16 tcp dport 5432 accept'
	holds firewalld.nft 'tcp dport 3306 accept'
	kill "$daemon"
	wait "$daemon" 2>/dev/null
	kill "$bus"
	wait "$bus" 2>/dev/null
	clean
	compare firewalld.nft -x
}

sandbox
test_docker
test_podman netavark
test_podman cni
test_ufw
test_firewalld
groups_remove
finish

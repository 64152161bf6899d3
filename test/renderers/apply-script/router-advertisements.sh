#!/usr/bin/env bash
# router-advertisements.sh LINES: a node and a router on one cable. The node learns its default route from the router's
# advertisements, and K3s switches forwarding on. LINES is a file with those of apply.sh. Prints after each step the cards
# of the default routes of IPv6. Runs in networks and with mounts of its own.
set -euo pipefail
mount -t tmpfs none /run
mount -t tmpfs none /etc/systemd/system
mkdir /run/netns /etc/systemd/system/k3s.service.d
ip netns add router
ip link add eth7 type veth peer name eth0 netns router
sysctl -q net.ipv6.conf.all.forwarding=0 net.ipv6.conf.eth7.forwarding=0 net.ipv6.conf.eth7.accept_ra=1 \
  net.ipv6.conf.eth7.accept_dad=0 net.ipv6.conf.eth7.disable_ipv6=0 net.ipv6.conf.eth7.router_solicitations=0
ip netns exec router sysctl -q net.ipv6.conf.eth0.accept_dad=0 net.ipv6.conf.eth0.disable_ipv6=0
ip link set lo up
ip link set eth7 up
ip -n router link set eth0 up
sleep 1
# A router for half an hour, and addresses of 2001:db8:7::/64.
advertise() {
  ip netns exec router python3 -c '
import socket, struct
prefix = struct.pack("!BBBBIII", 3, 4, 64, 0xC0, 3600, 1800, 0) + socket.inet_pton(socket.AF_INET6, "2001:db8:7::")
packet = struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 1800, 0, 0) + prefix
with socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6) as one:
    one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
    one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, socket.if_nametoindex("eth0"))
    one.sendto(packet, ("ff02::1", 0))
'
  sleep 0.5
}
shown() { echo "$1: $(ip -6 route show default proto ra | sed -n 's/.* dev \([^ ]*\).*/\1/p')"; }
forwarding() { sysctl -q net.ipv6.conf.all.forwarding="$1"; }
drop_in=/etc/systemd/system/k3s.service.d/ra.conf

advertise
shown 'advertised'
sysctl -q net.ipv6.conf.all.accept_ra=2
forwarding 1
shown 'forwarding, and all.accept_ra is 2'
advertise
shown 'advertised again'
forwarding 0
advertise
shown 'advertised without forwarding'
bash -euo pipefail "$1"
bash -euo pipefail "$1"
cat $drop_in
forwarding 1
shown 'forwarding'
ip -6 route delete default proto ra dev eth7
advertise
shown 'advertised once more'
# As ifupdown has it at the next boot, and what systemd does before K3s.
forwarding 0
sysctl -q net.ipv6.conf.eth7.accept_ra=1
bash -c "$(sed -n 's/^ExecStartPre=-//p' $drop_in)"
forwarding 1
shown 'when K3s starts'
# As systemd-networkd has it, which listens by itself.
rm $drop_in
sysctl -q net.ipv6.conf.eth7.accept_ra=0
bash -euo pipefail "$1"
echo "$(find /etc/systemd/system -type f | wc -l) files"

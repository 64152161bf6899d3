#!/usr/bin/env bash
# behind-nat.sh SERVER AGENT: with the filters of two nodes (files of nft), each behind a NAT of its own that gives it one
# external address for its inner one and sends nothing back to where it comes from. Prints a line for each thing tried:
# who asks whom, and the address that it is asked from, or "nothing". Runs in a network of its own, with mounts of its own.
set -euo pipefail
server=$1 agent=$2
mount -t tmpfs none /run
mkdir /run/netns
for name in server agent pod stranger; do ip netns add $name; done
inside() { ip netns exec "$@"; }
# link HERE THERE ADDRESS GATEWAY: a cable from this network, in which all routers are, to another.
link() {
  ip link add "$1" type veth peer name eth0 netns "$2"
  ip address add "$4/24" dev "$1"
  ip link set "$1" up
  inside "$2" ip address add "$3/24" dev eth0
  inside "$2" ip link set eth0 up
  inside "$2" ip link set lo up
  inside "$2" ip route add default via "$4"
}
ip link set lo up
link vserver server 10.0.0.11 10.0.0.1
link vagent agent 10.9.0.23 10.9.0.1
link vstranger stranger 192.0.2.99 192.0.2.1
sysctl -q net.ipv4.ip_forward=1
nft -f - <<'END'
table ip nat {
  chain prerouting {
    type nat hook prerouting priority -100;
    iifname != "vserver" ip daddr 203.0.113.21 dnat to 10.0.0.11
    iifname != "vagent" ip daddr 198.51.100.23 dnat to 10.9.0.23
  }
  chain postrouting {
    type nat hook postrouting priority 100;
    oifname != "vserver" ip saddr 10.0.0.11 snat to 203.0.113.21
    oifname != "vagent" ip saddr 10.9.0.23 snat to 198.51.100.23
  }
}
END
# A pod on the server, and what kube-proxy does for the Service of the Kubernetes API, which is at the external address.
inside server ip link add cni0 type bridge
inside server ip address add 10.42.0.1/24 dev cni0
inside server ip link set cni0 up
ip link add vpod netns server type veth peer name eth0 netns pod
inside server ip link set vpod master cni0 up
inside pod ip address add 10.42.0.5/24 dev eth0
inside pod ip link set eth0 up
inside pod ip route add default via 10.42.0.1
inside server sysctl -q net.ipv4.ip_forward=1
inside server nft -f - <<'END'
table ip kube_proxy {
  chain services { type nat hook prerouting priority -100; ip daddr 10.43.0.1 tcp dport 443 dnat to 203.0.113.21:6443; }
  chain postrouting { type nat hook postrouting priority 100; ip saddr 10.42.0.0/16 ip daddr != 10.42.0.0/16 masquerade; }
}
END
# answer TCP UDP: says to each who it is.
answer='
import socket, sys, threading
tcp, udp = socket.create_server(("", int(sys.argv[1]))), socket.socket(type=socket.SOCK_DGRAM)
udp.bind(("", int(sys.argv[2])))
def packets():
    while True:
        _, who = udp.recvfrom(99)
        udp.sendto(who[0].encode(), who)
threading.Thread(target=packets, daemon=True).start()
while True:
    one, who = tcp.accept()
    one.sendall(who[0].encode())
    one.close()
'
ask='
import socket, sys
kind = socket.SOCK_DGRAM if sys.argv[1] == "udp" else socket.SOCK_STREAM
with socket.socket(type=kind) as one:
    one.settimeout(1.5)
    try:
        one.connect((sys.argv[2], int(sys.argv[3])))
        if sys.argv[1] == "udp": one.send(b"?")
        print(one.recv(99).decode())
    except OSError: print("nothing")
'
inside server python3 -c "$answer" 6443 51820 &
inside agent python3 -c "$answer" 10250 51820 &
sleep 1
ask() { echo "$1 $2 $3:$4 $(inside "$1" python3 -c "$ask" "$2" "$3" "$4")"; }
inside server nft -f "$server"
inside agent nft -f "$agent"
ask agent tcp 203.0.113.21 6443
ask agent udp 203.0.113.21 51820
ask server udp 198.51.100.23 51820
ask server tcp 198.51.100.23 10250
ask stranger tcp 203.0.113.21 6443
ask stranger udp 203.0.113.21 51820
ask server tcp 203.0.113.21 6443
ask pod tcp 203.0.113.21 6443
ask pod tcp 10.43.0.1 443
kill %1 %2

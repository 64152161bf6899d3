#!/usr/bin/env bash
# leaving-pod.sh DIRECTORY SLEEP: in a network of its own, nginx with DIRECTORY/nginx.conf under load, before a Service
# whose one pod leaves it, as kube-proxy has it: new connections go to another pod, old ones stay. The process in the pod
# gets SIGTERM, for which it has no handler, SLEEP seconds later. Prints how many calls there were and how many were lost.
set -euo pipefail
dir=$1 sleep=$2
here=${BASH_SOURCE[0]%/*}
ip link set lo up
ip address add 10.42.0.2/32 dev lo
ip address add 10.42.0.3/32 dev lo
ip route add 10.43.0.0/16 dev lo
nft 'table ip proxy { chain output { type nat hook output priority -100; }; }'
leads_to() {
  nft "flush chain ip proxy output; add rule ip proxy output ip daddr 10.43.0.80 tcp dport 8080 dnat to $1:8080"
}
node "$here/leaving-pod.mjs" pod 10.42.0.2 &
old=$!
node "$here/leaving-pod.mjs" pod 10.42.0.3 &
leads_to 10.42.0.2
nginx -p "$dir" -c "$dir/nginx.conf" -e "$dir/error.log" &
sleep 2
node "$here/leaving-pod.mjs" load &
load=$!
sleep 4
leads_to 10.42.0.3
sleep "$sleep"
kill -TERM "$old"
sleep 3
kill -INT "$load"
wait "$load"

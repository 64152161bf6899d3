#!/usr/bin/env bash
# control-plane.sh PROGRAMS DIRECTORY [API_SERVER]: a control plane of its own in network and process namespaces of its
# own, until it is killed. Nothing of it is left then but DIRECTORY. Given another API server, that one runs, without
# controllers.
set -euo pipefail
programs=$1 dir=$2 api_server=${3:-$1/kube-apiserver}
ip link set lo up
ip address add 10.0.0.1/32 dev lo
openssl genrsa -out "$dir/account.key" 2048 2>/dev/null
openssl rsa -in "$dir/account.key" -pubout -out "$dir/account.pub" 2>/dev/null
cat >"$dir/tokens.csv" <<'END'
secret,admin,admin,"system:masters"
kubelet,system:node:node-2,node-2,"system:nodes"
END
cat >"$dir/kubeconfig" <<'END'
apiVersion: v1
kind: Config
clusters: [{ name: test, cluster: { server: "https://127.0.0.1:6443", insecure-skip-tls-verify: true } }]
users: [{ name: admin, user: { token: secret } }]
contexts: [{ name: test, context: { cluster: test, user: admin } }]
current-context: test
END
"$programs/etcd" --data-dir "$dir/etcd" --listen-client-urls http://127.0.0.1:2379 \
  --advertise-client-urls http://127.0.0.1:2379 &>"$dir/etcd.log" &
"$api_server" --etcd-servers http://127.0.0.1:2379 --cert-dir "$dir/certs" --advertise-address 10.0.0.1 \
  --enable-aggregator-routing --service-cluster-ip-range 10.43.0.0/16 --authorization-mode Node,RBAC \
  --enable-admission-plugins NodeRestriction --token-auth-file "$dir/tokens.csv" \
  --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$dir/account.pub" \
  --service-account-signing-key-file "$dir/account.key" &>"$dir/kube-apiserver.log" &
[[ -z ${3-} ]] || wait
# It ends when it meets no API server.
until "$programs/kube-controller-manager" --kubeconfig "$dir/kubeconfig" --leader-elect=false \
  --service-account-private-key-file "$dir/account.key" &>"$dir/kube-controller-manager.log"; do sleep 1; done &
wait

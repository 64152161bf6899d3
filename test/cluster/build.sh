#!/usr/bin/env bash
# Builds Kubernetes' control plane, the kubelet's parsers, and the library by which K3s applies manifests, from their Go modules, below
# ~/.cache/fjord-tools (or FJORD_TOOLS_DIR), keyed by version. About ten minutes on an idle machine, once.
set -euo pipefail
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
tools=${FJORD_TOOLS_DIR:-$HOME/.cache/fjord-tools}
version=$(sed -n 's/^\tk8s.io\/kubernetes \(v[0-9.]*\)$/\1/p' "$here/kubernetes/go.mod")
target=$tools/kubernetes-${version#v}
mkdir -p "$target"
minor=${version#v1.}
stamp=k8s.io/component-base/version
[[ -x $target/kubernetes ]] ||
  (cd "$here/kubernetes" && go build -o "$target/kubernetes" \
    -ldflags "-s -w -X $stamp.gitVersion=$version -X $stamp.gitMajor=1 -X $stamp.gitMinor=${minor%%.*}" .)
for part in kube-apiserver kube-controller-manager; do ln -sf kubernetes "$target/$part"; done
[[ -x $target/kubelet-flags ]] ||
  (cd "$here/kubernetes" && go build -ldflags '-s -w' -o "$target/kubelet-flags" ./kubelet-flags)
[[ -x $target/k3s-apply ]] || (cd "$here/k3s-apply" && go build -ldflags '-s -w' -o "$target/k3s-apply" .)
if [[ ! -x $target/etcd ]]; then
  unpacked=$(mktemp -d)
  trap 'rm -rf "$unpacked"' EXIT
  (cd "$unpacked" && apt-get download -q -o APT::Sandbox::User=root etcd-server && dpkg-deb --extract etcd-server_*.deb .)
  install -m 0755 "$unpacked/usr/bin/etcd" "$target/etcd"
fi
echo "$target"

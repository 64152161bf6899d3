#!/bin/sh
# Stands in for the K3s installer in rehearsals and boot tests: the same variables, files and restart rule as the real one, for a
# binary that is already in place (INSTALL_K3S_SKIP_DOWNLOAD=true).
set -eu

bin_dir=${INSTALL_K3S_BIN_DIR:-/usr/local/bin}
fatal() {
  echo "[ERROR]  $*" >&2
  exit 1
}

[ "${INSTALL_K3S_SKIP_DOWNLOAD:-}" = true ] || fatal "stand-in: it downloads nothing; set INSTALL_K3S_SKIP_DOWNLOAD=true"
[ -x "$bin_dir/k3s" ] || fatal "Executable k3s binary not found at $bin_dir/k3s"

# The command: INSTALL_K3S_EXEC, then the arguments; without one, an agent where K3S_URL is set, else a server.
eval "set -- ${INSTALL_K3S_EXEC:-} \"\$@\""
case ${1:-} in
  '' | -*) if [ -n "${K3S_URL:-}" ]; then command=agent; else command=server; fi ;;
  *)
    command=$1
    shift
    ;;
esac
if [ "$command" = agent ]; then name=${INSTALL_K3S_NAME:-k3s-agent}; else name=${INSTALL_K3S_NAME:-k3s}; fi
unit=/etc/systemd/system/$name.service
env_file=$unit.env
hashes() { sha256sum "$bin_dir/k3s" "$unit" "$env_file" 2>&1 || true; }

before=$(hashes)
for link in kubectl crictl ctr; do
  [ "${INSTALL_K3S_SYMLINK:-}" = skip ] || [ -e "$bin_dir/$link" ] || ln -s k3s "$bin_dir/$link"
done
touch "$env_file"
chmod 0600 "$env_file"
env | grep -E '^(K3S_|CONTAINERD_|HTTP_PROXY|HTTPS_PROXY|NO_PROXY)' | sort >"$env_file" || true
cat >"$unit" <<UNIT
[Unit]
Description=Lightweight Kubernetes
Documentation=https://k3s.io
Wants=network-online.target
After=network-online.target

[Install]
WantedBy=multi-user.target

[Service]
Type=notify
EnvironmentFile=-/etc/default/%N
EnvironmentFile=-/etc/sysconfig/%N
EnvironmentFile=-$env_file
KillMode=process
Delegate=yes
User=root
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s
ExecStartPre=-/sbin/modprobe br_netfilter
ExecStartPre=-/sbin/modprobe overlay
ExecStart=$bin_dir/k3s $command $*
UNIT

[ "${INSTALL_K3S_SKIP_ENABLE:-}" = true ] && exit 0
systemctl enable "$name.service" >/dev/null
systemctl daemon-reload
[ "${INSTALL_K3S_SKIP_START:-}" = true ] && exit 0
if [ "$before" = "$(hashes)" ] && [ "${INSTALL_K3S_FORCE_RESTART:-}" != true ]; then
  echo '[INFO]  No change detected so skipping service start'
  exit 0
fi
systemctl restart "$name.service"

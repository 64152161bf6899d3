/** What a node has and does, as far as a misfortune can take it away. */
export interface NodeState {
  readonly failedUnits: readonly string[];
  /** `active` or another word of systemd's, by unit. */
  readonly units: Readonly<Record<string, string>>;
  /** The rules of the packet filter's table; empty if it is not there. */
  readonly table: string;
  readonly sysctls: Readonly<Record<string, string>>;
  /** Ready and wanted pods, by namespace, kind and name. Undefined if the cluster does not answer. */
  readonly workloads: Readonly<Record<string, Workload>> | undefined;
  /** By namespace and name. Undefined if the cluster does not answer. */
  readonly secrets: readonly string[] | undefined;
  /** Bytes. */
  readonly journal: number;
  readonly nginxLogs: number;
}

export interface Workload {
  readonly wanted: number;
  readonly ready: number;
}

/** Prints the state of a node; `readNodeState` reads it. `$1` units and `$2` kernel settings, separated by spaces. */
export const stateScript = `
for unit in $(systemctl list-units --state=failed --plain --no-legend --full 2>/dev/null | cut -d ' ' -f 1); do
  echo "failed $unit"
done
for unit in $1; do echo "unit $unit $(systemctl is-active "$unit" 2>/dev/null)"; done
nft --stateless list table inet fjord 2>/dev/null | sed 's/^/table /'
for key in $2; do echo "sysctl $key $(sysctl -n "$key" 2>/dev/null | tr '\\t' ' ')"; done
echo "journal $(du -sb /var/log/journal 2>/dev/null | cut -f 1)"
echo "nginxLogs $(du -sb /var/log/nginx 2>/dev/null | cut -f 1)"
export KUBECONFIG=/etc/rancher/k3s/k3s.yaml
timeout 10 /usr/local/bin/k3s kubectl get deployments,statefulsets,daemonsets --all-namespaces \\
  -o 'jsonpath={range .items[*]}workload {.metadata.namespace}/{.kind}/{.metadata.name} {.spec.replicas} {.status.desiredNumberScheduled} {.status.readyReplicas} {.status.numberReady} {.status.updatedReplicas} {.status.updatedNumberScheduled} {.status.replicas} {.status.currentNumberScheduled}{"\\n"}{end}' 2>/dev/null |
  tr ' ' '|' && echo workloads
timeout 10 /usr/local/bin/k3s kubectl get secrets --all-namespaces \\
  -o 'jsonpath={range .items[*]}secret {.metadata.namespace}/{.metadata.name}{"\\n"}{end}' 2>/dev/null && echo secrets
true
`;

/** Reads what `stateScript` printed. */
export function readNodeState(text: string): NodeState {
  const lines = text.split('\n');
  const rest = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const pairs = (word: string) =>
    Object.fromEntries(
      rest(word).map((line) => [line.split(' ', 1).join(), line.replace(/^\S+ ?/, '').trim()]),
    );
  const workloads = lines.filter((line) => line.startsWith('workload|')).map(workload);
  const secrets = rest('secret');
  return {
    failedUnits: rest('failed'),
    units: pairs('unit'),
    table: rest('table').join('\n'),
    sysctls: pairs('sysctl'),
    workloads: workloads.length > 0 ? Object.fromEntries(workloads) : undefined,
    secrets: secrets.length > 0 ? secrets : undefined,
    journal: Number(rest('journal')[0]) || 0,
    nginxLogs: Number(rest('nginxLogs')[0]) || 0,
  };
}

function workload(line: string): [string, Workload] {
  const [, name = '', ...counts] = line.split('|');
  // Each of them is called one way for Deployments and StatefulSets, another for DaemonSets.
  const [wanted = 0, ready = 0, updated = 0, all = 0] = [0, 2, 4, 6].map(
    (at) => Number(counts[at] || counts[at + 1]) || 0,
  );
  // Pods of an earlier version do not count, though they may be those that are ready.
  return [name, { wanted, ready: Math.max(0, ready - Math.max(0, all - updated)) }];
}

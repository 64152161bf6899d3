import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { reservationArguments, reservationsOf } from '../../../platform/nodes/capacity/reservations.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { DistNode } from '../../dist.ts';
import { kubeletArgument } from '../../kubernetes/kubelet-argument.ts';
import type { Rule } from '../rule.ts';

/**
 * Each kubelet keeps from pods what K3s, the system and nginx take at most, and evicts pods before the node's memory and
 * disks run out.
 */
export const memoryReserved: Rule = {
  name: 'memory-reserved',
  harm: 'reachability',
  loss: 'Functions could take the memory that K3s and nginx live on, and the kernel would choose what ends.',
  check: ({ nodes }) => nodes.flatMap(problems),
};

function problems(node: DistNode): Diagnostic[] {
  const { role, k3sConfig, name, path, files } = node;
  const nginx = /^MemoryMax=(\d+)$/m.exec(files.get(places.nginxDropIn)?.text ?? '')?.[1];
  const isEtcd = k3sConfig['cluster-init'] === true || k3sConfig.server !== undefined;
  const wanted = reservationsOf(
    { role, nginx: nginx !== undefined },
    isEtcd ? 'etcd' : 'sqlite',
    Number(nginx ?? 0),
  );
  return reservationArguments(wanted).flatMap((argument) => {
    const at = argument.indexOf('=');
    const [key, value] = [argument.slice(0, at), argument.slice(at + 1)];
    const found = kubeletArgument(node, key);
    if (found === value) return [];
    const params = { node: name, key, value, found: found ?? 'nothing' };
    const artifact = { path: `${path}#${places.k3sConfig}` };
    return [report('verify/memory-not-reserved', [], params, { artifact })];
  });
}

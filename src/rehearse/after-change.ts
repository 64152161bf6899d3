import { readDist } from '../verify/read/dist.ts';
import type { NodeState } from './node-state.ts';
import type { Prepared } from './prepared.ts';

/**
 * What a node must have after a change of its config: what it had, without what the new config has no more, and what that
 * adds.
 *
 * @param now how it is, for what is neither in a config nor must be as it was
 */
export function afterChange(
  node: string,
  before: NodeState,
  now: NodeState,
  from: Prepared,
  to: Prepared,
): NodeState {
  const gone = workloadsGone(from, to);
  const [had, has] = [sysctlsOf(node, from), sysctlsOf(node, to)];
  const isTimer = ([unit]: readonly [string, string]) => unit.endsWith('.timer');
  return {
    ...before,
    units: {
      ...Object.fromEntries(Object.entries(now.units).filter(isTimer)),
      ...Object.fromEntries(Object.entries(before.units).filter(([unit]) => now.units[unit] !== undefined)),
    },
    // Its rules may be others now, but there must be some.
    table: now.table || before.table,
    // What the new config leaves as it was must read as it did, since kernels round.
    sysctls: Object.fromEntries(
      Object.entries(has).map(([key, value]) => [
        key,
        had[key] === value ? (before.sysctls[key] ?? value) : value,
      ]),
    ),
    workloads: {
      ...Object.fromEntries([...workloadsOf(to)].map((name) => [name, { wanted: 1, ready: 1 }])),
      ...Object.fromEntries(Object.entries(before.workloads ?? {}).filter(([name]) => !gone.includes(name))),
    },
    secrets: before.secrets?.filter((name) => !secretsGone(from, to).has(name)),
  };
}

/** Workloads that the new config has no more. */
export function workloadsGone(from: Prepared, to: Prepared): string[] {
  const now = workloadsOf(to);
  return [...workloadsOf(from)].filter((name) => !now.has(name));
}

const workloadKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** By namespace, kind and name, as the state of a node has them. */
function workloadsOf({ texts }: Prepared): ReadonlySet<string> {
  const [dist] = readDist(texts);
  const objects = dist === undefined ? [] : [...dist.objects, ...dist.ownObjects];
  return new Set(
    objects
      .filter(({ kind }) => workloadKinds.includes(kind))
      .map(({ namespace = 'default', kind, name }) => `${namespace}/${kind}/${name}`),
  );
}

function secretsGone(from: Prepared, to: Prepared): ReadonlySet<string> {
  const [had, has] = [from, to].map(({ texts }) => {
    const lock: { secrets: { namespace: string; name: string }[] } = JSON.parse(
      texts.get('platform.lock.json') ?? '{"secrets":[]}',
    );
    return lock.secrets.map(({ namespace, name }) => `${namespace}/${name}`);
  });
  return new Set(had?.filter((name) => !has?.includes(name)));
}

function sysctlsOf(node: string, { platform }: Prepared): Readonly<Record<string, string>> {
  const own = platform.nodes.find(({ name }) => name === node)?.sysctls ?? [];
  return Object.fromEntries(
    own.flatMap(({ key, value }) =>
      value === undefined ? [] : [[key, value.trim().replaceAll(/\s+/g, ' ')] as const],
    ),
  );
}

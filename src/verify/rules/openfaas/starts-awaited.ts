import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { variable } from '../../kubernetes/body.ts';
import { type Pod, podsIn } from '../../kubernetes/pod.ts';
import type { Rule } from '../rule.ts';

/** A part ends when what it needs at start cannot be reached, which is so in the first moment of every pod. */
export const startsAwaited: Rule = {
  name: 'starts-awaited',
  harm: 'reachability',
  loss: "A part of OpenFaaS would end at each start, before the nodes' packet filters let it speak.",
  check: (dist) =>
    podsIn(dist)
      .filter(({ kind, namespace }) => kind === 'Deployment' && namespace === 'openfaas')
      .flatMap((part) =>
        needs(part).flatMap(({ address, isQueue }): Diagnostic[] => {
          const wait = waits(part).find((words) => words.at(-1)?.endsWith(address));
          if (wait === undefined)
            return [report('verify/start-not-awaited', [], { part: part.owner, needed: address })];
          return isQueue && !hasEnd(wait)
            ? [report('verify/start-never', [], { part: part.owner, needed: address })]
            : [];
        }),
      ),
};

interface Needed {
  /** The end of its address. */
  readonly address: string;
  readonly isQueue: boolean;
}

/** What must answer before the containers of a pod start. */
function needs({ spec }: Pod): Needed[] {
  const provider = spec.containers.some(({ name }) => name === 'faas-netes');
  const queues = spec.containers.flatMap((container) => {
    const host = variable(container, 'faas_nats_address');
    return host === undefined ? [] : [`${host}:${variable(container, 'faas_nats_port')}`];
  });
  return [
    ...(provider ? [{ address: 'kubernetes.default.svc/version', isQueue: false }] : []),
    ...[...new Set(queues)].map((address) => ({ address, isQueue: true })),
  ];
}

/** The waits before a pod's containers, each as curl's arguments with the address last. */
function waits({ spec }: Pod): string[][] {
  return (spec.initContainers ?? [])
    .filter(({ command }) => command?.join() === 'curl')
    .flatMap(({ args = [] }) =>
      args
        .join('\n')
        .split('\n--next\n')
        .map((wait) => wait.split('\n')),
    );
}

/** NATS speaks first, and hangs up on what is none of its commands; only HTTP 0.9 is well with that. */
function hasEnd(wait: readonly string[]): boolean {
  return wait.includes('--http0.9') && (wait.at(-1)?.startsWith('http://') ?? false);
}

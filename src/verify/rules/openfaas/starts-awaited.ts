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
        needs(part)
          .filter((needed) => !awaited(part).some((url) => url.endsWith(needed)))
          .map((needed): Diagnostic => report('verify/start-not-awaited', [], { part: part.owner, needed })),
      ),
};

/** What must answer before the containers of a pod start: the ends of addresses. */
function needs({ spec }: Pod): string[] {
  const provider = spec.containers.some(({ name }) => name === 'faas-netes');
  const queues = spec.containers.flatMap((container) => {
    const host = variable(container, 'faas_nats_address');
    return host === undefined ? [] : [`${host}:${variable(container, 'faas_nats_port')}`];
  });
  return [...(provider ? ['kubernetes.default.svc/version'] : []), ...new Set(queues)];
}

function awaited({ spec }: Pod): string[] {
  return (spec.initContainers ?? [])
    .filter(({ command }) => command?.join() === 'curl')
    .flatMap(({ args = [] }) => args.filter((arg) => /^\w+:\/\//.test(arg)));
}

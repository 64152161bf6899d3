import { report } from '../../../diagnostics/report.ts';
import { ports } from '../../../platform/openfaas/ports.ts';
import type { Dist } from '../../dist.ts';
import { mayReach } from '../../kubernetes/network-reach.ts';
import { type Pod, podsIn } from '../../kubernetes/pod.ts';
import type { Rule } from '../rule.ts';

const { function: port } = ports;

/** `http://pay.openfaas-fn.svc.cluster.local:8080/`, with what comes before the cluster's own domain. */
const address = new RegExp(`^http://([a-z0-9-]+\\.[a-z0-9-]+)\\.svc\\.cluster\\.local:${port}(/|$)`);

/**
 * The network lets exactly those calls through that are declared: a function reaches what a variable of it or a
 * CronJob's argument holds the address of, and no other pod of the platform; the gateway reaches every function.
 */
export const callsAsDeclared: Rule = {
  name: 'calls-as-declared',
  harm: 'confinement',
  loss: 'A function that is broken into could call others that it has no business with, or its own declared calls would be refused.',
  check: (dist) => {
    const pods = podsIn(dist);
    const callers = pods.filter((pod) => pod.namespace === 'openfaas-fn' || pod.kind === 'CronJob');
    const gateway = pods.find(
      (pod) => pod.kind === 'Deployment' && pod.namespace === 'openfaas' && pod.owner === 'gateway',
    );
    const functions = pods.filter((pod) => pod.namespace === 'openfaas-fn');
    const refused = (caller: Pod, callee: Pod) =>
      mayReach(dist, caller, callee, port)
        ? []
        : [report('verify/call-refused', [], { caller: caller.owner, callee: callee.owner })];

    return [
      ...(gateway === undefined ? [] : functions.flatMap((fn) => refused(gateway, fn))),
      ...callers.flatMap((caller) => {
        const addresses = addressesIn(caller);
        return pods
          .filter((pod) => pod !== caller && pod.kind === 'Deployment')
          .flatMap((callee) => {
            if (addresses.has(`${callee.owner}.${callee.namespace}`)) return refused(caller, callee);
            return reachesSomePort(dist, caller, callee)
              ? [report('verify/call-undeclared', [], { caller: caller.owner, callee: callee.owner })]
              : [];
          });
      }),
    ];
  },
};

/** `name.namespace` of every Service whose address stands in the pod's variables and arguments. */
function addressesIn({ spec }: Pod): ReadonlySet<string> {
  const texts = spec.containers.flatMap(({ env = [], args = [] }) => [
    ...env.filter(({ name }) => /^FUNCTION_[A-Z0-9_]+_URL$/.test(name)).map(({ value }) => value ?? ''),
    ...args,
  ]);
  return new Set(texts.flatMap((text) => address.exec(text)?.[1] ?? []));
}

function reachesSomePort(dist: Dist, caller: Pod, callee: Pod): boolean {
  const own = callee.spec.containers.flatMap((container) => container.ports ?? []);
  return [port, ...own.map(({ containerPort }) => containerPort)].some((number) =>
    mayReach(dist, caller, callee, number),
  );
}

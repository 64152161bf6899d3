import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { ports } from '../../../platform/openfaas/ports.ts';
import type { Dist } from '../../dist.ts';
import { placeOf, titleOf } from '../../kubernetes/body.ts';
import { allowsEgress } from '../../kubernetes/network-policy.ts';
import { mayEnter, mayLeave, mayReach, policiesFor } from '../../kubernetes/network-reach.ts';
import { type Pod, podsIn } from '../../kubernetes/pod.ts';
import { podsBehind, targetPort } from '../../kubernetes/services.ts';
import { type ToldAddress, toldAddresses } from '../../kubernetes/told-addresses.ts';
import type { Rule } from '../rule.ts';

/** The gateway asks here unless it is told of another place. */
const prometheus: ToldAddress = { service: 'prometheus', namespace: 'openfaas', port: ports.prometheus };
const dns = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
/** Somewhere on the internet. */
const outside = { address: '198.51.100.1', port: 443 };

/**
 * Each of OpenFaaS' parts reaches what it is told the address of, DNS to look it up, and no other pod; the gateway
 * reaches functions and the internet besides, and functions the internet. What goes in and out of every pod is said
 * by a policy.
 */
export const partsReach: Rule = {
  name: 'parts-reach',
  harm: 'reachability',
  loss: 'A part of OpenFaaS could not reach what it needs, or could reach what it should not.',
  check: (dist) => {
    const pods = podsIn(dist).filter(({ namespace }) => /^openfaas(-fn)?$/.test(namespace));
    const parts = pods.filter(({ kind, namespace }) => kind === 'Deployment' && namespace === 'openfaas');
    return [
      ...vaguePolicies(dist),
      ...pods.flatMap((pod) => [...underPolicies(dist, pod), ...asksDns(dist, pod)]),
      ...pods
        .filter((pod) => pod.namespace === 'openfaas-fn' || isGateway(pod))
        .filter((pod) => !allowsEgress(dist.objects, pod, outside))
        .map(({ owner }) => report('verify/call-refused', [], { caller: owner, callee: 'the internet' })),
      ...parts
        .filter((pod) => !isGateway(pod) && !sendsResults(dist, pod))
        .filter((pod) => allowsEgress(dist.objects, pod, outside))
        .map(({ owner }) => report('verify/call-undeclared', [], { caller: owner, callee: 'the internet' })),
      ...parts.flatMap((part) => told(dist, part, pods)),
    ];
  },
};

/** What it may reach then is a rule of its own. */
function sendsResults({ lock }: Dist, { owner }: Pod): boolean {
  return owner === 'queue-worker' && lock.intent.callbackEgress !== undefined;
}

/** A function may have its name, and so a CronJob beside it. */
function isGateway({ kind, namespace, owner }: Pod): boolean {
  return kind === 'Deployment' && namespace === 'openfaas' && owner === 'gateway';
}

function underPolicies(dist: Dist, pod: Pod): Diagnostic[] {
  return (['Ingress', 'Egress'] as const)
    .filter((way) => policiesFor(dist, pod, way).length === 0)
    .map((way) =>
      report('verify/pod-under-no-policy', [], {
        pod: pod.owner,
        way: way === 'Ingress' ? 'into' : 'out of',
      }),
    );
}

/** Ports without peers are open to all there are, and peers without ports for everything. */
function vaguePolicies({ objects, lock }: Dist): Diagnostic[] {
  // A chart's parts, whichever these are, are let talk among themselves.
  if (lock.openfaas.install === 'helm') return [];
  return objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap((policy) => {
      const { ingress = [], egress = [] } = policy.body.spec as Rules;
      const vague = [
        ...ingress.filter(({ from = [], ports = [] }) => from.length === 0 || ports.length === 0),
        ...egress.filter(({ to = [], ports = [] }) => to.length === 0 || ports.length === 0),
      ];
      return vague.map((rule) =>
        report(
          'verify/policy-vague',
          [],
          { policy: titleOf(policy), rule: JSON.stringify(rule) },
          { artifact: placeOf(policy) },
        ),
      );
    });
}

interface Rules {
  readonly ingress?: readonly { readonly from?: readonly unknown[]; readonly ports?: readonly unknown[] }[];
  readonly egress?: readonly { readonly to?: readonly unknown[]; readonly ports?: readonly unknown[] }[];
}

function asksDns(dist: Dist, pod: Pod): Diagnostic[] {
  if (pod.namespace === 'openfaas' && addressesOf(dist, pod).length === 0) return [];
  return (['UDP', 'TCP'] as const)
    .filter((protocol) => !mayReach(dist, pod, dns, 53, protocol))
    .map((protocol) =>
      report('verify/call-refused', [], { caller: pod.owner, callee: `DNS by ${protocol}` }),
    );
}

/** Names are looked up with the cluster's own DNS, and what else is in its namespace is nobody's to reach. */
const besideDns = { namespace: 'kube-system', labels: {} };

function addressesOf(dist: Dist, part: Pod): ToldAddress[] {
  return [...toldAddresses(dist, part), ...(isGateway(part) ? [prometheus] : [])];
}

function told(dist: Dist, part: Pod, pods: readonly Pod[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const needed = new Set<string>();
  for (const { service: name, namespace, port } of addressesOf(dist, part)) {
    const service = dist.objects.find(
      (object) => object.kind === 'Service' && object.name === name && object.namespace === namespace,
    );
    const target = service && targetPort(service, port);
    if (service === undefined || target === undefined) {
      const address = `${name}.${namespace}:${port}`;
      diagnostics.push(report('verify/address-of-no-service', [], { part: part.owner, address }));
      continue;
    }
    for (const callee of podsBehind(dist, service)) {
      needed.add(`${callee.namespace}/${callee.owner}:${target}`);
      if (!mayReach(dist, part, callee, Number(target))) {
        diagnostics.push(
          report('verify/call-refused', [], { caller: part.owner, callee: `${callee.owner}:${target}` }),
        );
      }
    }
  }
  if (mayLeave(dist, part, besideDns, 53)) {
    diagnostics.push(
      report('verify/call-undeclared', [], { caller: part.owner, callee: 'all of kube-system' }),
    );
  }
  return [...diagnostics, ...undeclared(dist, part, pods, needed)];
}

function undeclared(dist: Dist, part: Pod, pods: readonly Pod[], needed: ReadonlySet<string>): Diagnostic[] {
  return pods
    .filter((pod) => pod !== part && pod.kind === 'Deployment')
    .filter((pod) => !isGateway(part) || pod.namespace !== 'openfaas-fn')
    .flatMap((pod) =>
      pod.spec.containers
        .flatMap(({ ports = [] }) => ports)
        .filter(({ containerPort }) => !needed.has(`${pod.namespace}/${pod.owner}:${containerPort}`))
        // One of the two sides is enough to refuse, and both should.
        .filter(
          ({ containerPort }) =>
            mayLeave(dist, part, pod, containerPort) || mayEnter(dist, part, pod, containerPort),
        )
        .map(({ containerPort }) =>
          report('verify/call-undeclared', [], {
            caller: part.owner,
            callee: `${pod.owner}:${containerPort}`,
          }),
        ),
    );
}

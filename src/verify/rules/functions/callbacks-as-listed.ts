import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { own, type Scope } from '../../../nginx/scope.ts';
import type { Dist } from '../../dist.ts';
import { placeOf } from '../../kubernetes/body.ts';
import { at, blocksOf, clientConfsOf, type NginxConf, pathOf, titleOfBlock } from '../../nginx/conf.ts';
import { mapOf } from '../../nginx/map-value.ts';
import type { Rule } from '../rule.ts';

/**
 * The result of a queued call goes where the lock file says of its function, and nowhere else: the header that names it is a
 * word of a list, and the queue worker gets out only for what the lists hold.
 */
export const callbacksAsListed: Rule = {
  name: 'callbacks-as-listed',
  harm: 'confinement',
  loss: 'A caller could have the queue worker call any address from inside of the cluster, and send it results of others.',
  check: (dist) => [...clientConfsOf(dist).flatMap((conf) => named(conf, dist)), ...workerPolicies(dist)],
};

/** Each location's header, and for each function with a list a location that has it. */
function named(conf: NginxConf, dist: Dist): Diagnostic[] {
  const locations = blocksOf(conf.scopes, 'location');
  return locations.flatMap((location) => {
    const [value = ''] = own(location, 'proxy_set_header')
      .filter(({ args }) => args[0]?.toLowerCase() === 'x-callback-url')
      .map(({ args }) => args[1] ?? '');
    const [, name = ''] = /^(?:= |\^~ )\/async-function\/([a-z0-9-]+)\/?$/.exec(pathOf(location)) ?? [];
    const meant = [...(dist.lock.intent.functions[name]?.callbacks ?? [])].sort();
    const found = value === '' ? [] : listedIn(conf.scopes, value);
    if (isDeepStrictEqual(found, meant)) return [];
    const params = { place: titleOfBlock(location), found: found?.join(', ') || 'nothing that is listed' };
    return [report('verify/callback-not-listed', [], params, at(conf, location.head))];
  });
}

/** The values that a header may have; undefined if a client could choose another. */
function listedIn(scopes: readonly Scope[], variable: string): string[] | undefined {
  const map = mapOf(scopes, variable);
  if (map?.head?.args[0] !== '$http_x_callback_url') return undefined;
  const entries = map.directives.map(({ directive, args }) => [directive, args[0] ?? ''] as const);
  const listed = entries.filter(([key]) => key !== 'default');
  const isClosed =
    entries.some(([key, value]) => key === 'default' && value === '') &&
    listed.every(([key, value]) => key === value && !/^~|\$/.test(key));
  return isClosed ? listed.map(([key]) => key).sort() : undefined;
}

/** Never a host of somebody who gets results: a redirect of one would lead there. */
const closed = [
  ...['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ...['169.254.0.0/16', '168.63.129.16/32', 'fc00::/7', 'fe80::/10'],
];

interface EgressRule {
  readonly to?: readonly {
    readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  }[];
  readonly ports?: readonly {
    readonly port?: number;
    readonly endPort?: number;
    readonly protocol?: string;
  }[];
}

/** The rules by which the queue worker gets out of the cluster: one for the callbacks, or none. */
function workerPolicies({ objects, lock }: Dist): Diagnostic[] {
  if (lock.openfaas.install === 'helm') return [];
  const { callbackEgress } = lock.intent;
  return objects
    .filter(
      ({ kind, name, namespace }) =>
        kind === 'NetworkPolicy' && `${namespace}/${name}` === 'openfaas/queue-worker',
    )
    .flatMap((policy) => {
      const { egress = [] } = (policy.body.spec ?? {}) as { readonly egress?: readonly EgressRule[] };
      const out = egress.filter(({ to = [] }) => to.some(({ ipBlock }) => ipBlock !== undefined));
      const meant = callbackEgress === undefined ? 0 : 1;
      if (out.length === meant && out.every((rule) => isFor(rule, callbackEgress))) return [];
      const meaning = callbackEgress?.networks?.join(', ') ?? (meant === 0 ? 'nothing' : 'the internet');
      return [report('verify/callback-anywhere', [], { meaning }, { artifact: placeOf(policy) })];
    });
}

function isFor(
  { to = [], ports = [] }: EgressRule,
  egress: Dist['lock']['intent']['callbackEgress'],
): boolean {
  const numbers = ports.map(({ port = 0, endPort, protocol }) =>
    endPort === undefined && protocol === 'TCP' ? port : 0,
  );
  const blocks = to.map(({ ipBlock }) => ipBlock);
  const { networks } = egress ?? {};
  const isTo = networks
    ? isDeepStrictEqual(
        blocks.map((block) => (block?.except ? 'other' : block?.cidr)).sort(),
        [...networks].sort(),
      )
    : blocks.every(
        (block) =>
          block !== undefined &&
          ['0.0.0.0/0', '::/0'].includes(block.cidr) &&
          closed
            .filter((network) => network.includes(':') === block.cidr.includes(':'))
            .every((network) => block.except?.includes(network)),
      );
  return isTo && isDeepStrictEqual(numbers.sort(byNumber), [...(egress?.ports ?? [])].sort(byNumber));
}

function byNumber(a: number, b: number): number {
  return a - b;
}

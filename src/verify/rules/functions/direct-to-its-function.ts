import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import type { Statement } from '../../../nginx/directive.ts';
import { directivesBelow, directivesIn } from '../../../nginx/find.ts';
import { ports } from '../../../platform/openfaas/ports.ts';
import { parseDuration } from '../../../units/amounts.ts';
import type { Dist } from '../../dist.ts';
import { podOf, serviceSpec, variable } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/**
 * A location of a function that does not go to the gateway goes to that function's own Service, and nginx lets go of
 * an idle connection before the function's server does.
 */
export const directToItsFunction: Rule = {
  name: 'direct-to-its-function',
  harm: 'reachability',
  loss: 'Calls of one function would reach another one, or nobody.',
  check: (dist) =>
    dist.nginx.flatMap(({ path, statements }) => {
      const upstreams = new Map(
        directivesBelow(statements, 'upstream').map(({ args, block = [] }) => [args[0] ?? '', block]),
      );
      return directivesBelow(statements, 'location').flatMap(({ args, block = [], line }) => {
        const location = args.at(-1) ?? '';
        const name = /^\/function\/([^/]+)\/?$/.exec(location)?.[1];
        const target = directivesIn(block, 'proxy_pass')[0]?.args[0];
        const upstream = /^http:\/\/([^/$]+)/.exec(target ?? '')?.[1];
        if (name === undefined || upstream === undefined || upstream === 'openfaas_gateway') return [];
        const settings = upstreams.get(upstream) ?? [];
        const server = directivesIn(settings, 'server')[0]?.args[0] ?? upstream;
        if (server === addressOf(dist, name)) return checkIdle(dist, name, settings);
        const at = { artifact: { path, ...(line && { line }) } };
        return [report('verify/direct-elsewhere', [], { location, server }, at)];
      });
    }),
};

function addressOf({ objects }: Dist, name: string): string | undefined {
  const service = objects.find(
    (object) => object.kind === 'Service' && object.namespace === 'openfaas-fn' && object.name === name,
  );
  const address = service && serviceSpec(service)?.clusterIP;
  return address === undefined ? undefined : `${address}:${ports.function}`;
}

/** Go's server closes an idle connection after its read_timeout; nginx must not send on it then. */
function checkIdle({ objects }: Dist, name: string, upstream: readonly Statement[]): Diagnostic[] {
  const deployment = objects.find(
    (object) => object.kind === 'Deployment' && object.namespace === 'openfaas-fn' && object.name === name,
  );
  const kept = variable(deployment && podOf(deployment)?.containers[0], 'read_timeout') ?? '0s';
  const idle = directivesIn(upstream, 'keepalive_timeout')[0]?.args[0] ?? '60s';
  if (parseDuration(idle) < parseDuration(kept)) return [];
  const shorter = `keepalive_timeout of nginx's upstream of ${name} (${idle})`;
  return [
    report('verify/durations-out-of-order', [], { shorter, longer: `read_timeout of ${name} (${kept})` }),
  ];
}

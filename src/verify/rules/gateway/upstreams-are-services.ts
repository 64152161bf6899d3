import { report } from '../../../diagnostics/report.ts';
import { directivesBelow, directivesIn } from '../../../nginx/find.ts';
import { ports } from '../../../platform/openfaas/ports.ts';
import type { Dist } from '../../dist.ts';
import { podOf, serviceSpec } from '../../kubernetes/body.ts';
import { chartPods, openfaasRelease } from '../../kubernetes/chart-release.ts';
import { challengePlaces, challengeUpstream } from '../../nginx/challenges.ts';
import type { Rule } from '../rule.ts';

/**
 * nginx sends only to upstreams, and each is a Service with that fixed address and port, with pods behind it; or, for
 * challenges, nodes with nginx.
 */
export const upstreamsAreServices: Rule = {
  name: 'upstreams-are-services',
  harm: 'reachability',
  loss: "nginx would pass calls on to an address that is nobody's, or somebody else's.",
  check: (dist) => {
    const services = serviceAddresses(dist);
    const nodes = challengePlaces(dist.lock).flatMap(({ place }) => place ?? []);
    return dist.nginx.flatMap(({ path, statements }) => {
      const upstreams = directivesBelow(statements, 'upstream');
      const names = new Set(upstreams.map(({ args }) => `http://${args[0]}`));
      const at = (line: number | undefined) => ({ artifact: { path, ...(line && { line }) } });
      return [
        ...upstreams.flatMap((upstream) => {
          const [name = ''] = upstream.args;
          const places =
            name === challengeUpstream
              ? nodes
              : services.filter(({ service }) => isOf(name, service)).map(({ place }) => place);
          return directivesIn(upstream.block ?? [], 'server')
            .filter(({ args }) => !places.includes(args[0] ?? ''))
            .map(({ args, line }) => {
              const server = args[0] ?? '';
              return name === challengeUpstream
                ? report('verify/upstream-is-no-node', [], { server, nodes }, at(line))
                : report(
                    'verify/upstream-is-no-service',
                    [],
                    { upstream: name, server, services: places },
                    at(line),
                  );
            });
        }),
        ...directivesBelow(statements, 'proxy_pass')
          .filter(({ args }) => !names.has(/^https?:\/\/[^/$]+/.exec(args[0] ?? '')?.[0] ?? ''))
          .map(({ args, line }) =>
            report('verify/proxy-to-nowhere', [], { target: args[0] ?? '' }, at(line)),
          ),
      ];
    });
  },
};

/** `address:port` of every Service with a fixed address whose port is one of its pods'. */
function serviceAddresses(dist: Dist): { readonly service: string; readonly place: string }[] {
  const { objects } = dist;
  const release = openfaasRelease(dist);
  return objects.flatMap((object) => {
    const service = serviceSpec(object);
    if (service?.clusterIP === undefined || service.clusterIP === 'None') return [];
    const ours = objects
      .filter(
        (candidate) =>
          candidate.namespace === object.namespace && selects(service.selector, labelsOf(candidate.body)),
      )
      .flatMap((candidate) => podOf(candidate)?.containers ?? [])
      .flatMap(({ ports: own = [] }) => own.map(({ containerPort }) => containerPort));
    const theirs = chartPods
      .filter(({ labels }) => release?.namespace === object.namespace && selects(service.selector, labels))
      .flatMap((pods) => pods.ports);
    const ports = [...ours, ...theirs];
    return (service.ports ?? [])
      .filter(
        ({ port, targetPort = port }) => calls.includes(port) && ports.some((own) => own === targetPort),
      )
      .map(({ port }) => ({ service: object.name, place: `${service.clusterIP}:${port}` }));
  });
}

/** The ports for calls; others are for metrics. */
const calls: readonly number[] = [ports.gateway, ports.function];

/** An upstream's name says whose it is. */
function isOf(upstream: string, service: string): boolean {
  return upstream === 'openfaas_gateway'
    ? /^gateway(-address)?$/.test(service)
    : upstream === `openfaas_fn_${service}`;
}

type Labels = Readonly<Record<string, string>>;

function labelsOf(body: unknown): Labels | undefined {
  const { spec } = body as { spec?: { template?: { metadata?: { labels?: Labels } } } };
  return spec?.template?.metadata?.labels;
}

function selects(selector: Labels | undefined, labels: Labels | undefined): boolean {
  if (selector === undefined || labels === undefined) return false;
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

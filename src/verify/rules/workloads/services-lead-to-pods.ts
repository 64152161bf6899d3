import { report } from '../../../diagnostics/report.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { placeOf, serviceSpec, titleOf } from '../../kubernetes/body.ts';
import { chartPods, openfaasRelease } from '../../kubernetes/chart-release.ts';
import { podsBehind } from '../../kubernetes/services.ts';
import type { Rule } from '../rule.ts';

/** Behind every Service are pods, which listen on each port that it leads to. */
export const servicesLeadToPods: Rule = {
  name: 'services-lead-to-pods',
  harm: 'reachability',
  loss: 'A Service would have nobody behind it.',
  check: (dist) =>
    dist.objects.flatMap((service) => {
      const spec = serviceSpec(service);
      if (spec === undefined) return [];
      const at = { artifact: placeOf(service) };
      const listening = listeningPorts(dist, service);
      if (listening === undefined) {
        return [report('verify/service-without-pods', [], { service: titleOf(service) }, at)];
      }
      return (spec.ports ?? [])
        .map(({ port, targetPort = port, protocol = 'TCP' }) => `${targetPort}/${protocol}`)
        .filter((port) => !listening.includes(port))
        .map((port) => report('verify/service-port-closed', [], { service: titleOf(service), port }, at));
    }),
};

function listeningPorts(dist: Dist, service: ManifestObject): readonly string[] | undefined {
  const ours = podsBehind(dist, service).flatMap(({ spec }) =>
    spec.containers.flatMap(({ ports = [] }) =>
      ports.map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`),
    ),
  );
  const selector = Object.entries(serviceSpec(service)?.selector ?? {});
  const theirs = chartPods
    .filter(({ labels }) => selector.every(([key, value]) => labels[key] === value))
    .filter(() => openfaasRelease(dist)?.namespace === service.namespace)
    .flatMap(({ ports }) => ports.map((port) => `${port}/TCP`));
  const all = [...ours, ...theirs];
  return all.length === 0 ? undefined : all;
}

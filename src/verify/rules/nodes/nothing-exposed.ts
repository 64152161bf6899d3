import { report } from '../../../diagnostics/report.ts';
import type { ManifestObject } from '../../dist.ts';
import { placeOf, podOf, serviceSpec, titleOf } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/** No Service and no pod can be reached from outside: all traffic comes by nginx. */
export const nothingExposed: Rule = {
  name: 'nothing-exposed',
  harm: 'exposure',
  loss: 'Strangers could reach pods past nginx.',
  check: ({ objects }) =>
    objects.flatMap((object) =>
      waysIn(object).map((how) =>
        report('verify/exposed', [], { object: titleOf(object), how }, { artifact: placeOf(object) }),
      ),
    ),
};

function waysIn(object: ManifestObject): string[] {
  const service = serviceSpec(object);
  const pod = podOf(object);
  const containers = [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])];
  return [
    ...(service !== undefined && (service.type ?? 'ClusterIP') !== 'ClusterIP'
      ? [`its type is ${service.type}`]
      : []),
    ...(service?.externalIPs?.length ? [`it has external addresses ${service.externalIPs.join(', ')}`] : []),
    ...(pod?.hostNetwork ? ["it is in the node's own network"] : []),
    ...containers
      .flatMap(({ ports = [] }) => ports)
      .flatMap(({ hostPort }) => (hostPort === undefined ? [] : [`it takes port ${hostPort} of its node`])),
    ...(object.kind === 'Ingress' ? ['it is an Ingress'] : []),
  ];
}

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { quantityValue } from '../../../kubernetes/quantity.ts';
import { largestAmounts } from '../../../units/amounts.ts';
import type { ManifestObject } from '../../dist.ts';
import { type Container, type PodSpec, placeOf, podOf, titleOf, type Volume } from '../../kubernetes/body.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import { checkOwnSchema } from '../../read/own-schema.ts';
import type { Rule } from '../rule.ts';

/**
 * Every workload says what Kubernetes would else choose for it, asks its own ports how it is, mounts each of its
 * volumes, and carries its own name where others look for it.
 */
export const workloadsComplete: Rule = {
  name: 'workloads-complete',
  harm: 'reachability',
  loss: 'Kubernetes would choose for a workload what nobody has decided, or never call it ready.',
  check: (dist) =>
    dist.objects.flatMap((object) => {
      const pod = podOf(object);
      if (pod === undefined) return [];
      const at = { artifact: placeOf(object) };
      return [
        ...checkOwnSchema('workload', object.body).map(({ pointer, message }) =>
          report('verify/workload-incomplete', [], { object: titleOf(object), pointer, message }, at),
        ),
        ...pod.containers.flatMap((container) => [
          ...checkProbes(object, container),
          ...checkAmounts(object, container),
        ]),
        ...checkVolumes(object, pod),
        ...checkUsers(object, pod),
        ...checkName(object, podsIn({ ...dist, objects: [object] })[0]?.labels ?? {}),
      ];
    }),
};

function checkProbes(
  object: ManifestObject,
  { name: container, ports = [], ...rest }: Container,
): Diagnostic[] {
  const own = ports.map(({ containerPort }) => containerPort);
  return (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((probe) => {
    const { httpGet, tcpSocket } = rest[probe] ?? {};
    const port = httpGet?.port ?? tcpSocket?.port;
    if (port === undefined || own.some((one) => one === port)) return [];
    const asked = { object: titleOf(object), container, probe, port };
    return [report('verify/probe-of-no-port', [], asked, { artifact: placeOf(object) })];
  });
}

/** What no machine has, and what no program fits into: a quantity of one thing that stands for another. */
const amounts: readonly (readonly [name: string, least: number, most: number])[] = [
  ['cpu', 0.0001, largestAmounts.cpu],
  ['memory', 1024, largestAmounts.memory],
  ['ephemeral-storage', 1024, largestAmounts.disk],
];

function checkAmounts(object: ManifestObject, { name: container, resources }: Container): Diagnostic[] {
  return (['requests', 'limits'] as const).flatMap((kind) =>
    amounts.flatMap(([resource, least, most]) => {
      const amount = resources?.[kind]?.[resource];
      if (amount === undefined) return [];
      const value = quantityValue(amount);
      if (value >= least && value <= most) return [];
      const found = { object: titleOf(object), container, kind, resource, amount };
      return [report('verify/amount-impossible', [], found, { artifact: placeOf(object) })];
    }),
  );
}

function checkVolumes(object: ManifestObject, { containers, volumes = [] }: PodSpec): Diagnostic[] {
  const at = { artifact: placeOf(object) };
  const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  return volumes.flatMap((volume) => {
    const found = { object: titleOf(object), volume: volume.name };
    const own = mounts.filter(({ name }) => name === volume.name);
    if (own.length === 0) return [report('verify/volume-not-mounted', [], found, at)];
    const writable = own.some(({ readOnly }) => readOnly !== true);
    return writable && !isScratch(volume) ? [report('verify/volume-writable', [], found, at)] : [];
  });
}

/** What a pod writes is its own user's and group's. */
function checkUsers(object: ManifestObject, pod: PodSpec): Diagnostic[] {
  const { runAsUser: user, runAsGroup: group, fsGroup: files } = (pod as Users).securityContext ?? {};
  return user === group && user === files
    ? []
    : [
        report(
          'verify/users-differ',
          [],
          { object: titleOf(object), user, group, files },
          { artifact: placeOf(object) },
        ),
      ];
}

interface Users extends PodSpec {
  readonly securityContext?: {
    readonly runAsUser?: number;
    readonly runAsGroup?: number;
    readonly fsGroup?: number;
  };
}

function isScratch({ secret, configMap, projected }: Volume): boolean {
  return (secret ?? configMap ?? projected) === undefined;
}

/** The labels by which Services, policies and the provider find a workload are its name. */
function checkName(object: ManifestObject, pods: Readonly<Record<string, string>>): Diagnostic[] {
  if (object.kind !== 'Deployment') return [];
  const { labels = {} } = object.body.metadata as { labels?: Readonly<Record<string, string>> };
  return [labels, pods]
    .map((own) => own.app ?? own.faas_function)
    .filter((label) => label !== object.name)
    .map((label) =>
      report(
        'verify/labelled-otherwise',
        [],
        { object: titleOf(object), label },
        { artifact: placeOf(object) },
      ),
    );
}

import { report } from '../../../diagnostics/report.ts';
import { largestAmounts } from '../../../units/amounts.ts';
import type { ManifestObject } from '../../dist.ts';
import { type Container, type PodSpec, placeOf, podOf, titleOf, type Volume } from '../../kubernetes/body.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import { quantityValue } from '../../kubernetes/quantity.ts';
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
      const problems = [
        ...checkOwnSchema('workload', object.body).map(({ pointer, message }) => `${pointer}: ${message}`),
        ...pod.containers.flatMap(probeProblems),
        ...pod.containers.flatMap(amountProblems),
        ...volumeProblems(pod),
        ...userProblems(pod),
        ...nameProblems(object, podsIn({ ...dist, objects: [object] })[0]?.labels ?? {}),
      ];
      return problems.map((problem) =>
        report(
          'verify/workload-incomplete',
          [],
          { object: titleOf(object), problem },
          { artifact: placeOf(object) },
        ),
      );
    }),
};

function probeProblems({ name, ports = [], ...container }: Container): string[] {
  const own = ports.map(({ containerPort }) => containerPort);
  return (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((key) => {
    const { httpGet, tcpSocket } = container[key] ?? {};
    const asked = httpGet?.port ?? tcpSocket?.port;
    return asked === undefined || own.some((port) => port === asked)
      ? []
      : [`the ${key} of ${name} asks port ${asked}, which is none of its ports`];
  });
}

/** What no machine has, and what no program fits into: a quantity of one thing that stands for another. */
const amounts: readonly (readonly [name: string, least: number, most: number])[] = [
  ['cpu', 0.0001, largestAmounts.cpu],
  ['memory', 1024, largestAmounts.memory],
  ['ephemeral-storage', 1024, largestAmounts.disk],
];

function amountProblems({ name, resources }: Container): string[] {
  return (['requests', 'limits'] as const).flatMap((kind) =>
    amounts
      .map(([what, least, most]) => ({ what, least, most, amount: resources?.[kind]?.[what] }))
      .filter(
        ({ amount, least, most }) =>
          amount !== undefined && !(quantityValue(amount) >= least && quantityValue(amount) <= most),
      )
      .map(({ what, amount }) => `${kind} of ${name}: ${amount} is not an amount of ${what}`),
  );
}

function volumeProblems({ containers, volumes = [] }: PodSpec): string[] {
  const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  return volumes.flatMap((volume) => {
    const own = mounts.filter(({ name }) => name === volume.name);
    if (own.length === 0) return [`its volume ${volume.name} is mounted nowhere`];
    const writable = own.some(({ readOnly }) => readOnly !== true);
    return writable && !isScratch(volume) ? [`its volume ${volume.name} could be written to`] : [];
  });
}

/** What a pod writes is its own user's and group's. */
function userProblems(pod: PodSpec): string[] {
  const { runAsUser, runAsGroup, fsGroup } = (pod as Users).securityContext ?? {};
  return runAsUser === runAsGroup && runAsUser === fsGroup
    ? []
    : [`it runs as ${runAsUser}, with the group ${runAsGroup}, and its volumes are those of ${fsGroup}`];
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
function nameProblems(
  { kind, name, body }: ManifestObject,
  pods: Readonly<Record<string, string>>,
): string[] {
  if (kind !== 'Deployment') return [];
  const { labels = {} } = body.metadata as { labels?: Readonly<Record<string, string>> };
  return [labels, pods].flatMap((own) => {
    const called = own.app ?? own.faas_function;
    return called === name ? [] : [`it is labelled ${called ?? 'with no name'}`];
  });
}

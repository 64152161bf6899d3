import type { ConfigPath, Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import type { Container, PodSpec } from '../../../kubernetes/object.ts';
import { type RefusedField, refusedFields, type SecuredPod } from '../../../kubernetes/pod-security.ts';
import { type OwnObject, podOf, titleOf } from './own-object.ts';

/** Reports pods with rights on their node, before others, or without bounds. */
export function diagnosePods(object: OwnObject): Diagnostic[] {
  const found = podOf(object);
  if (found === undefined) return [];
  const { pod, at } = found;
  const title = titleOf(object);
  // Its shape is that of Kubernetes' schema, which both types are parts of.
  const secured = pod as SecuredPod;
  const { priorityClassName, nodeName } = pod as Scheduling;
  return [
    ...refusedFields(secured).map((refused) =>
      report('resolve/manifest-pod-refused', placeOfField(pod, at, refused), {
        object: title,
        ...refused,
      }),
    ),
    ...(priorityClassName === undefined
      ? []
      : [
          report('resolve/manifest-pod-ahead', [...at, 'priorityClassName'], {
            object: title,
            field: `priorityClassName ${priorityClassName}`,
          }),
        ]),
    ...(nodeName === undefined
      ? []
      : [report('resolve/manifest-pod-ahead', [...at, 'nodeName'], { object: title, field: 'nodeName' })]),
    ...containersOf(pod).flatMap(({ container, key, index }) =>
      missingAmounts(container).map((amount) =>
        report('resolve/manifest-unbounded', [...at, key, index], {
          object: title,
          container: container.name,
          amount,
        }),
      ),
    ),
  ];
}

interface Scheduling {
  readonly priorityClassName?: string;
  readonly nodeName?: string;
}

/** The containers of a pod, each with its place. */
export function containersOf(pod: PodSpec) {
  return (['initContainers', 'containers'] as const).flatMap((key) =>
    (pod[key] ?? []).map((container, index) => ({ container, key, index })),
  );
}

const needed = [
  ['requests', 'memory'],
  ['requests', 'cpu'],
  ['limits', 'memory'],
  ['limits', 'ephemeral-storage'],
] as const;

function missingAmounts({ resources = {} }: Container): string[] {
  return needed.filter(([kind, what]) => resources[kind]?.[what] === undefined).map((key) => key.join('.'));
}

/** `privileged of redis` is in the container of that name, all others in the pod itself: the field, or what lacks it. */
function placeOfField(pod: PodSpec, at: readonly string[], { field, found }: RefusedField): ConfigPath {
  const [key = '', name] = field.split(' of ');
  const own = containersOf(pod).find(({ container }) => container.name === name);
  if (own !== undefined) {
    const container = [...at, own.key, own.index];
    const inside = ['securityContext', ...key.split('.')];
    return hasValue(own.container, inside) ? [...container, ...inside] : container;
  }
  const volume = (pod.volumes ?? []).findIndex((one) => Object.hasOwn(one, found));
  if (volume !== -1) return [...at, 'volumes', volume, found];
  return hasValue(pod, [key]) ? [...at, key] : at;
}

function hasValue(value: unknown, path: readonly string[]): boolean {
  return path.reduce<unknown>((inner, part) => Object(inner)[part], value) !== undefined;
}

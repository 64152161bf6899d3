import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import type { Container, PodSpec } from '../../../kubernetes/object.ts';
import { refusedFields, type SecuredPod } from '../../../kubernetes/pod-security.ts';
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
      report('resolve/manifest-pod-refused', placeOfField(pod, at, refused.field), {
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
] as const;

function missingAmounts({ resources = {} }: Container): string[] {
  return needed.filter(([kind, what]) => resources[kind]?.[what] === undefined).map((key) => key.join('.'));
}

/** `privileged of redis` is in the container of that name; all others are the pod's own. */
function placeOfField(pod: PodSpec, at: readonly string[], field: string) {
  const [, name] = / of (\S+)$/.exec(field) ?? [];
  const found = containersOf(pod).find(({ container }) => container.name === name);
  return found === undefined ? at : [...at, found.key, found.index];
}

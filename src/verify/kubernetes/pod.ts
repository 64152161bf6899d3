import type { Dist } from '../dist.ts';
import { type PodSpec, podOf } from './body.ts';

/** The pods that a Deployment or CronJob makes, as others see them. */
export interface Pod {
  /** The Deployment or CronJob. */
  readonly owner: string;
  readonly kind: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

const known = new WeakMap<Dist['objects'], readonly Pod[]>();

/** The pods of every workload. */
export function podsIn({ objects }: Dist): readonly Pod[] {
  const pods = known.get(objects) ?? podsOf(objects);
  known.set(objects, pods);
  return pods;
}

function podsOf(objects: Dist['objects']): Pod[] {
  return objects.flatMap((object) => {
    const spec = podOf(object);
    if (spec === undefined || object.namespace === undefined) return [];
    const { kind, name, namespace } = object;
    return [{ owner: name, kind, namespace, labels: labelsIn(object.body.spec), spec }];
  });
}

interface Template {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}

/** The labels of the template, which a CronJob has deeper down. */
function labelsIn(spec: unknown): Readonly<Record<string, string>> {
  const { template, jobTemplate } = spec as {
    template?: Template;
    jobTemplate?: { spec?: { template?: Template } };
  };
  return (template ?? jobTemplate?.spec?.template)?.metadata?.labels ?? {};
}

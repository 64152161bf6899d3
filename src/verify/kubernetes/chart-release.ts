import { ports } from '../../platform/openfaas/ports.ts';
import type { Dist, KubernetesBody } from '../dist.ts';
import { readYaml } from '../read/yaml.ts';

/** OpenFaaS' chart as a manifest asks K3s to install it. */
export interface ChartRelease {
  /** The manifest's path. */
  readonly path: string;
  readonly repository: string | undefined;
  readonly version: string | undefined;
  /** Where its objects will be. */
  readonly namespace: string | undefined;
  readonly values: KubernetesBody;
}

/** The release of OpenFaaS' chart, where a platform has one. Charts of other things are not looked into. */
export function openfaasRelease({ objects }: Dist): ChartRelease | undefined {
  for (const { kind, path, body } of objects) {
    const spec = (body.spec ?? {}) as {
      chart?: string;
      repo?: string;
      version?: string;
      targetNamespace?: string;
      valuesContent?: string;
    };
    if (kind !== 'HelmChart' || spec.chart !== 'openfaas') continue;
    const values = readYaml(spec.valuesContent ?? '').documents[0];
    return {
      path,
      repository: spec.repo,
      version: spec.version,
      namespace: spec.targetNamespace,
      values: isRecord(values) ? values : {},
    };
  }
  return undefined;
}

/** A value by its path: `gateway.upstreamTimeout`. */
export function chartValue({ values }: ChartRelease, path: string): unknown {
  let value: unknown = values;
  for (const key of path.split('.')) value = isRecord(value) ? value[key] : undefined;
  return value;
}

/** Every image that the values name. */
export function chartImages({ values }: ChartRelease): string[] {
  return Object.entries(values).flatMap(([, part]) => {
    const image = isRecord(part) ? part.image : undefined;
    return typeof image === 'string' ? [image] : [];
  });
}

/** Pods that the chart makes and others of our objects select: their labels and ports. */
export const chartPods: readonly {
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
}[] = [{ labels: { app: 'gateway' }, ports: [ports.gateway] }];

function isRecord(value: unknown): value is KubernetesBody {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

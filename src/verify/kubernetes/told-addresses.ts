import type { Dist, ManifestObject } from '../dist.ts';
import type { Pod } from './pod.ts';

/** An address that a pod is told of: a Service's name, as it is looked up, and a port. */
export interface ToldAddress {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
}

/** `name:port`, `name.namespace:port` and `name.namespace.svc.cluster.local:port`, wherever they stand in a text. */
const address =
  /(?<![\w.$-])([a-z][a-z0-9-]*)(?:\.([a-z][a-z0-9-]*)(?:\.svc\.cluster\.local)?)?:(\d{2,5})(?!\w)/g;

/** Every address in a pod's variables and arguments, and in the ConfigMaps that it mounts. */
export function toldAddresses(dist: Dist, { spec, namespace }: Pod): ToldAddress[] {
  const variables = spec.containers.flatMap(({ env = [] }) => env);
  const written = (name: string) => variables.find((variable) => variable.name === name)?.value;
  const texts = [
    ...variables.map(({ name, value = '' }) => {
      // OpenFaaS' parts take a name and its port in two variables.
      const port = name.endsWith('_address') ? written(name.replace(/_address$/, '_port')) : undefined;
      return port === undefined ? value : `${value}:${port}`;
    }),
    ...spec.containers.flatMap(({ args = [] }) => args),
    ...mountedConfig(dist, spec, namespace).map(joined),
  ];
  return texts.flatMap((text) =>
    [...text.matchAll(address)].map(([, service = '', other = namespace, port]) => ({
      service,
      namespace: other,
      port: Number(port),
    })),
  );
}

/** Prometheus takes a name that it looks up, and its port, in two keys. */
function joined(text: string): string {
  return text.replace(/names:\s+- "?([\w.-]+)"?\s+type: A\s+port: (\d+)/g, '$1:$2');
}

function mountedConfig({ objects }: Dist, { volumes = [] }: Pod['spec'], namespace: string): string[] {
  const names = volumes.flatMap(({ configMap }) => configMap?.name ?? []);
  return objects
    .filter((object) => object.kind === 'ConfigMap' && object.namespace === namespace)
    .filter(({ name }) => names.includes(name))
    .flatMap((object) => Object.values(configData(object)));
}

/** The texts of a ConfigMap, by name. */
export function configData({ body }: ManifestObject): Readonly<Record<string, string>> {
  const { data = {} } = body as { data?: Readonly<Record<string, string>> };
  return data;
}

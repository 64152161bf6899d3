import type { ConfigPath, Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { type OwnObject, podOf, titleOf } from './own-object.ts';
import { containersOf } from './pods.ts';

/** Reports names of objects that no manifest of the user's makes. */
export function diagnoseReferences(object: OwnObject, all: readonly OwnObject[]): Diagnostic[] {
  const made = new Set(all.map(titleOf));
  return [...referencesOf(object), ...podsBehind(object, all)]
    .filter(({ needed }) => !made.has(needed))
    .map(({ needed, path }) =>
      report('resolve/manifest-reference-missing', path, { object: titleOf(object), needed }),
    );
}

interface Reference {
  readonly needed: string;
  readonly path: ConfigPath;
}

interface Names {
  readonly serviceAccountName?: string;
  readonly volumes?: readonly {
    readonly configMap?: { readonly name?: string; readonly optional?: boolean };
    readonly persistentVolumeClaim?: { readonly claimName: string };
  }[];
}

interface Sources {
  readonly envFrom?: readonly {
    readonly configMapRef?: { readonly name?: string; readonly optional?: boolean };
  }[];
}

function referencesOf(object: OwnObject): Reference[] {
  const { namespace, body } = object;
  const named = (kind: string, name: string | undefined, ...path: (string | number)[]): Reference[] =>
    name === undefined ? [] : [{ needed: titleOf({ kind, namespace, name }), path }];
  const target = body.spec?.scaleTargetRef;
  const found = podOf(object);
  const pod = (found?.pod ?? {}) as Names;
  const at = found?.at ?? [];
  const account = pod.serviceAccountName === 'default' ? undefined : pod.serviceAccountName;
  return [
    ...(body.roleRef?.kind === 'Role' ? named('Role', body.roleRef.name, 'roleRef', 'name') : []),
    ...(target ? named(target.kind, target.name, 'spec', 'scaleTargetRef', 'name') : []),
    ...named('ServiceAccount', account, ...at, 'serviceAccountName'),
    ...(pod.volumes ?? []).flatMap(({ configMap, persistentVolumeClaim }, index) => [
      ...(configMap?.optional ? [] : named('ConfigMap', configMap?.name, ...at, 'volumes', index)),
      ...named('PersistentVolumeClaim', persistentVolumeClaim?.claimName, ...at, 'volumes', index),
    ]),
    ...(found === undefined
      ? []
      : containersOf(found.pod).flatMap(({ container, key, index }) =>
          ((container as Sources).envFrom ?? []).flatMap(({ configMapRef }, position) =>
            configMapRef?.optional
              ? []
              : named('ConfigMap', configMapRef?.name, ...at, key, index, 'envFrom', position),
          ),
        )),
  ];
}

/** The pods that a Service sends to, if there are none. */
function podsBehind({ kind, namespace, body }: OwnObject, all: readonly OwnObject[]): Reference[] {
  const { selector, type } = body.spec ?? {};
  if (kind !== 'Service' || type === 'ExternalName') return [];
  const wanted = Object.entries(selector ?? {});
  const isThere = all
    .filter((other) => other.namespace === namespace && other.kind !== 'CronJob')
    .map((other) => other.body.spec?.template?.metadata?.labels ?? {})
    .some((labels) => wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value));
  if (isThere) return [];
  const labels = wanted.map(([key, value]) => `${key}=${value}`).join(',');
  return [{ needed: `pods with ${labels || 'a label'}`, path: ['spec', ...(selector ? ['selector'] : [])] }];
}

interface SecretNames {
  readonly imagePullSecrets?: readonly { readonly name?: string }[];
  readonly volumes?: readonly {
    readonly secret?: { readonly secretName?: string };
    readonly projected?: { readonly sources?: readonly { readonly secret?: { readonly name?: string } }[] };
  }[];
}

interface SecretSources {
  readonly env?: readonly { readonly valueFrom?: { readonly secretKeyRef?: { readonly name?: string } } }[];
  readonly envFrom?: readonly { readonly secretRef?: { readonly name?: string } }[];
}

/** The Secrets that an object's pods name. The operator makes them on the node. */
export function secretsOf(object: OwnObject): string[] {
  const found = podOf(object);
  if (found === undefined) return [];
  const { imagePullSecrets = [], volumes = [] } = found.pod as SecretNames;
  const names = [
    ...imagePullSecrets.map(({ name }) => name),
    ...volumes.flatMap(({ secret, projected }) => [
      secret?.secretName,
      ...(projected?.sources ?? []).map((source) => source.secret?.name),
    ]),
    ...containersOf(found.pod).flatMap(({ container }) => {
      const { env = [], envFrom = [] } = container as SecretSources;
      return [
        ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
        ...envFrom.map(({ secretRef }) => secretRef?.name),
      ];
    }),
  ];
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

import type { PlatformConfig } from '../../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import type { KubernetesMinor } from '../../../kubernetes/minors.ts';
import { checkKubernetesObject } from '../../../kubernetes/schema.ts';
import { diagnoseClusterFields } from './cluster-fields.ts';
import { diagnoseOwnObjects } from './diagnose.ts';
import { rankOf, refusalOf } from './kinds.ts';
import { type OwnObject, ownObject, titleOf } from './own-object.ts';

/** An object of the user's own, and where it is from. */
export interface OwnManifestObject {
  /** The file's path, or the name that the config gives. */
  readonly manifest: string;
  /** Where in the config it is. */
  readonly path: ConfigPath;
  readonly object: OwnObject;
}

/** The user's own objects in the order in which they are applied, which does not depend on that of the files. */
export function resolveManifests(
  config: PlatformConfig,
  minor: KubernetesMinor,
): readonly [readonly OwnManifestObject[], Diagnostic[]] {
  const diagnostics: Diagnostic[] = [];
  const right: OwnManifestObject[] = [];
  for (const [index, written] of manifestsOf(config).entries()) {
    const path = ['delivery', 'manifests', index];
    if (typeof written === 'string') {
      diagnostics.push(report('resolve/manifest-not-read', path, { file: written }));
      continue;
    }
    for (const [position, body] of written.objects.entries()) {
      const own = [...path, 'objects', position];
      const problems = diagnoseShape(body, minor, own);
      diagnostics.push(...problems);
      if (problems.length === 0) right.push({ manifest: written.name, path: own, object: ownObject(body) });
    }
  }
  // What others name could be among those that were refused.
  if (diagnostics.length > 0) return [[], diagnostics];

  const held = diagnoseOwnObjects(
    right.map(({ object }) => object),
    Object.keys(config.functions),
  );
  const found = right.flatMap(({ path }, index) =>
    (held[index] ?? []).map((problem) => ({ ...problem, path: [...path, ...problem.path] })),
  );
  return [right.sort(byOrder), found];
}

function manifestsOf({ delivery }: PlatformConfig) {
  return typeof delivery === 'object' ? (delivery.manifests ?? []) : [];
}

function diagnoseShape(body: Readonly<Record<string, unknown>>, minor: KubernetesMinor, path: ConfigPath) {
  const { apiVersion, kind } = body;
  const title = shortTitle(body);
  if (typeof apiVersion === 'string' && typeof kind === 'string') {
    if (`${apiVersion}/${kind}` === 'v1/Secret') return [diagnoseSecret(body, path)];
    const refusal = refusalOf(apiVersion, kind);
    if (refusal !== undefined) {
      return [
        report('resolve/manifest-kind-refused', [...path, 'kind'], { object: title, apiVersion, ...refusal }),
      ];
    }
  }
  const ofCluster = diagnoseClusterFields(body, title);
  if (ofCluster.length > 0) {
    return ofCluster.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
  }
  return checkKubernetesObject(body, minor).map(({ pointer, message }) =>
    report('resolve/manifest-not-valid', [...path, ...partsOf(pointer)], {
      object: title,
      field: partsOf(pointer).join('.'),
      message,
    }),
  );
}

function diagnoseSecret({ metadata }: Readonly<Record<string, unknown>>, path: ConfigPath): Diagnostic {
  const { name, namespace } = (metadata ?? {}) as { name?: unknown; namespace?: unknown };
  return report('resolve/manifest-secret', [...path, 'kind'], {
    name: typeof name === 'string' ? name : undefined,
    namespace: typeof namespace === 'string' ? namespace : undefined,
  });
}

function shortTitle({ kind, metadata }: Readonly<Record<string, unknown>>): string {
  const { name } = (metadata ?? {}) as { name?: unknown };
  const what = typeof kind === 'string' ? kind : 'object';
  return typeof name === 'string' ? `${what} ${name}` : what;
}

/** A JSON pointer as a path; indexes become numbers. */
function partsOf(pointer: string): ConfigPath {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function byOrder(one: OwnManifestObject, other: OwnManifestObject): number {
  const [a, b] = [one.object, other.object];
  const [first, second] = [titleOf(a), titleOf(b)];
  return (
    rankOf(a.apiVersion, a.kind) - rankOf(b.apiVersion, b.kind) ||
    (first < second ? -1 : first > second ? 1 : 0)
  );
}

import type { KubernetesMinor } from '../platform/k3s-versions.ts';
import type { KubernetesBody, ManifestObject } from './dist.ts';
import { checkKubernetesObject } from './kubernetes-schema.ts';
import { readYaml } from './read-yaml.ts';
import type { SchemaProblem } from './schema-problem.ts';

/** A manifest's objects, each checked against its Kubernetes schema. */
export function readManifest(
  path: string,
  text: string,
  minor: KubernetesMinor,
): { objects: ManifestObject[]; problems: SchemaProblem[] } {
  const { documents, problems: found, placed, lineOf } = readYaml(text);
  const problems = [...found];
  const objects: ManifestObject[] = [];
  for (const [index, document] of documents.entries()) {
    const wrong = checkKubernetesObject(document, minor);
    if (wrong.length === 0)
      objects.push({ ...manifestObject(path, document as KubernetesBody), line: lineOf(index) });
    else
      problems.push(
        ...placed(wrong, index).map((problem) => ({
          ...problem,
          message: `${nameOf(document)}: ${problem.message}`,
        })),
      );
  }
  return { objects, problems };
}

function manifestObject(path: string, body: KubernetesBody): ManifestObject {
  // The schema has seen to these four.
  const { apiVersion, kind, metadata } = body as {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
  };
  return { path, apiVersion, kind, name: metadata.name, namespace: metadata.namespace, body };
}

function nameOf(document: unknown): string {
  const { kind = 'object', metadata } = (document ?? {}) as { kind?: string; metadata?: { name?: string } };
  return metadata?.name === undefined ? String(kind) : `${kind} ${metadata.name}`;
}

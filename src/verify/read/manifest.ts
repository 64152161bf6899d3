import { makeAnew, type Remember } from '../../artifacts/remember.ts';
import type { SchemaProblem } from '../../diagnostics/schema-problem.ts';
import type { KubernetesMinor } from '../../kubernetes/minors.ts';
import { checkKubernetesObject } from '../../kubernetes/schema.ts';
import type { KubernetesBody, ManifestObject } from '../dist.ts';
import { readYaml } from './yaml.ts';

/** A manifest's objects, each checked against its Kubernetes schema. */
export function readManifest(
  path: string,
  text: string,
  minor: KubernetesMinor,
  remember: Remember = makeAnew,
): { objects: ManifestObject[]; problems: SchemaProblem[] } {
  let above = 0;
  const read = partsOf(text).map((part) => {
    const before = above;
    above += part.split('\n').length;
    const found = remember(`manifest of ${minor}\n${part}`, () => readPart(part, minor));
    return {
      objects: found.objects.map((object) => ({ ...object, path, line: lower(object.line, before) })),
      problems: found.problems.map(({ line, ...problem }) =>
        line === undefined ? problem : { ...problem, line: line + before },
      ),
    };
  });
  return {
    objects: read.flatMap(({ objects }) => objects),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** The documents of a manifest, each as a text of its own; all as one where that is not plain to see. */
function partsOf(text: string): readonly string[] {
  const parts = text.split(/^---\n/m);
  const isPlain = (part: string) => !/^(---|\.\.\.|%)/m.test(part) && /^[^#\s]/m.test(part);
  return parts.every(isPlain) ? parts : [text];
}

function lower(line: number | undefined, by: number): number | undefined {
  return line === undefined ? undefined : line + by;
}

function readPart(text: string, minor: KubernetesMinor) {
  const { documents, problems: found, placed, lineOf } = readYaml(text);
  const problems = [...found];
  const objects: Omit<ManifestObject, 'path'>[] = [];
  for (const [index, document] of documents.entries()) {
    const wrong = checkKubernetesObject(document, minor);
    if (wrong.length === 0)
      objects.push({ ...manifestObject(document as KubernetesBody), line: lineOf(index) });
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

function manifestObject(body: KubernetesBody): Omit<ManifestObject, 'path'> {
  // The schema has seen to these four.
  const { apiVersion, kind, metadata } = body as {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
  };
  return { apiVersion, kind, name: metadata.name, namespace: metadata.namespace, body };
}

function nameOf(document: unknown): string {
  const { kind = 'object', metadata } = (document ?? {}) as { kind?: string; metadata?: { name?: string } };
  return metadata?.name === undefined ? String(kind) : `${kind} ${metadata.name}`;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kubernetesMinors } from '../../src/kubernetes/minors.ts';
import { distDirectories } from './dist-directories.ts';
import { manifestFiles, manifestStream } from './dist-manifests.ts';
import { describeWithTool } from './real-tool.ts';
import { runTool } from './run-tool.ts';

vi.setConfig({ testTimeout: 180_000 });

const dists = distDirectories().map((dist) => [dist.name, dist] as const);

describeWithTool('kubectl', 'kubectl builds the manifests', (kubectl) => {
  it.each(dists)('%s', (_, dist) => {
    const run = runTool(kubectl, ['kustomize', join(dist.path, 'manifests')]);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(objectNames(run.stdout)).toEqual(objectNames(manifestStream(dist)));
  });
});

describeWithTool('kubernetes-validate', 'the published Kubernetes schemas take the manifests', (validate) => {
  const byText = new Map(
    dists.flatMap(([, dist]) =>
      manifestFiles(dist).map((path) => {
        const file = join(dist.path, path);
        return [readFileSync(file, 'utf8'), file] as const;
      }),
    ),
  );
  const files = [...byText.values()];
  // Kinds that are not Kubernetes' own it only warns of; their schemas are in schemas/custom.
  it.each(kubernetesMinors)('of %s', (minor) => {
    const run = runTool(validate, ['--strict', '--quiet', '--no-warn', '-k', minor, ...files]);
    expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

/** `kind namespace/name` of every object, sorted. */
function objectNames(yaml: string): string[] {
  return parseAllDocuments(yaml, { version: '1.1' })
    .map(
      (document) =>
        document.toJS() as { kind: string; metadata: { namespace?: string; name: string } } | null,
    )
    .flatMap((object) =>
      object ? [`${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`] : [],
    )
    .sort();
}

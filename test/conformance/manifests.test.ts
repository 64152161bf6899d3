import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { filesBelow } from '../snapshot-files.ts';
import { type DistDirectory, distDirectories } from './dist-directories.ts';
import { describeWithTool } from './real-tool.ts';
import { runTool } from './run-tool.ts';

vi.setConfig({ testTimeout: 60_000 });

const dists = distDirectories().map((dist) => [dist.name, dist] as const);

/** What kube-score looks at that is never a matter of taste. */
const judged = [
  'container-image-tag',
  'container-security-context-privileged',
  'deployment-pod-selector-labels-match-template-metadata-labels',
  'environment-variable-key-duplication',
  'label-values',
  'networkpolicy-targets-pod',
  'pod-networkpolicy',
  'service-targets-pod',
  'service-type',
  'stable-version',
];

describeWithTool('kubectl', 'kubectl builds the manifests', (kubectl) => {
  it.each(dists)('%s', (_, dist) => {
    const run = runTool(kubectl, ['kustomize', join(dist.path, 'manifests')]);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(objectNames(run.stdout)).toEqual(objectNames(manifestTexts(dist).join('---\n')));
  });
});

describeWithTool('kubernetes-validate', 'the published Kubernetes schemas take the manifests', (validate) => {
  it.each(dists)('%s', (_, dist) => {
    const files = manifestFiles(dist).map((path) => join(dist.path, path));
    const run = runTool(validate, ['--strict', '--quiet', '-k', kubernetesMinor(dist), ...files]);
    expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describeWithTool('kube-score', 'kube-score finds the objects to fit together', (kubeScore) => {
  it.each(dists)('%s', (_, dist) => {
    const args = [
      'score',
      '--output-format',
      'json',
      '--kubernetes-version',
      `v${kubernetesMinor(dist)}`,
      '-',
    ];
    const { stdout } = runTool(kubeScore, args, manifestTexts(dist).join('---\n'));
    expect(criticalFindings(JSON.parse(stdout))).toEqual([]);
  });
});

function manifestFiles(dist: DistDirectory): string[] {
  return Object.keys(filesBelow(dist.path)).filter(
    (path) => path.startsWith('manifests/') && !path.endsWith('/kustomization.yaml'),
  );
}

function manifestTexts(dist: DistDirectory): string[] {
  return manifestFiles(dist).map((path) => readFileSync(join(dist.path, path), 'utf8'));
}

function kubernetesMinor({ path }: DistDirectory): string {
  const lock = JSON.parse(readFileSync(join(path, 'platform.lock.json'), 'utf8')) as {
    k3s: { version: string };
  };
  return lock.k3s.version.replace(/^v(\d+\.\d+)\..*$/, '$1');
}

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

interface Scored {
  readonly object_name: string;
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** Grades run from 1, critical, to 10, right. */
function criticalFindings(scored: readonly Scored[]): string[] {
  return scored.flatMap(({ object_name, checks }) =>
    checks
      .filter(({ check, grade, skipped }) => judged.includes(check.id) && !skipped && grade < 10)
      .map(
        ({ check, comments }) =>
          `${object_name}: ${check.id}: ${comments?.map(({ summary }) => summary).join('; ')}`,
      ),
  );
}

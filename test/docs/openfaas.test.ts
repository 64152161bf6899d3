import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { compileConfig } from '../../src/compile.ts';
import { helm } from '../cases/helm.ts';
import { withQueue } from '../cases/with-queue.ts';

const page = readFileSync(new URL('../../docs/openfaas.md', import.meta.url), 'utf8');

/** The rows of the table below a heading, without its two first lines. */
function table(heading: string): string[][] {
  const lines = page.split('\n');
  const below = lines.slice(lines.indexOf(heading));
  const first = below.findIndex((line) => line.startsWith('|'));
  const length = below.slice(first).findIndex((line) => !line.startsWith('|'));
  const rows = below.slice(first + 2, first + length);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function objects(config: typeof withQueue): string[] {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  return artifacts
    .filter(({ path, kind }) => kind === 'manifest' && path.startsWith('manifests/'))
    .flatMap(({ text }) => parseAllDocuments(text))
    .map((document) => document.toJS() as { kind: string; metadata: { name: string; namespace?: string } })
    .map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
}

const emitted = objects(withQueue);
const chart = table('## Beside the chart').map(([kind, namespace, name, here]) => ({
  object: `${kind} ${namespace}/${name}`,
  here: here ?? '',
}));
const ours = table('What is here and not in the chart:').map(
  ([kind, namespace, name]) => `${kind} ${namespace}/${name}`,
);

describe("the chart's objects in docs/openfaas.md", () => {
  it('are 25, by kind as the chart makes them', () => {
    const counts: Record<string, number> = {};
    for (const { object } of chart) {
      const [kind = ''] = object.split(' ');
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    expect(new Set(chart.map(({ object }) => object)).size).toBe(25);
    expect(counts).toEqual({
      ServiceAccount: 2,
      ConfigMap: 2,
      CustomResourceDefinition: 2,
      Role: 4,
      RoleBinding: 4,
      Service: 5,
      Deployment: 5,
      Secret: 1,
    });
  });

  it.each(chart)('$object: $here', ({ object, here }) => {
    const [, how, what = ''] = /^(present|replaced by|left out:) ?(.*)$/.exec(here) ?? [];
    expect(emitted.includes(object)).toBe(how === 'present');
    if (how === 'left out:') expect(what).not.toBe('');
    if (how === 'replaced by') {
      const [replacement] = /^\w+ [\w-]+\/[\w-]+/.exec(what) ?? [];
      if (replacement !== undefined) expect(emitted).toContain(replacement);
      else expect(scripts()).toContain('ensure_secret openfaas basic-auth');
    }
  });
});

function scripts(): string {
  const { artifacts } = compileConfig(withQueue, 'platform.config.ts');
  return artifacts
    .filter(({ kind }) => kind === 'script')
    .map(({ text }) => text)
    .join('\n');
}

it('everything else that is emitted is listed, or is of a function', () => {
  const functions = Object.keys(withQueue.functions).flatMap((name) => [
    `Deployment openfaas-fn/${name}`,
    `Service openfaas-fn/${name}`,
    `PodDisruptionBudget openfaas-fn/${name}`,
    `HorizontalPodAutoscaler openfaas-fn/${name}`,
    `NetworkPolicy openfaas-fn/function-${name}`,
    `CronJob openfaas/${name}`,
  ]);
  const present = chart.filter(({ here }) => here === 'present').map(({ object }) => object);
  expect([...present, ...ours].sort()).toEqual(
    emitted.filter((object) => !functions.includes(object)).sort(),
  );
});

it('the flags of older recipes are those with answers of their own', () => {
  const codes = table('## Flags of older recipes').map(([flag]) => flag ?? '');
  expect(codes.join(' ')).toMatch(
    /directFunctions.*faasIdler.*LoadBalancer.*operator.*basic_auth.*generateBasicAuth/,
  );
});

it("the chart's Service of ours is there where the chart is", () => {
  expect(objects(helm)).toContain('Service openfaas/gateway-address');
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import { load } from '../../../src/config/load/load.ts';
import { place } from '../../../src/config/locate/place.ts';
import { configFolder } from '../config-folder.ts';

const config = `export default {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'coolvds', country: 'NO' } },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: { pay: { image: 'ghcr.io/acme/pay:1' } },
  delivery: { mode: 'embedded', manifests: ['kubernetes/cache.yaml'] },
};
`;

const good = `# A namespace for the cache.
apiVersion: v1
kind: Namespace
metadata:
  name: cache
  labels:
    pod-security.kubernetes.io/enforce: restricted
---
# Nothing yet.
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default
  namespace: cache
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: cache
data:
  size: "96"
`;

/** `code file:line:column text` of everything that compiling with this file reports of it, with what is underlined. */
async function reported(manifest: string | Uint8Array | undefined): Promise<string[]> {
  const folder = configFolder({
    'platform.config.js': config,
    ...(manifest !== undefined && { 'kubernetes/cache.yaml': manifest }),
  });
  const [loaded, problems] = await load(join(folder, 'platform.config.js'));
  const found =
    loaded === undefined
      ? problems
      : place(loaded, compileConfig(loaded.value, 'platform.config.js').diagnostics);
  return found
    .filter(({ code }) => code.includes('manifest'))
    .map(({ code, location }) => {
      const { file = '', line = 0, column = 0, length = 0, text = '' } = location ?? {};
      const marked = text.slice(column - 1, column - 1 + length);
      return `${code} ${file.slice(folder.length + 1)}:${line}:${column} ${marked}`;
    });
}

describe('files of manifests', () => {
  it('are read beside the config', async () => {
    expect(await reported(good)).toEqual([]);
    const folder = configFolder({ 'platform.config.js': config, 'kubernetes/cache.yaml': good });
    const [loaded] = await load(join(folder, 'platform.config.js'));
    const { artifacts } = compileConfig(loaded?.value, 'platform.config.js');
    const lock = JSON.parse(artifacts.find(({ kind }) => kind === 'lock')?.text ?? '') as object;
    expect(lock).toMatchObject({
      manifests: {
        'kubernetes/cache.yaml': [
          'Namespace cache',
          'NetworkPolicy cache/default',
          'ConfigMap cache/settings',
        ],
      },
    });
  });

  const faults: [string, string, string, string[]][] = [
    ['a wrong type', 'size: "96"', 'size: 96', ['resolve/manifest-not-valid kubernetes/cache.yaml:26:9 96']],
    [
      'an unknown key',
      'data:\n  size',
      'datas:\n  size',
      ['resolve/manifest-not-valid kubernetes/cache.yaml:25:1 datas'],
    ],
    [
      'a kind that is refused',
      'kind: ConfigMap',
      'kind: Secret',
      ['resolve/manifest-secret kubernetes/cache.yaml:21:7 Secret'],
    ],
    [
      'a namespace of somebody else',
      '  namespace: cache\ndata',
      '  namespace: openfaas\ndata',
      ['resolve/manifest-namespace-taken kubernetes/cache.yaml:24:14 openfaas'],
    ],
    [
      'no namespace',
      '  namespace: cache\ndata',
      'data',
      ['resolve/manifest-namespace-missing kubernetes/cache.yaml:22:1 metadata'],
    ],
    [
      'a key twice',
      '  size: "96"',
      '  size: "96"\n  size: "97"',
      ['load/manifest-not-yaml kubernetes/cache.yaml:27:3 s'],
    ],
    [
      'a value that means two things',
      'size: "96"',
      'size: 0o17',
      ['load/manifest-not-yaml kubernetes/cache.yaml:26:9 0o17'],
    ],
    [
      'a bracket that is open',
      'podSelector: {}',
      'podSelector: {',
      ['load/manifest-not-yaml kubernetes/cache.yaml:18:3 p'],
    ],
  ];

  it.each(faults)('are pointed into, for %s', async (_, from, to, expected) => {
    expect(good).toContain(from);
    expect(await reported(good.replace(from, to))).toEqual(expected);
  });

  it('that are not there are reported where they are named', async () => {
    const named = "'kubernetes/cache.yaml'";
    const place = `platform.config.js:6:45 ${named}`;
    expect(await reported(undefined)).toEqual([`load/manifest-unreadable ${place}`]);
    expect(await reported(Uint8Array.of(0xff, 0xfe))).toEqual([`load/manifest-unreadable ${place}`]);
    expect(await reported(`# ${'x'.repeat(300_000)}`)).toEqual([`load/manifest-unreadable ${place}`]);
  });

  it('without an object are refused', async () => {
    expect(await reported('# Nothing.\n')).toEqual([
      'load/manifest-not-yaml kubernetes/cache.yaml:1:1 # Nothing.',
    ]);
  });

  it('whose aliases grow without end are refused', async () => {
    const aliases = Array.from(
      { length: 30 },
      (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`,
    );
    const [found] = await reported(['a0: &a0 [x, x]', ...aliases, ''].join('\n'));
    expect(found).toMatch(/^load\/manifest-not-yaml /);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { compileConfig } from '../../src/compile.ts';
import { load } from '../../src/config/load/load.ts';
import { verify } from '../../src/verify/verify.ts';
import { put } from '../artifacts/tree.ts';
import { configFolder } from '../config/config-folder.ts';
import { applySabotage } from '../verify/sabotages/apply-sabotage.ts';
import { describeWithTool } from './real-tool.ts';
import { runTool } from './run-tool.ts';

vi.setConfig({ testTimeout: 60_000 });

const page = readFileSync(new URL('../../docs/manifests.md', import.meta.url), 'utf8');
const redis = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
const file = 'manifests/80-own.yaml';

const modes = {
  embedded: "{ mode: 'embedded', manifests: ['kubernetes/redis.yaml'] }",
  gitops:
    "{ mode: 'gitops', git: { tool: 'flux', repository: 'https://git.example.no/shop/platform.git' }, manifests: ['kubernetes/redis.yaml'] }",
};

/** The platform that docs/manifests.md shows, from its files. */
async function compiled(delivery: string) {
  const folder = configFolder({
    'platform.config.js': `export default {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'upcloud', country: 'NO', memory: '16Gi' } },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: { 'order-webhook': { image: 'ghcr.io/acme/order-webhook:1' } },
  delivery: ${delivery},
};
`,
    'kubernetes/redis.yaml': redis,
  });
  const [loaded, problems] = await load(join(folder, 'platform.config.js'));
  expect(problems).toEqual([]);
  const { artifacts, diagnostics } = compileConfig(loaded?.value, 'platform.config.js');
  return {
    texts: new Map(artifacts.map(({ path, text }) => [path, text])),
    found: diagnostics.filter(({ path }) => path.includes('manifests')),
  };
}

function titles(yaml: string): string[] {
  return parseAllDocuments(yaml)
    .map((document) => document.toJS() as { kind: string; metadata: { namespace?: string; name: string } })
    .map(({ kind, metadata: { namespace = '', name } }) => `${kind} ${namespace}/${name}`);
}

describeWithTool('kubectl', 'kubectl builds the example of docs/manifests.md', (kubectl) => {
  it.each(Object.entries(modes))('%s', async (mode, delivery) => {
    const { texts, found } = await compiled(delivery);
    expect(found).toEqual([]);
    const folder = configFolder({});
    put(folder, Object.fromEntries(texts));
    const run = runTool(kubectl, ['kustomize', join(folder, 'manifests')]);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    const own = titles(texts.get(file) ?? '');
    expect(own).toHaveLength(6);
    expect(titles(run.stdout)).toEqual(expect.arrayContaining(own));

    const script = texts.get('nodes/oslo-1/apply.sh') ?? '';
    // With GitOps, K3s must not have them too.
    expect(script.includes('name: own-order-webhook-to-redis')).toBe(mode === 'embedded');
  });

  it('and builds it with a privileged pod too, which verify refuses', async () => {
    const { texts } = await compiled(modes.embedded);
    const find = '            allowPrivilegeEscalation: false\n';
    const evil = applySabotage(texts, [{ file, find, put: '            privileged: true\n' }]);
    const folder = configFolder({});
    put(folder, Object.fromEntries(evil));
    expect(runTool(kubectl, ['kustomize', join(folder, 'manifests')])).toMatchObject({ status: 0 });
    const errors = verify(evil).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message, artifact }) => `${artifact?.path} ${message}`)).toEqual([
      `${file} Deployment cache/redis: privileged of redis is true, but must be false`,
      `${file} Deployment cache/redis: allowPrivilegeEscalation of redis is not set, but must be false`,
    ]);
  });
});

describeWithTool('kubernetes-validate', 'the published schemas take the example', (validate) => {
  it('of 1.36', async () => {
    const { texts } = await compiled(modes.embedded);
    const folder = configFolder({});
    put(folder, Object.fromEntries(texts));
    const run = runTool(validate, ['--strict', '--quiet', '-k', '1.36', join(folder, file)]);
    expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describeWithTool('kube-score', 'kube-score finds nothing critical in the example but choices', (score) => {
  it('of pods and policies', async () => {
    const { texts } = await compiled(modes.embedded);
    const all = [...texts].filter(([path]) => /^manifests\/\d/.test(path)).map(([, text]) => text);
    const { stdout } = runTool(score, ['score', '--output-format', 'ci', '-'], all.join('---\n'));
    const critical = stdout.split('\n').filter((line) => /^\[CRITICAL\] \S+\/cache /.test(line));
    const own = '[CRITICAL] redis/cache apps/v1/Deployment: (redis)';
    // As in test/conformance/accepted-findings.ts.
    expect(critical.sort()).toEqual([
      `${own} CPU limit is not set`,
      `${own} ImagePullPolicy is not set to Always`,
    ]);
  });
});

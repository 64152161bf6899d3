import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { verify } from '../../src/verify/verify.ts';
import { cases } from '../cases/index.ts';

const { artifacts } = compileConfig(cases.reference, 'platform.config.ts');

/** The codes that a changed file is refused with, its hash made to agree. */
function codes(path: string, from: string, to: string): string[] {
  const texts = new Map(artifacts.map((artifact) => [artifact.path, artifact.text]));
  const changed = texts.get(path)?.replace(from, () => to) ?? '';
  if (changed === texts.get(path)) throw new Error(`nothing to change: ${from}`);
  const lock = JSON.parse(texts.get('platform.lock.json') ?? '{}');
  for (const entry of lock.artifacts) {
    if (entry.path !== path) continue;
    entry.sha256 = createHash('sha256').update(changed).digest('hex');
    entry.size = Buffer.byteLength(changed);
  }
  texts.set(path, changed).set('platform.lock.json', JSON.stringify(lock, null, 2));
  return [...new Set(verify(texts).map(({ code }) => code))];
}

/** Each of these was one, found by breaking every line of a platform. */
describe('verifying is no error of ours where', () => {
  it.each([
    ['a policy is for all pods', 'manifests/10-network-policies.yaml', '  podSelector: {}\n', ''],
    ['a role has no resources', 'manifests/50-gateway.yaml', '    resources:\n      - services\n', ''],
    ['alerts are no list', 'manifests/20-prometheus.yaml', '      - name: openfaas\n', ''],
    [
      'a kustomization says a key twice',
      'manifests/kustomization.yaml',
      'kind: Kustomization\n',
      'kind: Kustomization\nkind: Kustomization\n',
    ],
  ])('%s', (_, path, from, to) => expect(codes(path, from, to)).not.toEqual([]));
});

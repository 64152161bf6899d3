import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileConfig } from '../../src/compile.ts';
import { cases } from '../cases/index.ts';
import { programs } from './control-plane.ts';

interface Kubelet {
  readonly system: Readonly<Record<string, string>> | null;
  readonly kube: Readonly<Record<string, string>> | null;
  readonly enforced: readonly string[];
  readonly eviction: Readonly<Record<string, string>>;
}

/** What the kubelet's own parsers and checks make of arguments. */
function kubelet(given: readonly string[]): Kubelet {
  const flags = given.map((argument) => `--${argument}`);
  const { status, stdout, stderr } = spawnSync(join(programs(), 'kubelet-flags'), flags, {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Kubelet;
}

/** The arguments in the config.yaml of each node of a case. */
function argumentsOf(name: string): string[][] {
  return compileConfig(cases[name], 'platform.config.ts')
    .artifacts.filter(({ kind }) => kind === 'script')
    .map(({ text }) => /^node-name: [\s\S]*?(?=\nEND)/m.exec(text)?.[0] ?? '')
    .map((text) => (parse(text) as { 'kubelet-arg': string[] })['kubelet-arg']);
}

describe("the kubelet's own parsers", () => {
  it('read what the reference reserves and when it evicts', () => {
    const [given = []] = argumentsOf('reference');
    expect(kubelet(given)).toEqual({
      system: { memory: '1920Mi', cpu: '100m' },
      kube: { memory: '1160Mi', cpu: '300m' },
      enforced: ['pods'],
      eviction: {
        'memory.available': '100Mi',
        'nodefs.available': '0.05',
        'imagefs.available': '0.05',
        'nodefs.inodesFree': '0.05',
      },
    });
  });

  it.each(Object.keys(cases))('take the arguments of every node of %s', (name) => {
    const nodes = argumentsOf(name);
    expect(nodes.length).toBeGreaterThan(0);
    for (const given of nodes) expect(Object.keys(kubelet(given).eviction)).toContain('memory.available');
  });

  it('evict for no memory with what K3s says by itself, and know no other signal', () => {
    const own = kubelet(['eviction-hard=imagefs.available<5%,nodefs.available<5%']);
    expect(Object.keys(own.eviction).sort()).toEqual(['imagefs.available', 'nodefs.available']);
    expect(() => kubelet(['eviction-hard=memory.free<100Mi'])).toThrow();
  });
});

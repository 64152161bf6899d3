import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { PlatformConfig } from '../../../../src/config/platform-config.ts';
import type { Dist } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { memoryReserved } from '../../../../src/verify/rules/k3s/memory-reserved.ts';
import { podsFit } from '../../../../src/verify/rules/workloads/pods-fit.ts';
import { cases } from '../../../cases/index.ts';

function distOf(config: PlatformConfig | undefined): Dist {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('it cannot be read back');
  return dist;
}

const good = distOf(cases.reference);

/** The reference with other arguments of its kubelet. */
function told(change: (argument: string) => string | undefined): Dist {
  return {
    ...good,
    nodes: good.nodes.map((node) => {
      const given = [node.k3sConfig['kubelet-arg']].flat().map(String);
      const changed = given.map(change).filter((argument) => argument !== undefined);
      return { ...node, k3sConfig: { ...node.k3sConfig, 'kubelet-arg': changed } };
    }),
  };
}

/** The reference with a text of one object's JSON replaced. */
function object(name: string, from: string, to: string): Dist {
  return {
    ...good,
    objects: good.objects.map((each) => {
      if (each.name !== name || each.kind !== 'Deployment') return each;
      const text = JSON.stringify(each.body);
      expect(text).toContain(from);
      return { ...each, body: JSON.parse(text.replace(from, to)) };
    }),
  };
}

/** The reference on a machine of another size. */
function sized(size: { memory?: number; cpus?: number }): Dist {
  return { ...good, lock: { ...good.lock, nodes: good.lock.nodes.map((node) => ({ ...node, ...size })) } };
}

describe('memory that is kept from pods', () => {
  it.each(Object.keys(cases))('accepts %s', (name) => {
    const dist = distOf(cases[name]);
    expect([...memoryReserved.check(dist), ...podsFit.check(dist)]).toEqual([]);
  });

  it.each([
    ['nothing for the system', 'system-reserved', undefined],
    ['less than nginx may take', 'system-reserved', 'memory=128Mi,cpu=100m'],
    ['nothing for K3s', 'kube-reserved', undefined],
    [
      'an eviction of disks alone, as K3s has it',
      'eviction-hard',
      'imagefs.available<5%,nodefs.available<5%',
    ],
    ['an eviction of memory alone', 'eviction-hard', 'memory.available<100Mi'],
  ])('refuses %s', (_, key, value) => {
    const dist = told((argument) => (argument.startsWith(`${key}=`) ? value && `${key}=${value}` : argument));
    expect(memoryReserved.check(dist).map(({ message }) => message)).toEqual([
      expect.stringContaining(`the kubelet of oslo-1 has ${key}=${value ?? 'nothing'}, but it needs `),
    ]);
  });
});

describe('room for the pods that always run', () => {
  it.each([
    ['a smaller machine', sized({ memory: 5 * 2 ** 30 }), /^the pods that always run request 1493 MiB/],
    ['fewer processors', sized({ cpus: 1 }), /^the pods that always run request/],
    ['a machine that is not listed', sized({ memory: Number.NaN }), /^no node has room for one pod of/],
    [
      'more copies',
      object('export-ledger', '"replicas":1', '"replicas":40'),
      /^the pods that always run request/,
    ],
    [
      'a copy of 64 GiB',
      object('gateway', '"memory":"120Mi"', '"memory":"64Gi"'),
      /^no node has room for one pod of Deployment openfaas\/gateway/,
    ],
    [
      'a kubelet that keeps all',
      told((a) => a.replace(/kube-reserved=memory=\d+/, 'kube-reserved=memory=6000')),
      /^no node has room|^the pods/,
    ],
    [
      'a kubelet that says nothing',
      told((a) => (a.startsWith('kube-reserved') ? undefined : a)),
      /^no node has room/,
    ],
  ] as const)('refuses %s', (_, dist, message) => {
    expect(podsFit.check(dist)[0]?.message).toMatch(message);
  });
});

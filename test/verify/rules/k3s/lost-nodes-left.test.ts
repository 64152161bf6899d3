import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { Dist } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { lostNodesLeft } from '../../../../src/verify/rules/k3s/lost-nodes-left.ts';
import { cases } from '../../../cases/index.ts';

const key = 'kube-apiserver-arg';

function distOf(name: string): Dist {
  const { artifacts } = compileConfig(cases[name], 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('it cannot be read back');
  return dist;
}

describe('pods of a lost node', () => {
  it.each(['reference', 'server-and-agents', 'three-servers'])('leave it soon: %s', (name) => {
    expect(lostNodesLeft.check(distOf(name))).toEqual([]);
  });

  it('have nowhere to go where there is one node, so its API server gets no arguments', () => {
    expect(distOf('reference').nodes.map(({ k3sConfig }) => k3sConfig[key])).toEqual([undefined]);
  });

  it('would stay if a server lacked the arguments', () => {
    const dist = distOf('three-servers');
    const nodes = dist.nodes.map((node) => {
      if (node.name !== 'oslo-2') return node;
      const rest = [node.k3sConfig[key]].flat().filter((one) => !String(one).startsWith('default-'));
      return { ...node, k3sConfig: { ...node.k3sConfig, [key]: rest } };
    });
    const found = lostNodesLeft.check({ ...dist, nodes });
    expect(found.map(({ message }) => message)).toEqual([
      'the API server on oslo-2 does not get the argument default-not-ready-toleration-seconds=30',
      'the API server on oslo-2 does not get the argument default-unreachable-toleration-seconds=30',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { NodeConfig } from '../../../src/config/nodes/node.ts';
import { planTables } from '../../../src/platform/nodes/plans.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { smallest } from '../../cases/smallest.ts';

const gib = 1024 ** 3;

function resolved(node: NodeConfig) {
  const [platform, diagnostics] = resolve({ ...smallest, logs: {}, nodes: { 'node-1': node } });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return { node: platform?.nodes[0], errors };
}

const reported = (node: NodeConfig) =>
  resolved(node).errors.map(({ code, path, hint }) => [code, path.join('.'), hint]);

describe('a plan', () => {
  it.each([
    ['cx23', 2, 4, 'amd64', 40],
    ['CAX21', 4, 8, 'arm64', 80],
  ])('%s gives the node its size', (plan, cpus, memory, arch, disk) => {
    const { node } = resolved({ provider: 'hetzner', plan });
    expect(node).toMatchObject({ cpus, memory: memory * gib, arch, disk: disk * 1000 ** 3 });
  });

  it('leaves the disk open where it is chosen apart, and takes one that is written', () => {
    expect(resolved({ provider: 'scaleway', plan: 'BASIC3-X4C-8G' }).node?.disk).toBeUndefined();
    const own = resolved({ provider: 'hetzner', plan: 'cx23', disk: '100Gi' });
    expect(own.node?.disk).toBe(100 * gib);
  });

  it('may stand beside the same size', () => {
    expect(reported({ provider: 'upcloud', plan: '4xCPU-8GB', memory: '8Gi', cpus: 4 })).toEqual([]);
  });

  it.each<[string, NodeConfig, [string, string, string][]]>([
    [
      'that the provider does not have',
      { provider: 'hetzner', plan: 'cx24' },
      [
        [
          'resolve/plan-unknown',
          'nodes.node-1.plan',
          "write 'cx23', or memory, cpus and disk instead of plan",
        ],
      ],
    ],
    [
      'of a provider whose plans are not known',
      { provider: 'coolvds', plan: 'vds-4' },
      [
        [
          'resolve/plans-unlisted',
          'nodes.node-1.plan',
          'write memory, cpus and disk instead of plan, as the provider lists them',
        ],
      ],
    ],
    [
      'of no provider',
      { plan: 'cx23' },
      [
        [
          'resolve/plans-unlisted',
          'nodes.node-1.plan',
          'write memory, cpus and disk instead of plan, as the provider lists them',
        ],
      ],
    ],
    [
      'that other sizes contradict',
      { provider: 'hetzner', plan: 'cax11', memory: '8Gi', cpus: 4, arch: 'amd64' },
      ['memory', 'cpus', 'arch'].map((key) => [
        'resolve/plan-contradicted',
        `nodes.node-1.${key}`,
        `remove ${key}, or choose the plan that the machine has`,
      ]),
    ],
    [
      'that is too small for the platform',
      { provider: 'upcloud', plan: '1xCPU-2GB' },
      [
        [
          'resolve/pods-over-nodes',
          'nodes.node-1.plan',
          expect.stringMatching(/^choose a plan with \d+ MiB of memory or more/),
        ],
        [
          'resolve/pods-over-nodes',
          'nodes.node-1.plan',
          expect.stringMatching(/^choose a plan with 2 processors or more/),
        ],
      ],
    ],
    [
      'that is too small for K3s alone',
      { provider: 'upcloud', plan: '1xCPU-1GB' },
      [['resolve/node-over-reserved', 'nodes.node-1.plan', "choose a larger plan than '1xCPU-1GB'"]],
    ],
  ])('%s is an error at its line', (_, node, expected) => {
    expect(reported(node)).toEqual(expected);
  });

  it('has a date and a source, and a size that its name says', () => {
    for (const { asOf, source, plans } of Object.values(planTables)) {
      expect(asOf).toMatch(/^202\d-\d\d-\d\d$/);
      expect(source.length).toBeGreaterThan(40);
      for (const [name, { cpus, memory }] of plans) {
        const [, cores, gigabytes] = /(\d+)(?:xCPU|C)-(\d+)GB?$/.exec(name) ?? [name, cpus, memory / gib];
        expect([cpus, memory / gib], name).toEqual([Number(cores), Number(gigabytes)]);
      }
    }
  });
});

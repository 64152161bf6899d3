import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { cases } from '../cases/index.ts';
import { ControlPlane, type Ran } from './control-plane.ts';

const kubernetes = new ControlPlane();
beforeAll(() => kubernetes.ready());
afterAll(() => kubernetes.stop());

const nodes = ['node-1', 'node-2'];

/** The options with which an agent's fjord-drain drains it, as they are emitted. */
function drainOptions(): string[] {
  const { artifacts } = compileConfig(cases['server-and-agents'], 'platform.config.ts');
  const scripts = artifacts.filter(({ path }) => path.endsWith('/apply.sh')).map(({ text }) => text);
  const agent = scripts.find((text) => text.includes('agent/kubelet.kubeconfig "$@"'));
  const [, options] = /kubectl drain \S+ (.*) --timeout/.exec(agent ?? '') ?? [];
  if (options === undefined) throw new Error('no agent drains itself');
  return options.split(' ');
}

/** What the kubelet of node-2 may do, and no more. */
function asKubelet(...args: readonly string[]): Ran {
  return kubernetes.kubectl('--token', 'kubelet', ...args);
}

function unschedulable(name: string): boolean {
  const { spec } = kubernetes.get('node', name) as { spec: { unschedulable?: boolean } };
  return spec.unschedulable ?? false;
}

/** Names of pods that are not on their way out, by node. */
function podsOn(node: string): string[] {
  const { items } = kubernetes.get('pods', '-A', '--field-selector', `spec.nodeName=${node}`) as {
    items: { metadata: { name: string; deletionTimestamp?: string } }[];
  };
  return items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ metadata }) => metadata.name);
}

describe('a node that leaves, by a real Kubernetes', () => {
  beforeAll(async () => {
    for (const name of nodes)
      kubernetes.applyAsArgo(
        `${name}.yaml`,
        JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name } }),
      );
    for (const name of nodes) {
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `on-${name}`, namespace: 'default' },
        spec: {
          nodeName: name,
          containers: [{ name: 'x', image: 'x' }],
          volumes: [{ name: 'x', emptyDir: {} }],
        },
      };
      kubernetes.applyAsArgo(`pod-${name}.yaml`, JSON.stringify(pod));
    }
    await wait(1000);
  });

  it('is drained by an agent with no more than the rights of its kubelet', () => {
    expect(nodes.map(podsOn)).toEqual([['on-node-1'], ['on-node-2']]);
    // Nobody runs the pods here, so none of them ever ends: the drain asks for it, and gives up in time.
    const { stderr } = asKubelet('drain', 'node-2', ...drainOptions(), '--timeout', '5s');
    expect(stderr).not.toMatch(/forbidden/i);
    expect(nodes.map(podsOn)).toEqual([['on-node-1'], []]);
    expect(nodes.map(unschedulable)).toEqual([false, true]);
  });

  it('takes pods again', () => {
    expect(asKubelet('uncordon', 'node-2').status).toBe(0);
    expect(unschedulable('node-2')).toBe(false);
  });

  it('cannot drain another node', () => {
    expect(asKubelet('drain', 'node-1', ...drainOptions(), '--timeout', '5s').status).not.toBe(0);
    expect([podsOn('node-1'), unschedulable('node-1')]).toEqual([['on-node-1'], false]);
  });
});

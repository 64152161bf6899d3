import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import reference from '../../platform.config.ts';
import { scriptsOf } from '../../src/rehearse/prepared.ts';
import { matrixOf } from './reach.ts';
import { Running } from './running.ts';
import { restarted, unknownWarnings } from './warnings.ts';

describe('the reference platform on a real Kubernetes', () => {
  const running = new Running(reference);
  let seconds = 0;
  beforeAll(async () => {
    seconds = await running.start();
  }, 600_000);
  afterAll(() => running.stop());

  it('comes up from its user-data, and answers', async () => {
    // A pod is ready a moment before every packet filter leads to it, so the first answer is waited for.
    let tries = 1;
    while (tries < 10 && (await running.load('/function/order-webhook', 3, 1)).lost.length > 0) tries += 1;
    expect(tries).toBeLessThan(10);
    const load = await running.load('/function/order-webhook', 5, 4);
    console.log(`all pods ready ${seconds.toFixed(0)} s after the machine was switched on`);
    expect(load.results).toEqual({ 200: load.sent });
  });

  it('starts no container twice', () => {
    expect(restarted(running)).toEqual([]);
  });

  it('has no warning that is not known', () => {
    expect(unknownWarnings(running, 'first start')).toEqual([]);
  });

  it('lets exactly those reach each other that verify computes', async () => {
    const { tried, computed, table } = await matrixOf(running);
    console.log(table);
    expect(tried).toEqual(computed);
    expect(tried.length).toBeGreaterThan(150);
  });

  it('changes nothing when it is applied again', () => {
    const before = versions();
    const script = scriptsOf(running.platform).get(running.first.name) ?? '';
    const { status, stdout, stderr } = running.first.runWith(script, 'bash', '-s');
    expect([status, stderr]).toEqual([0, expect.any(String)]);
    expect(stdout).toContain('nothing to change');
    expect(versions()).toEqual(before);
  });

  it('loses no call when a function, the gateway and nginx are replaced', async () => {
    const load = running.load('/function/verify-payment', 30, 60);
    running.must('--namespace', 'openfaas-fn', 'rollout', 'restart', 'deployment', 'verify-payment');
    await running.world.run('sleep', '12');
    running.must('--namespace', 'openfaas', 'rollout', 'restart', 'deployment', 'gateway');
    await running.world.run('sleep', '12');
    running.first.must('systemctl', 'reload', 'nginx');
    const { sent, results, lost } = await load;
    console.log(`${sent} calls, ${lost.length} lost, while all were replaced`);
    expect([results, lost]).toEqual([{ 200: sent }, []]);
  });

  it('scales up under load, and stays up while the load does', async () => {
    const load = running.load('/function/order-webhook', 20, 120);
    const copies: number[] = [];
    for (let look = 0; look < 40; look += 1) {
      await running.world.run('sleep', '2.5');
      const { spec } = running.get('deployment', 'order-webhook', '--namespace', 'openfaas-fn') as {
        spec: { replicas: number };
      };
      copies.push(spec.replicas);
    }
    const { sent, results } = await load;
    console.log(`copies under a steady load: ${copies.join(' ')}`);
    expect(results).toEqual({ 200: sent });
    expect(Math.max(...copies)).toBeGreaterThan(1);
    expect(copies).toEqual([...copies].sort((a, b) => a - b));
  });

  /** Of what a person made, as often as it was changed: `generation`, which only a change of what is wanted counts. */
  function versions(): Record<string, number> {
    const { items } = running.get(
      'deployments,services,networkpolicies,configmaps,cronjobs',
      '--namespace',
      'openfaas',
    ) as {
      items: { kind: string; metadata: { name: string; generation?: number; resourceVersion: string } }[];
    };
    return Object.fromEntries(
      items.map(({ kind, metadata }) => [
        `${kind}/${metadata.name}`,
        metadata.generation ?? Number(metadata.resourceVersion),
      ]),
    );
  }
});

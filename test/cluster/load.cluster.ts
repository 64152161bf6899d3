import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loaded, otherFunction, otherGateway } from './loaded.ts';
import { type Going, type Load, preparedOf, Running, type RunningPod } from './running.ts';
import { Scheduled } from './scheduled.ts';

const [withFunction, withGateway] = [preparedOf(otherFunction), preparedOf(otherGateway)];
const running = new Running(loaded, [withFunction, withGateway]);

/** What each change came to, for the table at the end. */
const rows: string[] = [];

const scheduled = new Scheduled(running);

/** Writes down what calls came to, and returns those that were lost. */
function told(what: string, { sent, lost, results }: Load): Load['lost'] {
  const bad = Object.entries(results).filter(([result]) => !/^2/.test(result));
  const count = bad.reduce((sum, [, number]) => sum + number, 0);
  const seconds = lost.map(([at]) => Number(at));
  const span = count > 1 ? ` within ${(Math.max(...seconds) - Math.min(...seconds)).toFixed(1)} s` : '';
  const how = bad.map(([result, number]) => `${number} times ${result}`).join(', ');
  rows.push(`| ${what} | ${sent} | ${count} | ${how}${span} |`);
  return lost;
}

/** Calls a function at a steady rate while something happens to it, and for some seconds before and after. */
async function during(path: string, happens: () => Promise<void> | void, after = 8): Promise<Load> {
  const load = running.keepLoad(path, 30);
  await wait(3000);
  await happens();
  await wait(after * 1000);
  return load.end();
}

function podsOf(name: string): RunningPod[] {
  return running
    .pods()
    .filter(({ metadata }) => metadata.labels.faas_function === name || metadata.labels.app === name);
}

function podOf(name: string): RunningPod {
  const [pod] = podsOf(name);
  if (pod === undefined) throw new Error(`${name} has no pod`);
  return pod;
}

function rollout(namespace: string, name: string, ...verb: string[]): void {
  running.must('--namespace', namespace, 'rollout', ...verb, `deployment/${name}`);
}

/** Kills the program of a pod's first container, as the kernel does when memory is short. */
function kill(pod: RunningPod): void {
  const [container] = pod.status.containerStatuses ?? [];
  const id = container?.containerID?.replace(/^.*\/\//, '') ?? '';
  const script =
    'for one in /proc/[0-9]*; do if grep -q "$0" "$one/cgroup"; then kill -KILL "$(basename "$one")"; fi; done';
  running.first.must('bash', '-c', script, id);
}

/** The calls that a function's pods have written down, by their ids. */
function callsOf(name: string): string[] {
  const log = running.must(
    '--namespace',
    'openfaas-fn',
    'logs',
    '--selector',
    `faas_function=${name}`,
    '--tail=-1',
  );
  return [...log.matchAll(/\[([\w-]*)\] POST \S* - 200/g)].map(([, id = '']) => id);
}

function copiesOf(name: string): number {
  const { spec } = running.get('deployment', name, '--namespace', 'openfaas-fn') as {
    spec: { replicas: number };
  };
  return spec.replicas;
}

describe('calls while a platform changes, on a real Kubernetes', () => {
  /** From the scaling up to the scaling down again, too few calls for the alert. */
  let background: Going;
  let sinceScaled = 0;

  beforeAll(async () => {
    await running.start();
    for (const name of ['hot', 'pair', 'single', 'slow']) {
      let tries = 1;
      while ((await running.load(`/function/${name}`, 3, 1)).lost.length > 0 && tries < 20) tries += 1;
    }
  }, 600_000);
  afterAll(async () => {
    console.log(['| what happens | calls | lost | how |', '|---|---:|---:|---|', ...rows].join('\n'));
    await running.stop();
  });

  it('scales up by the alert without a loss', async () => {
    const load = running.keepLoad('/function/hot', 20);
    await running.first.until('second copy', 120, () => copiesOf('hot') > 1);
    await wait(10_000);
    expect(told('scaled up by the alert, 20 a second', await load.end())).toEqual([]);
    sinceScaled = Date.now();
    background = running.keepLoad('/function/hot', 2);
  });

  it("replaces a function by another image and environment without a loss, by the node's apply.sh", async () => {
    const load = await during('/function/pair', async () => {
      await running.apply(withFunction);
      rollout('openfaas-fn', 'pair', 'status', '--timeout=120s');
    });
    const { spec } = running.get('deployment', 'pair', '--namespace', 'openfaas-fn') as {
      spec: { template: { spec: { containers: { image: string }[] } } };
    };
    expect(spec.template.spec.containers[0]?.image).toBe('ghcr.io/nordpay/pair:1.1.0');
    expect(told('a function gets another image and environment (apply.sh)', load)).toEqual([]);
  });

  it('replaces the gateway and nginx without a loss, a call of 75 s included', async () => {
    const long = running.load('/function/slow?sleep=75s', 2, 1, { patience: 90 });
    const load = await during('/function/pair', async () => {
      await running.apply(withGateway);
      rollout('openfaas', 'gateway', 'status', '--timeout=120s');
    });
    expect(told('the gateway gets another timeout, nginx another conf (apply.sh)', load)).toEqual([]);
    rollout('openfaas-fn', 'slow', 'restart');
    expect(told('a call of 75 s through both, and a new copy of its function', await long)).toEqual([]);
  });

  it.each([
    ['nginx is reloaded', 'reload'],
    ['nginx is restarted', 'restart'],
  ])('%s without a loss', async (what, verb) => {
    const load = await during('/function/pair', () => void running.first.must('systemctl', verb, 'nginx'));
    expect(told(what, load)).toEqual([]);
  });

  it('loses no call when one of two pods is deleted', async () => {
    const load = await during('/function/pair', () => {
      running.must(
        '--namespace',
        'openfaas-fn',
        'delete',
        'pod',
        podOf('pair').metadata.name,
        '--wait=false',
      );
    });
    expect(told('one of two pods is deleted', load)).toEqual([]);
  });

  it.each([
    ["a function's only pod is deleted", 'single', 'delete'],
    ["a function's only pod is killed", 'single', 'kill'],
    ['one of two pods is killed', 'pair', 'kill'],
  ])('goes on within seconds after %s', async (what, name, how) => {
    const load = await during(
      `/function/${name}`,
      () => {
        const pod = podOf(name);
        if (how === 'kill') kill(pod);
        else running.must('--namespace', 'openfaas-fn', 'delete', 'pod', pod.metadata.name, '--wait=false');
      },
      15,
    );
    const lost = told(what, load).map(([at]) => Number(at));
    expect(Math.max(0, ...lost) - Math.min(...lost, 3)).toBeLessThan(10);
    const after = await running.load(`/function/${name}`, 30, 3);
    expect(after.results).toEqual({ 200: after.sent });
  });

  it('runs a queued call once, also while the queue worker and the gateway are replaced', async () => {
    const load = running.keepLoad('/async-function/mail', 5, { method: 'POST' });
    await wait(3000);
    rollout('openfaas', 'queue-worker', 'restart');
    rollout('openfaas', 'queue-worker', 'status', '--timeout=120s');
    await wait(8000);
    rollout('openfaas', 'gateway', 'restart');
    rollout('openfaas', 'gateway', 'status', '--timeout=120s');
    await wait(5000);
    const { results, sent, lost } = await load.end();
    expect(results).toEqual({ 202: sent });
    const ended = Date.now();
    await running.first
      .until('all queued calls', 60, () => new Set(callsOf('mail')).size >= sent)
      .catch(() => undefined);
    const seconds = ((Date.now() - ended) / 1000).toFixed(0);
    await wait(5000);
    const ran = callsOf('mail');
    rows.push(
      `| queued calls while worker and gateway are replaced | ${sent} | ${lost.length} | ${ran.length} ran, ${new Set(ran).size} of them for the first time, the last one ${seconds} s after it was sent |`,
    );
    expect([ran.length, new Set(ran).size]).toEqual([sent, sent]);
  });

  it('makes a scheduled call at its first try, again and again', async () => {
    // Jobs are started by hand from here on, all of them to be counted; until now one came each minute.
    await scheduled.suspend();
    const due = scheduled.minutes();
    const before = callsOf('nightly').length;
    rows.push(`| a call scheduled for each minute | ${due} | ${due - before} | ${before} arrived |`);
    // The first one waits for the gateway of a new cluster, and the second is left out while it does.
    expect(due - before).toBeLessThanOrEqual(1);
    await scheduledCalls('five scheduled calls at once', [
      'again-1',
      'again-2',
      'again-3',
      'again-4',
      'again-5',
    ]);
  });

  it('scales down again without a loss once the alert is over', async () => {
    await running.first.until(
      'one copy',
      600 - (Date.now() - sinceScaled) / 1000,
      () => copiesOf('hot') === 1,
    );
    const minutes = ((Date.now() - sinceScaled) / 60_000).toFixed(1);
    await wait(10_000);
    expect(
      told(`two calls a second all the while; scaled down after ${minutes} min`, await background.end()),
    ).toEqual([]);
  }, 700_000);

  it('makes a scheduled call once the gateway is back', async () => {
    running.must('--namespace', 'openfaas', 'scale', 'deployment', 'gateway', '--replicas=0');
    running.must(
      '--namespace',
      'openfaas',
      'delete',
      'pod',
      '--selector',
      'app=gateway',
      '--force',
      '--grace-period=0',
    );
    await scheduledCalls('a scheduled call while the gateway is away for 15 s', ['away'], async () => {
      await wait(15_000);
      expect(scheduled.isOver('away')).toBe(false);
      running.must('--namespace', 'openfaas', 'scale', 'deployment', 'gateway', '--replicas=1');
    });
  });
});

/** Starts what the schedule starts. Each job is well at its first try, and the function has each call once. */
async function scheduledCalls(
  what: string,
  names: readonly string[],
  meanwhile?: () => Promise<void>,
): Promise<void> {
  const before = callsOf('nightly').length;
  for (const name of names) scheduled.start(name);
  await meanwhile?.();
  await scheduled.untilEnd();
  const calls = callsOf('nightly');
  const failed = scheduled.failed(names);
  rows.push(`| ${what} | ${names.length} | ${failed.length} | ${calls.length - before} arrived |`);
  expect(failed).toEqual([]);
  expect([calls.length - before, new Set(calls).size]).toEqual([names.length, calls.length]);
}

import { randomBytes } from 'node:crypto';
import type { Misfortune } from './deck/misfortune.ts';
import type { Machine } from './machine.ts';
import { type Prepared, secretsOf } from './prepared.ts';
import { secretKeys } from './secret-keys.ts';
import type { Stage } from './stage.ts';

/** Each node's user-data is pasted, and people make the secrets that the config names. */
export function bootStep(old: Prepared): Misfortune {
  return {
    name: 'boot',
    title: 'user-data is pasted on each node, from nothing to the first answers',
    losesNoCall: false,
    backWithin: 300,
    strike: async (stage) => {
      const began = Date.now();
      const { world, machines, callers } = stage;
      callers.start(world);
      for (const machine of machines) {
        await machine.start();
        callers.startOn(machine);
        await untilApplied(machine, stage);
        if (machine === machines[0]) makeSecrets(machine, old);
      }
      return firstAnswers(stage, began);
    },
  };
}

/** @throws if cloud-init failed */
async function untilApplied(machine: Machine, { wait }: Stage): Promise<void> {
  const end = Date.now() + 600_000;
  for (;;) {
    const { stdout } = machine.run('cloud-init', 'status');
    if (/status: done/.test(stdout)) return;
    if (/status: error/.test(stdout) || Date.now() > end) {
      const log = machine.run('grep', '-a', '^fjord: FAILED', '/var/log/cloud-init-output.log').stdout.trim();
      throw new Error(`${machine.name}: cloud-init: ${stdout.trim()}${log && `: ${log}`}`);
    }
    await wait(1);
  }
}

/** @throws if one cannot be made */
export function makeSecrets(first: Machine, platform: Prepared): void {
  for (const { namespace, name } of secretsOf(platform)) {
    const there = ['--namespace', namespace, 'get', 'secret', name];
    if (first.kubectl(...there).status === 0) continue;
    const value = randomBytes(24).toString('hex');
    const keys = secretKeys(platform, namespace, name);
    const pairs =
      name === 'basic-auth'
        ? ['basic-auth-user=admin', `basic-auth-password=${value}`]
        : (keys.length > 0 ? keys : [name]).map((key) => `${key}=${value}`);
    const literals = pairs.map((pair) => `--from-literal=${pair}`);
    const made = first.kubectl('--namespace', namespace, 'create', 'secret', 'generic', name, ...literals);
    if (made.status !== 0) throw new Error(`the Secret ${namespace}/${name}: ${made.stderr.trim()}`);
  }
}

/** Waits for the first answer of each function, and says after how many seconds it came. */
async function firstAnswers({ callers, wait }: Stage, began: number): Promise<string> {
  const end = Date.now() + 300_000;
  while (callers.unanswered(began).length > 0 && Date.now() < end) await wait(0.5);
  const first = new Map<string, number>();
  for (const { caller, at, took, outcome } of callers.calls()) {
    if (/^[23]/.test(outcome) && !first.has(caller)) first.set(caller, (at + took - began) / 1000);
  }
  return `first answers: ${[...first].map(([caller, seconds]) => `${caller} after ${seconds.toFixed(0)} s`).join(', ') || 'none'}`;
}

import type { RolloutStep } from '../rollout/step.ts';
import { workloadsGone } from './after-change.ts';
import { makeSecrets } from './boot-step.ts';
import type { CallersAcross } from './caller.ts';
import type { Misfortune } from './deck/misfortune.ts';
import type { Machine } from './machine.ts';
import { type OwnFilesOf, type Prepared, scriptsOf } from './prepared.ts';
import { applyOn, type Stage } from './stage.ts';

/** A change of a platform's config. */
export interface Change {
  readonly from: Prepared;
  readonly to: Prepared;
  /** As synth names it. */
  readonly rollout: readonly RolloutStep[];
}

/** Ways of a change that a rehearsal does not go. */
const notRehearsed: readonly RolloutStep['way'][] = ['make', 'replace', 'remove', 'push', 'new-cluster'];

/** Seconds until the cluster is as manifests say. K3s looks for new ones every 15 seconds. */
const untilApplied = 180;

/** The reason why a change cannot be rehearsed; undefined if it can. */
export function changeNeedsMore({ rollout }: Change): string | undefined {
  const step = rollout.find(({ way }) => notRehearsed.includes(way));
  return (
    step &&
    `it needs more than apply.sh on running nodes (${step.node ?? 'cluster'}: ${step.way}: ${step.what.join('; ')}); rehearse each config by itself`
  );
}

/** The change to another config: each node's new apply.sh, in the order in which synth names them. */
export function changeStep(change: Change, across: CallersAcross, ownFiles: OwnFilesOf): Misfortune {
  const { to, rollout } = change;
  return {
    name: 'change',
    title: 'the new apply.sh is run on each node',
    losesNoCall: true,
    backWithin: 180,
    strike: async (stage) => {
      const { machines, callers, world } = stage;
      callers.change(across.during, world, machines);
      const scripts = scriptsOf(to);
      const [first] = machines;
      if (first !== undefined) makeSecrets(first, to);
      const results: string[] = [];
      const order = [...new Set(rollout.flatMap(({ way, node }) => (way === 'apply' && node ? [node] : [])))];
      const nodes = order.flatMap((name) => machines.filter((machine) => machine.name === name));
      for (const machine of nodes) {
        putFiles(machine, ownFiles(machine.name, to));
        const { status, stdout, stderr } = await applyOn(machine, scripts.get(machine.name) ?? '');
        if (status !== 0) throw new Error(`${machine.name}: ${lastLine(stderr) || lastLine(stdout)}`);
        results.push(
          `${machine.name}: ${lastLine(stdout)
            .replace(/^fjord: /, '')
            .slice(0, 400)}`,
        );
      }
      if (first !== undefined) await untilAsWritten(first, change, stage);
      return [...results, ...leftToPeople(rollout)].join('; ') || 'nothing to apply';
    },
  };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

/** Those that the new config adds, or calls in another way, begin. */
export function newCallersStep({ during, after }: CallersAcross): Misfortune {
  const names = after.filter((caller) => !during.includes(caller)).map(({ name }) => name);
  return {
    name: 'new-calls',
    title: `${names.join(', ')}: new, or called in another way`,
    losesNoCall: false,
    backWithin: 60,
    strike: async ({ world, machines, callers }) => {
      callers.change(after, world, machines);
      return undefined;
    },
  };
}

/** Puts those files on a machine that it has not. */
function putFiles(machine: Machine, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    if (machine.run('test', '-e', path).status === 0) continue;
    machine.runWith(text, 'install', '-D', '-m', '0600', '/dev/stdin', path);
  }
}

/** @throws with the first difference if the cluster does not become what the manifests on the first server say */
async function untilAsWritten(first: Machine, { from, to }: Change, { wait }: Stage): Promise<void> {
  const script = scriptsOf(to).get(first.name) ?? '';
  const manifests = [
    ...script.matchAll(/^put \d+ (\/var\/lib\/rancher\/k3s\/server\/manifests\/\S+\.yaml)/gm),
  ].flatMap(([, path = '']) => ['--filename', path]);
  const end = Date.now() + untilApplied * 1000;
  for (;;) {
    const difference = manifests.length === 0 ? undefined : first.kubectl('diff', ...manifests);
    const gone = workloadsGone(from, to).filter((name) => isThere(first, name));
    if ((difference === undefined || difference.status === 0) && gone.length === 0) return;
    if (Date.now() > end) {
      const lines = `${difference?.stdout ?? ''}${difference?.stderr ?? ''}`.split('\n');
      const shown = lines.filter((line) => /^[-+] /.test(line)).slice(0, 3);
      const rest = gone.map((name) => `${name} is still there`);
      throw new Error(
        `${first.name}: the cluster is not as the manifests say after ${untilApplied} s: ${[...shown, ...rest].join(' / ')}`,
      );
    }
    await wait(2);
  }
}

function isThere(first: Machine, workload: string): boolean {
  const [namespace = '', kind = '', name = ''] = workload.split('/');
  return first.kubectl('--namespace', namespace, 'get', kind, name).status === 0;
}

/** What synth tells people to do, but for what the step has done: Secrets, and files that only a node has. */
function leftToPeople(rollout: readonly RolloutStep[]): string[] {
  return rollout
    .filter(({ way }) => way === 'by-hand')
    .flatMap(({ what }) => what)
    .filter((words) => !/^(create the Secret|put|point the DNS of) /.test(words))
    .map((words) => `not done: ${words}`);
}

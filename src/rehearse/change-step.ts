import type { RolloutStep } from '../rollout/step.ts';
import { makeSecrets } from './boot-step.ts';
import type { Misfortune } from './deck/misfortune.ts';
import { type Prepared, scriptsOf } from './prepared.ts';
import { applyOn } from './stage.ts';

/** Ways of a change that a rehearsal does not go. */
const notRehearsed: readonly RolloutStep['way'][] = ['make', 'replace', 'remove', 'push', 'new-cluster'];

/** The change to another config: each node's new apply.sh, in the order in which synth names them. */
export function changeStep(to: Prepared, rollout: readonly RolloutStep[]): Misfortune {
  return {
    name: 'change',
    title: 'the new apply.sh is run on each node',
    losesNoCall: true,
    backWithin: 300,
    leftOut: () => {
      const step = rollout.find(({ way }) => notRehearsed.includes(way));
      return (
        step &&
        `the change needs more than apply.sh: ${step.node ?? 'cluster'}: ${step.way} ${step.what.join('; ')}`
      );
    },
    strike: async ({ machines }) => {
      const scripts = scriptsOf(to);
      const [first] = machines;
      const results: string[] = [];
      const order = [...new Set(rollout.flatMap(({ way, node }) => (way === 'apply' && node ? [node] : [])))];
      const nodes = order.flatMap((name) => machines.filter((machine) => machine.name === name));
      for (const machine of nodes) {
        const { status, stdout, stderr } = await applyOn(machine, scripts.get(machine.name) ?? '');
        const last = `${stdout}${stderr}`.trim().split('\n').at(-1) ?? '';
        if (status !== 0) throw new Error(`${machine.name}: ${last}`);
        if (machine === first) makeSecrets(first, to);
        results.push(`${machine.name}: ${last.replace(/^fjord: /, '').slice(0, 120)}`);
      }
      return results.join('; ') || 'nothing to apply';
    },
  };
}

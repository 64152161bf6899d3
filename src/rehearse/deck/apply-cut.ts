import type { Machine } from '../machine.ts';
import { applyOn, type Stage } from '../stage.ts';
import type { Misfortune } from './misfortune.ts';

/** The lines of apply.sh at which the power is cut, as it prints them. */
const moments = ['fjord: wrote ', 'fjord: firewall', 'fjord: nginx', 'fjord: K3s', 'fjord: restarted K3s'];

export const applyCut: Misfortune = {
  name: 'apply-cut',
  title: 'the power is cut in the middle of apply.sh, which is run again',
  losesNoCall: false,
  backWithin: 240,
  strike: async (stage) => {
    const [machine] = stage.machines;
    if (machine === undefined) return undefined;
    const script = stage.scripts.get(machine.name) ?? '';
    let cuts = 0;
    for (const moment of moments) {
      // Every file differs, so that the script has everything to do.
      machine.run(
        'bash',
        '-c',
        'for file in $(cat /var/lib/fjord/files); do [ -L "$file" ] || echo >>"$file"; done',
      );
      if (await applyAndCut(stage, machine, script, moment)) cuts += 1;
      const { status, stdout, stderr } = await applyOn(machine, script);
      if (status !== 0)
        throw new Error(`apply.sh after a cut at "${moment.trim()}": ${last(stdout + stderr)}`);
    }
    return `${cuts} cuts`;
  },
};

/** Returns false if the script ended before the moment. */
async function applyAndCut(
  { callers }: Stage,
  machine: Machine,
  script: string,
  moment: string,
): Promise<boolean> {
  let seen = '';
  let cut: Promise<void> | undefined;
  await applyOn(machine, script, (text) => {
    seen += text;
    if (`\n${seen}`.includes(`\n${moment}`)) cut ??= machine.cutPower();
  });
  await cut;
  if (cut === undefined) return false;
  await machine.start();
  callers.startOn(machine);
  // As soon as a person can log in.
  await machine.until('SSH', 180, () => machine.run('systemctl', 'is-active', '--quiet', 'ssh').status === 0);
  return true;
}

function last(text: string): string {
  return text.trim().split('\n').slice(-2).join(' / ');
}

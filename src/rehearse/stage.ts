import type { Platform } from '../platform/platform.ts';
import type { Callers } from './callers.ts';
import type { Machine, Ran } from './machine.ts';
import type { World } from './world.ts';

/** Where misfortunes happen: the machines of a platform that runs, and the world around them. */
export interface Stage {
  readonly world: World;
  /** The first server first. */
  readonly machines: readonly Machine[];
  readonly callers: Callers;
  /** What runs now. */
  readonly platform: Platform;
  /** The scripts that brought the nodes where they are, by node. */
  readonly scripts: ReadonlyMap<string, string>;
  /** Lets time pass. Ends at once with the rehearsal. */
  readonly wait: (seconds: number) => Promise<void>;
}

const keptScript = '/root/apply.sh';

/** Copies a script to a machine and runs it there, as a person does. */
export function applyOn(machine: Machine, script: string, onOutput?: (text: string) => void): Promise<Ran> {
  return machine.runSoon('bash', ['-c', `cat >${keptScript} && exec bash ${keptScript} </dev/null`], {
    input: script,
    seconds: 900,
    ...(onOutput && { onOutput }),
  });
}

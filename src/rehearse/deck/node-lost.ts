import type { Misfortune } from './misfortune.ts';

export const nodeLost: Misfortune = {
  name: 'node-lost',
  title: 'each node in turn is without power for a minute',
  losesNoCall: false,
  backWithin: 240,
  leftOut: ({ machines }) => (machines.length > 1 ? undefined : 'there is one node'),
  strike: async ({ machines, callers, wait }) => {
    for (const machine of machines) {
      await machine.cutPower();
      await wait(60);
      await machine.start();
      callers.startOn(machine);
      await wait(20);
    }
    return undefined;
  },
};

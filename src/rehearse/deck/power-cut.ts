import type { Misfortune } from './misfortune.ts';

export const powerCut: Misfortune = {
  name: 'power-cut',
  title: 'the power of each node is cut',
  losesNoCall: false,
  backWithin: 180,
  strike: async ({ machines, callers, wait }) => {
    for (const machine of machines) {
      await machine.cutPower();
      await wait(2);
      await machine.start();
      callers.startOn(machine);
    }
    return undefined;
  },
};

import type { Misfortune } from './misfortune.ts';

export const reboot: Misfortune = {
  name: 'reboot',
  title: 'each node is rebooted',
  losesNoCall: false,
  backWithin: 180,
  strike: async ({ machines, callers }) => {
    for (const machine of machines) {
      await machine.reboot();
      callers.startOn(machine);
    }
    return undefined;
  },
};

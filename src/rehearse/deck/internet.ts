import type { Misfortune } from './misfortune.ts';

export const internetGone: Misfortune = {
  name: 'internet-gone',
  title: 'DNS and the internet are gone, each node is rebooted meanwhile',
  losesNoCall: false,
  backWithin: 180,
  strike: async ({ world, machines, callers, wait }) => {
    world.setInternet(false);
    try {
      await wait(5);
      for (const machine of machines) {
        await machine.reboot();
        callers.startOn(machine);
      }
      await wait(20);
    } finally {
      world.setInternet(true);
    }
    return undefined;
  },
};

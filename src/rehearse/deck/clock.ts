import type { Misfortune } from './misfortune.ts';

export const clock: Misfortune = {
  name: 'clock',
  title: 'the clock is 366 days later',
  losesNoCall: false,
  backWithin: 180,
  leftOut: () =>
    'namespaces share the wall clock of this machine, which a rehearsal does not touch, and Go programs cannot be given another; certificates-ending has a part of it',
  strike: async () => undefined,
};

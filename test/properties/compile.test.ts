import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedConfigs, configs } from './arbitrary-config.ts';
import { type Fate, holdsFor } from './holds-for.ts';

describe('whatever the config', () => {
  it('it compiles to a platform that passes everything, or is refused with reasons', {
    timeout: 300_000,
  }, () => {
    fc.assert(
      fc.property(configs, (config) => {
        holdsFor(config);
      }),
      { numRuns: 150, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
    );
  });

  it('enough of those that are tried compile to be worth trying', { timeout: 300_000 }, () => {
    const fates = fc.sample(changedConfigs, { numRuns: 30, seed: 1 }).map((config) => holdsFor(config));
    const compiled = fates.filter((fate: Fate) => fate === 'compiled').length;
    expect(compiled).toBeGreaterThan(3);
  });
});

import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedConfigs, configs } from './arbitrary-config.ts';
import { type Fate, holdsFor } from './holds-for.ts';

const { definitions } = createRequire(import.meta.url)('../../schemas/platform.schema.json');

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

  it('every address and e-mail address that the config takes has its place in the scripts', () => {
    let compiled = 0;
    fc.assert(
      fc.property(
        fc.stringMatching(new RegExp(definitions.HttpsUrl.pattern)),
        fc.stringMatching(new RegExp(definitions.EmailAddress.pattern)),
        fc.stringMatching(new RegExp(definitions.DownloadUrl.pattern)),
        (directory, email, mirror) => {
          const config = {
            domain: 'functions.example.no',
            nodes: { 'node-1': {} },
            functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0' } },
            gateway: { packages: 'nginx.org-stable', packagesFrom: mirror, tls: { directory, email } },
            k3s: { downloadFrom: mirror },
          };
          if (holdsFor(config) === 'compiled') compiled += 1;
        },
      ),
      { numRuns: 30 },
    );
    expect(compiled).toBeGreaterThan(10);
  });

  it('enough of those that are tried compile to be worth trying', { timeout: 300_000 }, () => {
    const fates = fc.sample(changedConfigs, { numRuns: 30, seed: 1 }).map((config) => holdsFor(config));
    const compiled = fates.filter((fate: Fate) => fate === 'compiled').length;
    expect(compiled).toBeGreaterThan(3);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billOf, charge, obstacleOf, type Work } from '../../../src/platform/cost/bill.ts';
import { breakEven, mostCalls } from '../../../src/platform/cost/break-even.ts';
import type { Cloud, CloudName } from '../../../src/platform/cost/cloud.ts';
import { clouds } from '../../../src/platform/cost/cloud-prices.ts';
import type { Traffic } from '../../../src/platform/functions/traffic.ts';

const mib = 1024 ** 2;

function cloud(name: CloudName): Cloud {
  const found = clouds.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no cloud ${name}`);
  return found;
}

function work(memory: number, changes: Partial<Traffic> = {}): Work {
  const traffic: Traffic = {
    calls: 20_000_000,
    duration: 100,
    p99: undefined,
    cpuTime: undefined,
    peak: 40,
    peakKnown: true,
    clients: undefined,
    memory: memory * mib,
    memoryUsed: memory * mib,
    request: undefined,
    response: undefined,
    ...changes,
  };
  return { name: 'pay', traffic };
}

function total(name: CloudName, ...all: Work[]): number {
  return billOf(cloud(name), all).total;
}

/**
 * The article's 20 million calls, of 100 ms, worked out with paper and pencil from the published prices: 2,000,000 seconds, so
 * 250,000, 1,000,000, 2,000,000 and 4,000,000 GiB s.
 */
describe('20 million calls of 100 ms', () => {
  // Calls: 19 million at 0.20 = 3.80. HTTP API: 20 million at 1.11 = 22.20. Memory: what is over 400,000, at 0.0000166667.
  it.each([
    [128, 26.0],
    [512, 36.0],
    [1024, 52.67],
    [2048, 86.0],
  ])('cost at AWS with %i MiB what paper says', (memory, usd) =>
    expect(total('aws', work(memory))).toBeCloseTo(usd, 2),
  );

  // Calls: 3.80. Memory: what is over 400,000, at 0.000016.
  it.each([
    [128, 3.8],
    [512, 13.4],
    [1024, 29.4],
  ])('cost at Azure with %i MiB what paper says', (memory, usd) =>
    expect(total('azure', work(memory))).toBeCloseTo(usd, 2),
  );

  // Calls: 18 million at 0.40 = 7.20. Processors: 166,000, 666,000, 1,166,000 and 2,000,000 vCPU s, those over 180,000 at
  // 0.000024: 0, 11.664, 23.664 and 43.68. Memory: what is over 360,000, at 0.0000025: 0, 1.60, 4.10 and 9.10.
  it.each([
    [128, 7.2],
    [512, 20.46],
    [1024, 34.96],
    [2048, 59.98],
  ])('cost at Google with %i MiB what paper says', (memory, usd) =>
    expect(total('google', work(memory))).toBeCloseTo(usd, 2),
  );

  // 5 + 10 million at 0.30 = 8; CPU: 2,000 million ms less 30 million, at 0.02 for a million = 39.40; with 10 ms 3.40.
  it('cost at Cloudflare what paper says, by their processor time', () => {
    expect(total('cloudflare', work(128))).toBeCloseTo(47.4, 2);
    expect(total('cloudflare', work(128, { cpuTime: 10 }))).toBeCloseTo(11.4, 2);
  });

  it('cannot all run everywhere', () => {
    expect(obstacleOf(cloud('azure'), work(2048))).toEqual({
      name: 'pay',
      needs: 'memory',
      most: 1536 * mib,
    });
    expect(obstacleOf(cloud('cloudflare'), work(256))).toMatchObject({ needs: 'memory' });
    expect(obstacleOf(cloud('aws'), work(128, { p99: 31_000 }))).toMatchObject({
      needs: 'duration',
      most: 30_000,
    });
    expect(obstacleOf(cloud('aws'), work(10_240))).toBeUndefined();
  });
});

describe('what is counted', () => {
  it('is rounded up as each cloud does', () => {
    // Google: 120 ms are 200. 20 million x 0.2 s x 0.333 = 1,332,000 vCPU s, and 2,000,000 GiB s.
    expect(total('google', work(512, { duration: 120 }))).toBeCloseTo(
      7.2 + 1_152_000 * 0.000024 + 1_640_000 * 0.0000025,
      4,
    );
    // Azure: 10 ms are 100, and 130 MiB are 256: 500,000 GiB s.
    expect(total('azure', work(512, { duration: 10, memoryUsed: 130 * mib }))).toBeCloseTo(3.8 + 1.6, 4);
    // AWS: 10 ms are 10, and a body of 513 KiB is two calls of the HTTP API.
    expect(total('aws', work(128, { duration: 10, request: 513 * 1024 }))).toBeCloseTo(3.8 + 44.4, 4);
  });

  it('leaves as answers, of which the first are free at some', () => {
    // 20 million x 64 KiB = 1,220.703125 GiB.
    const heavy = work(128, { response: 64 * 1024 });
    expect(total('aws', heavy) - 26).toBeCloseTo(1120.703125 * 0.09, 4);
    expect(total('azure', heavy) - 3.8).toBeCloseTo(1120.703125 * 0.087, 4);
    expect(total('google', heavy) - 7.2).toBeCloseTo(1220.703125 * 0.105, 4);
    expect(total('cloudflare', heavy)).toBeCloseTo(47.4, 4);
  });

  it('falls into tiers', () => {
    const { gateway } = cloud('aws');
    if (gateway === undefined) throw new Error('AWS has a gateway');
    expect(charge(gateway, 400_000_000)).toBeCloseTo(300 * 1.11 + 100 * 1, 6);
    const { egress } = cloud('azure');
    if (egress === undefined) throw new Error('Azure bills what leaves');
    expect(charge(egress, 100)).toBe(0);
    expect(charge(egress, 11_000)).toBeCloseTo(10_235 * 0.087 + 665 * 0.083, 6);
  });

  it('is free once for all functions', () => {
    const half = { calls: 10_000_000 };
    expect(total('google', work(512, half), work(512, half))).toBeCloseTo(total('google', work(512)), 6);
  });
});

describe('the line', () => {
  // AWS with 512 MiB: 1.31 a million after the first, which costs 1.11, and from 8 million calls on 0.83 of memory for each:
  // 8 million cost 10.28; the 29.72 up to 40 are 13.854 million at 2.1433.
  it('is where a bill reaches the price', () => {
    const line = breakEven(40, (calls) => billOf(cloud('aws'), [work(512)], calls / 20_000_000).total);
    expect(line / 1_000_000).toBeCloseTo(8 + 29.72 / 2.143335, 2);
  });

  it('is never, where a bill does not reach it, and at no calls, where a subscription does', () => {
    expect(breakEven(10, () => 9)).toBe(Number.POSITIVE_INFINITY);
    expect(breakEven(5, (calls) => 5 + calls)).toBe(0);
    expect(breakEven(mostCalls, (calls) => calls)).toBe(mostCalls);
  });

  it('has the price on its one side, and not on its other', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...clouds),
        fc.double({ min: 0.01, max: 5000, noNaN: true }),
        fc.integer({ min: 1, max: 20_000 }),
        (each, price, duration) => {
          const bill = (calls: number) => billOf(each, [work(128, { duration })], calls / 20_000_000).total;
          const line = breakEven(price, bill);
          expect(bill(line)).toBeGreaterThanOrEqual(price);
          if (line > 0) expect(bill(line - 1)).toBeLessThan(price);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the prices', () => {
  it('have a source with its day, or say that it has none', () => {
    for (const each of clouds) {
      for (const priced of [
        each.subscription,
        each.calls,
        each.gateway,
        each.memory,
        each.processors,
        each.egress,
      ]) {
        if (priced === undefined) continue;
        expect(priced.source.url).toMatch(/^https:\/\//);
        expect(priced.source.note).not.toBe('');
        expect(priced.source.asOf ?? '2026-01-01').toMatch(/^2026-\d\d-\d\d$/);
      }
    }
  });
});

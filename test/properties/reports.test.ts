import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { capacityDocument } from '../../src/cli/output/capacity-document.ts';
import { costChart } from '../../src/cli/output/cost-chart.ts';
import { costDocument } from '../../src/cli/output/cost-document.ts';
import { markdownDocument } from '../../src/cli/output/document.ts';
import { check } from '../../src/config/check/check.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { compareCosts } from '../../src/platform/cost/comparison.ts';
import { capacityOf } from '../../src/platform/load/capacity-report.ts';
import { resolve } from '../../src/platform/resolve.ts';
import { valuesOf } from './arbitrary-value.ts';

const schema = createRequire(import.meta.url)('../../schemas/platform.schema.json');
const of = (name: string) => valuesOf({ $ref: `#/definitions/${name}` }, schema);

const configs = fc
  .record({
    price: of('MoneyConfig'),
    pay: of('TrafficConfig'),
    ledger: fc.option(of('TrafficConfig'), { nil: undefined }),
    currency: fc.constantFrom('NOK', 'USD', undefined),
    rates: of('CostConfig'),
    concurrency: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
  })
  .map(({ price, pay, ledger, currency, rates, concurrency }) => ({
    domain: 'functions.example.no',
    nodes: { 'node-1': { price } },
    functions: {
      pay: {
        image: 'ghcr.io/acme/pay:1',
        timeout: '100h',
        traffic: pay,
        ...(concurrency && { concurrency }),
      },
      ledger: { image: 'ghcr.io/acme/ledger:1', ...(ledger !== undefined && { traffic: ledger }) },
    },
    cost: { ...Object(rates), ...(currency && { currency }) },
  }));

it('reports of any traffic and any prices have numbers in all their places', { timeout: 120_000 }, () => {
  let reported = 0;
  fc.assert(
    fc.property(configs, (config) => {
      if (hasErrors(check(config))) return;
      const [platform] = resolve(config as PlatformConfig);
      if (platform === undefined) return;
      reported += 1;
      const comparison = compareCosts(platform);
      const texts = [
        markdownDocument(costDocument(comparison, 'whole')),
        markdownDocument(capacityDocument(capacityOf(platform))),
        costChart(comparison) ?? '',
      ];
      for (const text of texts)
        expect(text).not.toMatch(/\b(NaN|Infinity|undefined|null)\b|\[object|\de[-+]\d/);
      for (const { bill } of comparison.clouds) expect(bill?.total ?? 0).toBeGreaterThanOrEqual(0);
      // More calls never cost less.
      for (const [index, { amounts }] of comparison.series.entries()) {
        for (const [cloud, amount = 0] of amounts.entries()) {
          expect(amount).toBeGreaterThanOrEqual(comparison.series[index - 1]?.amounts[cloud] ?? 0);
        }
      }
    }),
    { numRuns: 600, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
  );
  expect(reported).toBeGreaterThan(20);
});

import { describe, expect, it } from 'vitest';
import type { MoneyConfig } from '../../../src/config/cost/money.ts';
import type { NodeConfig } from '../../../src/config/nodes/node.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { compareCosts } from '../../../src/platform/cost/comparison.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

const rates = { USD: { rate: 10, date: '2026-10-28' } };
const pay = { image: 'ghcr.io/acme/pay:1' };
const traffic = { calls: 20_000_000, duration: '100ms', memory: '128Mi', cpuTime: '10ms' };

function priced(price: MoneyConfig | undefined, changes: Partial<PlatformConfig> = {}): PlatformConfig {
  return platformWith({ nodes: { 'oslo-1': { ...(price && { price }) } }, ...changes });
}

function compared(config: PlatformConfig) {
  const [platform, diagnostics] = resolve(config);
  if (platform === undefined) throw new Error(JSON.stringify(diagnostics));
  return compareCosts(platform);
}

function reported(config: PlatformConfig): string[] {
  return resolve(config)[1].map(({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`);
}

describe('the flat price', () => {
  it('is without VAT, in one currency, with what else is paid for', () => {
    const { flat, currency } = compared(
      platformWith({
        nodes: {
          a: {
            role: 'server',
            address: '10.0.0.1',
            price: { amount: 500, currency: 'NOK', vatIncluded: 25 },
          },
          b: { role: 'agent', memory: '2Gi', address: '10.0.0.2', price: { amount: 20, currency: 'USD' } },
        },
        cost: { rates, also: { licence: { amount: 30, currency: 'NOK' } } },
      }),
    );
    expect(currency).toBe('NOK');
    expect(flat.parts.map(({ name, amount }) => [name, amount])).toEqual([
      ['a', 400],
      ['b', 200],
      ['licence', 30],
    ]);
    expect(flat.total).toBe(630);
  });

  it('is not known while a price is not', () => {
    expect(compared(priced(undefined)).flat.total).toBeUndefined();
    expect(compared(priced({ amount: 0, currency: 'NOK' })).flat.total).toBe(0);
  });

  it.each<[string, NodeConfig, number | undefined]>([
    ['of a plan that is listed, with its IPv4 address', { provider: 'hetzner', plan: 'CX33' }, 8.99],
    ['of a plan in Finland', { provider: 'hetzner', plan: 'cx33', country: 'FI' }, 8.99],
    ['of a plan elsewhere', { provider: 'hetzner', plan: 'cx33', country: 'US' }, undefined],
    ['of a plan whose price is not confirmed', { provider: 'hetzner', plan: 'cx53' }, undefined],
    ['of a plan of another provider', { provider: 'upcloud', plan: '4xCPU-8GB' }, undefined],
    [
      'that is written, before one that is listed',
      { provider: 'hetzner', plan: 'cx33', price: { amount: 7, currency: 'EUR' } },
      7,
    ],
  ])('of a node is that %s', (_, node, amount) => {
    const { flat } = compared(platformWith({ nodes: { a: node } }));
    expect(flat.total).toEqual(amount === undefined ? undefined : expect.closeTo(amount, 6));
  });
});

describe('a currency', () => {
  it('without a rate is an error where prices would be added', () => {
    const also = { licence: { amount: 30, currency: 'EUR' } };
    expect(reported(priced({ amount: 500, currency: 'NOK' }, { cost: { also } }))).toEqual([
      'error resolve/currency-without-rate cost.also.licence.currency',
    ]);
    expect(reported(priced({ amount: 500, currency: 'NOK' }, { cost: { currency: 'EUR' } }))).toEqual([
      'error resolve/currency-without-rate nodes.oslo-1.price.currency',
    ]);
  });

  it("that is not the clouds' is mentioned where there is something to compare", () => {
    const price = { amount: 500, currency: 'NOK' };
    expect(reported(priced(price))).toEqual([]);
    expect(reported(priced(price, { functions: { pay: { ...pay, traffic } } }))).toEqual([
      'info resolve/clouds-without-rate nodes.oslo-1.price.currency',
    ]);
    expect(reported(priced(price, { functions: { pay: { ...pay, traffic } }, cost: { rates } }))).toEqual([]);
  });

  it('has no rate to itself, and a rate has a day', () => {
    const own = { NOK: { rate: 1, date: '2026-02-30' } };
    expect(reported(priced({ amount: 500, currency: 'NOK' }, { cost: { rates: own } }))).toEqual([
      'error resolve/rate-of-own-currency cost.rates.NOK',
      'error resolve/date-unreal cost.rates.NOK.date',
    ]);
    const leap = { USD: { rate: 10, date: '2024-02-29' } };
    expect(reported(priced({ amount: 500, currency: 'NOK' }, { cost: { rates: leap } }))).toEqual([]);
  });
});

describe('a comparison', () => {
  const config = priced(
    { amount: 200, currency: 'NOK' },
    { functions: { pay: { ...pay, traffic }, idle: pay }, cost: { rates } },
  );

  it('has each bill in the currency of the comparison', () => {
    const { clouds, silent, calls } = compared(config);
    // By hand, in USD: 26.00, 3.80, 7.20 and 11.40.
    expect(clouds.map(({ cloud, amount }) => [cloud.name, Math.round(amount ?? 0)])).toEqual([
      ['aws', 260],
      ['azure', 38],
      ['google', 72],
      ['cloudflare', 114],
    ]);
    expect([silent, calls]).toEqual([['idle'], 20_000_000]);
  });

  it('says that public clouds are cheaper where they are', () => {
    const { clouds, flat } = compared(config);
    const cheaper = clouds.filter(({ amount = Number.NaN }) => amount < (flat.total ?? 0));
    expect(cheaper.map(({ cloud }) => cloud.name)).toEqual(['azure', 'google', 'cloudflare']);
    // AWS: 20 USD are 1.11 for the first million and 18.89 at 1.31 for each further one.
    expect(clouds[0]?.breakEven).toBe(Math.ceil((1 + 18.89 / 1.31) * 1_000_000));
  });

  it('is not made without a rate or a price, but the bills are', () => {
    const noRate = priced({ amount: 200, currency: 'NOK' }, { functions: { pay: { ...pay, traffic } } });
    const [aws] = compared(noRate).clouds;
    expect([aws?.bill?.total.toFixed(2), aws?.amount, aws?.breakEven]).toEqual([
      '26.00',
      undefined,
      undefined,
    ]);
    const [other] = compared(priced(undefined, { functions: { pay: { ...pay, traffic } } })).clouds;
    expect([other?.amount?.toFixed(2), other?.breakEven]).toEqual(['26.00', undefined]);
  });

  it('has a series from 0.1 to 200 million calls', () => {
    const { series } = compared(config);
    expect([series[0]?.calls, series.at(-1)?.calls]).toEqual([100_000, 200_000_000]);
    expect(series.map(({ calls }) => calls)).toContain(10_000_000);
    // At Cloudflare 10 million calls of 10 ms: 50 NOK, and 70,000 s over 30,000 at 0.00002 USD.
    const at = series.find(({ calls }) => calls === 10_000_000);
    expect(at?.amounts[3]).toBeCloseTo(50 + 70_000 * 0.00002 * 10, 6);
  });

  it('leaves out a cloud where a function cannot run', () => {
    const large = { pay: { ...pay, traffic: { ...traffic, memory: '2Gi' } }, small: { ...pay, traffic } };
    const { clouds } = compared({ ...config, functions: large });
    expect(
      clouds.map(({ bill, obstacles }) => [bill !== undefined, obstacles.map(({ name }) => name)]),
    ).toEqual([
      [true, []],
      [false, ['pay']],
      [true, []],
      [false, ['pay']],
    ]);
  });
});

import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Node } from '../nodes/node.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { clouds } from './cloud-prices.ts';
import { type Money, withoutVat } from './money.ts';

/** What a comparison of costs needs beside the nodes' prices. */
export interface Cost {
  readonly currency: string;
  /** By currency. */
  readonly rates: readonly ExchangeRate[];
  /** By name. */
  readonly also: readonly (Money & { readonly name: string })[];
}

export interface ExchangeRate {
  readonly currency: string;
  /** Units of the comparison's currency for one of this. */
  readonly rate: number;
  /** `2026-10-28`. */
  readonly date: string;
}

/** A price where the config has it. */
interface WrittenPrice {
  readonly path: ConfigPath;
  readonly currency: string;
}

export function resolveCost(config: PlatformConfig, nodes: readonly Node[]): readonly [Cost, Diagnostic[]] {
  const { rates, also } = config.cost ?? {};
  const own = currencyOf(config, nodes);
  const cost: Cost = {
    currency: own ?? 'USD',
    rates: sortedEntries(rates).map(([currency, { rate, date }]) => ({ currency, rate, date })),
    also: sortedEntries(also).map(([name, price]) => ({ name, ...withoutVat(price) })),
  };
  return [cost, [...diagnoseRates(cost.rates, own), ...diagnosePrices(config, cost)]];
}

/** An amount in the comparison's currency. Undefined without a rate. */
export function converted({ amount, currency }: Money, cost: Cost): number | undefined {
  if (currency === cost.currency) return amount;
  const rate = cost.rates.find((each) => each.currency === currency)?.rate;
  return rate === undefined ? undefined : amount * rate;
}

/** Undefined where neither a price nor the config says it. */
function currencyOf(config: PlatformConfig, nodes: readonly Node[]): string | undefined {
  const [written] = writtenPrices(config);
  return config.cost?.currency ?? written?.currency ?? nodes.flatMap(({ price }) => price?.currency ?? [])[0];
}

function writtenPrices(config: PlatformConfig): WrittenPrice[] {
  const priced = (prefix: ConfigPath, price: { readonly currency: string } | undefined) =>
    price === undefined ? [] : [{ path: [...prefix, 'currency'], currency: price.currency }];
  return [
    ...sortedEntries(config.nodes).flatMap(([name, { price }]) => priced(['nodes', name, 'price'], price)),
    ...sortedEntries(config.cost?.also).flatMap(([name, price]) => priced(['cost', 'also', name], price)),
  ];
}

function diagnoseRates(rates: Cost['rates'], own: string | undefined): Diagnostic[] {
  return rates.flatMap(({ currency, date }) => {
    const path = ['cost', 'rates', currency];
    return [
      ...(currency === own
        ? [report('resolve/rate-of-own-currency', path, { currency }, { at: 'key' })]
        : []),
      ...(isDay(date) ? [] : [report('resolve/date-unreal', [...path, 'date'], { date })]),
    ];
  });
}

/** Whether a calendar has such a day. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Prices that cannot be added, and prices that are there to be compared with the clouds' and cannot be. */
function diagnosePrices(config: PlatformConfig, cost: Cost): Diagnostic[] {
  const written = writtenPrices(config);
  const { currency: own } = cost;
  const lacks = (currency: string) => converted({ amount: 1, currency }, cost) === undefined;
  const unadded = written
    .filter(({ currency }) => lacks(currency))
    .map(({ path, currency }) => report('resolve/currency-without-rate', path, { currency, own }));
  const [first] = written;
  const [{ currency: theirs } = { currency: 'USD' }] = clouds;
  const isCompared = Object.values(config.functions).some(({ traffic }) => traffic !== undefined);
  if (unadded.length > 0 || first === undefined || !isCompared || !lacks(theirs)) return unadded;
  return [report('resolve/clouds-without-rate', first.path, { theirs, own })];
}

import { ceilingsOf } from '../load/ceilings.ts';
import type { Platform } from '../platform.ts';
import { type Bill, billOf, obstacleOf, type Work } from './bill.ts';
import { breakEven } from './break-even.ts';
import type { Cloud } from './cloud.ts';
import { clouds } from './cloud-prices.ts';
import { converted } from './cost.ts';
import { type FlatPrice, flatPriceOf } from './flat.ts';

/** What a cloud bills for the declared traffic, beside the platform's flat price. */
export interface CloudCost {
  readonly cloud: Cloud;
  /** In the cloud's currency. Undefined if a function cannot run there. */
  readonly bill: Bill | undefined;
  /** The total in the comparison's currency. Undefined without a bill or a rate. */
  readonly amount: number | undefined;
  /** Calls a month from which the cloud costs as much as the platform. Undefined where that cannot be compared. */
  readonly breakEven: number | undefined;
  /** The functions that cannot run there, and why. */
  readonly obstacles: readonly NonNullable<ReturnType<typeof obstacleOf>>[];
}

/** Costs by calls a month, for a chart. */
export interface CostPoint {
  readonly calls: number;
  /** Of the clouds, in their order; undefined as in `CloudCost.amount`. */
  readonly amounts: readonly (number | undefined)[];
}

/** A platform's costs beside the clouds'. */
export interface Comparison {
  readonly platform: string;
  readonly currency: string;
  readonly rates: Platform['cost']['rates'];
  readonly flat: FlatPrice;
  /** The functions with traffic. */
  readonly work: readonly Work[];
  /** Functions whose traffic is not declared. */
  readonly silent: readonly string[];
  /** Of all of them together, a month. */
  readonly calls: number;
  readonly clouds: readonly CloudCost[];
  /** Calls a month that the nodes carry at most, with the same peaks and average calls. Undefined where that is not known. */
  readonly carried: number | undefined;
  readonly series: readonly CostPoint[];
}

/** Calls a month at the ends of the chart. */
const chartRange = { from: 100_000, to: 200_000_000 } as const;

/** Points of the chart for each factor of ten. */
const density = 10;

/** Compares what a platform costs with what public clouds bill for its traffic. */
export function compareCosts(platform: Platform): Comparison {
  const { cost, functions } = platform;
  const work = functions.flatMap(({ name, traffic }) => (traffic === undefined ? [] : [{ name, traffic }]));
  const calls = work.reduce((total, { traffic }) => total + traffic.calls, 0);
  const flat = flatPriceOf(platform);
  const inCurrency = (cloud: Cloud, amount: number) => converted({ amount, currency: cloud.currency }, cost);
  const amountAt = (cloud: Cloud, times: number) => inCurrency(cloud, billOf(cloud, work, times).total);
  const compared = clouds.map((cloud): CloudCost => {
    const obstacles = work.flatMap((each) => obstacleOf(cloud, each) ?? []);
    const bill = work.length === 0 || obstacles.length > 0 ? undefined : billOf(cloud, work);
    return {
      cloud,
      bill,
      amount: bill && inCurrency(cloud, bill.total),
      breakEven:
        bill === undefined || flat.total === undefined || amountAt(cloud, 1) === undefined
          ? undefined
          : breakEven(flat.total, (total) => amountAt(cloud, total / calls) ?? 0),
      obstacles,
    };
  });
  return {
    platform: platform.name,
    currency: cost.currency,
    rates: cost.rates,
    flat,
    work,
    silent: functions.filter(({ traffic }) => traffic === undefined).map(({ name }) => name),
    calls,
    clouds: compared,
    carried: carriedCalls(platform, calls),
    series: (work.length === 0 ? [] : chartCalls()).map((total) => ({
      calls: total,
      amounts: compared.map(({ cloud, bill }) => bill && amountAt(cloud, total / calls)),
    })),
  };
}

function chartCalls(): number[] {
  const { from, to } = chartRange;
  const steps = Math.floor(Math.log10(to / from) * density);
  const grid = Array.from({ length: steps + 1 }, (_, step) => Math.round(from * 10 ** (step / density)));
  return [...grid, to];
}

/** Limits of clients are not the nodes'. What is not known for certain, such as the processor time of calls, limits nothing here. */
function carriedCalls(platform: Platform, calls: number): number | undefined {
  const [first] = ceilingsOf(platform).filter(({ known, kind }) => known && !kind.startsWith('client-'));
  return first && Math.floor(calls * first.times);
}

import type { Traffic } from '../functions/traffic.ts';
import type { Cloud, Meter } from './cloud.ts';

/** A function, and the calls that it gets. */
export interface Work {
  readonly name: string;
  readonly traffic: Traffic;
}

/** One line of a bill. */
export interface BillLine {
  readonly what: 'subscription' | 'calls' | 'gateway' | 'memory' | 'processors' | 'cpuTime' | 'egress';
  /** Of the month, in the meter's unit, before what is free. */
  readonly amount: number;
  readonly cost: number;
}

/** What a cloud bills for a month, in its own currency. */
export interface Bill {
  readonly lines: readonly BillLine[];
  readonly total: number;
}

const mib = 1024 ** 2;
const gib = 1024 ** 3;

/**
 * The bill for a month of this work. All functions are in one account, so what is free is free once.
 *
 * @param times every function gets this many times its calls
 */
export function billOf(cloud: Cloud, work: readonly Work[], times = 1): Bill {
  const sum = (of: (traffic: Traffic) => number) =>
    work.reduce((total, { traffic }) => total + traffic.calls * times * of(traffic), 0);
  const line = (what: BillLine['what'], meter: Meter | undefined, of: (traffic: Traffic) => number) => {
    if (meter === undefined) return [];
    const amount = sum(of);
    return [{ what, amount, cost: charge(meter, amount) }];
  };
  const { gateway, memory, processors } = cloud;
  const lines: BillLine[] = [
    ...(cloud.subscription
      ? [{ what: 'subscription' as const, amount: 1, cost: cloud.subscription.price }]
      : []),
    ...line('calls', cloud.calls, () => 1),
    ...line('gateway', gateway, ({ request = 0 }) => Math.max(1, Math.ceil(request / (gateway?.bytes ?? 1)))),
    ...line('memory', memory, (traffic) => seconds(cloud, traffic) * gibibytes(cloud, traffic)),
    ...line('processors', processors, (traffic) => seconds(cloud, traffic) * processorsOf(cloud, traffic)),
    ...line('cpuTime', cloud.cpuTime, ({ cpuTime, duration }) => (cpuTime ?? duration) / 1000),
    ...line('egress', cloud.egress, ({ response = 0 }) => response / gib),
  ];
  return { lines, total: lines.reduce((total, { cost }) => total + cost, 0) };
}

/** The price of an amount: what is free first, the rest in the tiers that it falls in. */
export function charge({ free, tiers }: Meter, amount: number): number {
  return tiers.reduce((total, { from, price }, index) => {
    const start = Math.max(from, free);
    const end = Math.min(amount, tiers[index + 1]?.from ?? Number.POSITIVE_INFINITY);
    return total + Math.max(0, end - start) * price;
  }, 0);
}

/** Why a function cannot run there as it is. Undefined if it can. */
export function obstacleOf(
  { sizes, duration }: Cloud,
  { name, traffic }: Work,
): { readonly name: string; readonly needs: 'memory' | 'duration'; readonly most: number } | undefined {
  if (traffic.memory > sizes.most * mib) return { name, needs: 'memory', most: sizes.most * mib };
  const { longest } = duration;
  const needed = traffic.p99 ?? traffic.duration;
  return longest !== undefined && needed > longest ? { name, needs: 'duration', most: longest } : undefined;
}

/** Seconds of a call that are billed. */
function seconds({ duration: { step, least } }: Cloud, { duration }: Traffic): number {
  return Math.max(least, Math.ceil(duration / step) * step) / 1000;
}

/** GiB of a call that are billed. */
function gibibytes({ memory, sizes: { step, least } }: Cloud, traffic: Traffic): number {
  const bytes = memory?.counts === 'used' ? traffic.memoryUsed : traffic.memory;
  return Math.max(least, Math.ceil(bytes / mib / step) * step) / 1024;
}

function processorsOf({ processors }: Cloud, { memory }: Traffic): number {
  const steps = processors?.byMemory ?? [];
  return (steps.find(({ upTo }) => memory <= upTo * mib) ?? steps.at(-1))?.processors ?? 0;
}

import type { Platform } from '../platform.ts';
import { type ArticleRow, articleTable } from './article-table.ts';
import { type Ceiling, ceilingsOf } from './ceilings.ts';
import { type ClientLimits, clientLimitsOf } from './client-limits.ts';
import { demandsOf } from './demand.ts';

/** What the peak of one function asks for, for reports. */
export interface FunctionLoad {
  readonly name: string;
  /** A month. */
  readonly calls: number;
  /** Calls a second. */
  readonly peak: number;
  readonly peakKnown: boolean;
  /** Milliseconds. */
  readonly duration: number;
  /** Calls under way at the peak. */
  readonly underWay: number;
  /** Busy processors at the peak. */
  readonly processors: number;
  readonly processorsKnown: boolean;
  readonly copies: {
    readonly min: number;
    readonly max: number;
    /** That the nodes have room for. */
    readonly room: number;
    /** Calls that each takes at a time; undefined: any number. */
    readonly concurrency: number | undefined;
  };
  /** Clients that nginx's limits need for such a peak; undefined if nginx does not limit them, or not all of them. */
  readonly clientsNeeded: number | undefined;
}

/** What a platform carries. */
export interface CapacityReport {
  readonly platform: string;
  readonly functions: readonly FunctionLoad[];
  /** Functions whose traffic is not declared. */
  readonly silent: readonly string[];
  /** The one that is reached first at the beginning. */
  readonly ceilings: readonly Ceiling[];
  /** Calls a second of all functions together at the declared peaks. */
  readonly peak: number;
  readonly table: readonly ArticleRow[];
}

/** Computes what a platform carries, from its declared traffic. */
export function capacityOf(platform: Platform): CapacityReport {
  const { functions } = platform;
  const demands = demandsOf(platform);
  return {
    platform: platform.name,
    functions: demands.map(({ fn, traffic, underWay, processors, processorsKnown, copies }) => ({
      name: fn.name,
      calls: traffic.calls,
      peak: traffic.peak,
      peakKnown: traffic.peakKnown,
      duration: traffic.duration,
      underWay,
      processors,
      processorsKnown,
      copies: { min: fn.replicas.min, max: fn.replicas.max, room: copies, concurrency: fn.concurrency },
      clientsNeeded: clientsFor(traffic.peak, underWay, clientLimitsOf(platform, fn)),
    })),
    silent: functions.filter(({ traffic }) => traffic === undefined).map(({ name }) => name),
    ceilings: ceilingsOf(platform),
    peak: demands.reduce((total, { traffic }) => total + traffic.peak, 0),
    table: articleTable(platform),
  };
}

function clientsFor(peak: number, underWay: number, limits: ClientLimits | undefined): number | undefined {
  return limits && Math.ceil(Math.max(peak / limits.rate, underWay / limits.connections));
}

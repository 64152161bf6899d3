import { flatPriceOf } from '../cost/flat.ts';
import type { Platform } from '../platform.ts';

/** One row of the table by which functions of public clouds and of one's own are often compared, for this platform. */
export interface ArticleRow {
  readonly metric: 'cold start' | 'cost' | 'execution limit' | 'disk';
  readonly value: string;
  /** How the value is known. */
  readonly how: 'computed' | 'not measured' | 'not declared';
  /** The keys that it is computed from, or where a measurement would be. */
  readonly from: string;
}

/** The table of a platform. Nothing in it is assumed: a cell is computed from the config, or it says what is missing. */
export function articleTable(platform: Platform): ArticleRow[] {
  return [coldStart(platform), cost(platform), executionLimit(platform), disk(platform)];
}

function coldStart({ functions }: Platform): ArticleRow {
  const cold = functions.filter(({ replicas }) => replicas.min === 0).map(({ name }) => name);
  if (cold.length === 0) {
    return {
      metric: 'cold start',
      value: 'none: each function always has a copy that runs',
      how: 'computed',
      from: 'replicas.min',
    };
  }
  return {
    metric: 'cold start',
    value: `of ${cold.join(', ')}: the time in which their image starts`,
    how: 'not measured',
    from: 'replicas.min is 0',
  };
}

function cost(platform: Platform): ArticleRow {
  const { total, parts } = flatPriceOf(platform);
  const { currency } = platform.cost;
  const unknown = parts.filter(({ amount }) => amount === undefined).map(({ name }) => name);
  return total === undefined
    ? { metric: 'cost', value: `price of ${unknown.join(', ')}`, how: 'not declared', from: 'nodes.*.price' }
    : {
        metric: 'cost',
        value: `${total.toFixed(2)} ${currency} a month, whatever is called`,
        how: 'computed',
        from: 'nodes.*.price, cost.also',
      };
}

function executionLimit({ functions, timeouts }: Platform): ArticleRow {
  const longest = functions.find(({ timeout }) => timeout === timeouts.exec);
  const stop = spoken(timeouts.stop);
  return {
    metric: 'execution limit',
    value: `${spoken(timeouts.exec)} (${longest?.name}), as you set it; what stops waits ${stop} at most`,
    how: 'computed',
    from: 'functions.*.timeout, openfaas.stopWithin',
  };
}

function disk({ functions, nodes }: Platform): ArticleRow {
  const sizes = [...new Set(functions.map(({ disk: size }) => size))];
  const volumes = nodes.filter(({ dataDisk }) => dataDisk !== undefined).map(({ name }) => name);
  const where = volumes.length === 0 ? "the node's own disk" : `the data disk of ${volumes.join(', ')}`;
  return {
    metric: 'disk',
    value: `${sizes.join(' or ')} a copy on ${where}; its speed is not in the config`,
    how: 'not measured',
    from: '/var/lib/fjord/fsync on each node has its speed',
  };
}

function spoken(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

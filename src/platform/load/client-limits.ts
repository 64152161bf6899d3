import { parseRate } from '../../units/amounts.ts';
import type { PlatformFunction } from '../functions/function.ts';
import type { Platform } from '../platform.ts';

/** What nginx allows one client of a function. */
export interface ClientLimits {
  /** Calls a second. */
  readonly rate: number;
  /** Calls at a time. */
  readonly connections: number;
}

/**
 * The limits of one client. Each nginx counts by itself, so with several of them a client may have the limits several times.
 * Undefined for a function that is not called through nginx, and where some clients are exempt, because these may be its own.
 */
export function clientLimitsOf(
  { nodes, gateway }: Pick<Platform, 'nodes' | 'gateway'>,
  { exposed, http }: PlatformFunction,
): ClientLimits | undefined {
  if (!exposed || gateway.exempt.networks.length > 0) return undefined;
  const counters = nodes.filter(({ nginx }) => nginx).length;
  const { rate } = http.rateLimit ?? gateway.rateLimit;
  return { rate: counters * parseRate(rate), connections: counters * gateway.connectionLimit };
}

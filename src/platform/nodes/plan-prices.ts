import type { NodeConfig } from '../../config/nodes/node.ts';
import { type Money, withoutVat } from '../cost/money.ts';
import { planOf } from './plans.ts';

/** A node's price, and where it is from. */
export interface NodePrice extends Money {
  /** Undefined: the config has it. Else the list that it is from, with its day. */
  readonly list: string | undefined;
}

/**
 * Hetzner's list prices in Germany and Finland, in EUR a month without VAT, for a server that is ordered now: one from
 * before 15 June 2026 keeps its lower price. Each is confirmed by two of these: an answer of its API, GET /v1/server_types, kept in
 * github.com/pierre-lebret/cloud-desktop-manager on 2026-09-29; a table in a public repository of 2026-09-08; the list of
 * github.com/moveinfra/eu-cloud-prices of 2026-10-28. The other plans, and other providers, could not be confirmed twice.
 */
export const hetznerPrices: Readonly<Record<string, number>> = {
  cx23: 5.49,
  cx33: 8.49,
  cax11: 5.99,
  cax21: 10.49,
  cpx22: 19.49,
  ccx13: 42.99,
  ccx23: 85.99,
  ccx33: 138.49,
};

/** A public IPv4 address, which every server has unless it was ordered without one. EUR a month, from the same answer. */
const hetznerAddress = 0.5;

const hetznerCountries: readonly (string | undefined)[] = [undefined, 'DE', 'FI'];

/** What a node costs: what the config says, or the list price of its plan. Undefined where neither is known. */
export function resolveNodePrice(node: NodeConfig): NodePrice | undefined {
  if (node.price !== undefined) return { ...withoutVat(node.price), list: undefined };
  const listed = hetznerPrices[node.plan?.toLowerCase() ?? ''];
  const isListed = node.provider === 'hetzner' && hetznerCountries.includes(node.country);
  if (listed === undefined || !isListed || planOf(node) === undefined) return undefined;
  const list = "Hetzner's list of 2026-09-29, with an IPv4 address";
  return { amount: listed + hetznerAddress, currency: 'EUR', list };
}

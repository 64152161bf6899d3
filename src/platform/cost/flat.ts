import type { Platform } from '../platform.ts';
import { converted } from './cost.ts';
import type { Money } from './money.ts';

/** One part of what a platform costs each month, whatever it does. */
export interface FlatPart {
  /** A node's name, or what the config calls an expense. */
  readonly name: string;
  readonly what: 'node' | 'expense';
  /** Undefined where it is not known. */
  readonly price: Money | undefined;
  /** In the comparison's currency. Undefined where the price, or the rate, is not known. */
  readonly amount: number | undefined;
  /** The list that the price is from; undefined: the config. */
  readonly list: string | undefined;
}

/** What a platform costs each month, whatever it does. */
export interface FlatPrice {
  readonly parts: readonly FlatPart[];
  /** Undefined where a part is not known. */
  readonly total: number | undefined;
}

export function flatPriceOf({ nodes, cost }: Pick<Platform, 'nodes' | 'cost'>): FlatPrice {
  const parts: FlatPart[] = [
    ...nodes.map(({ name, price }) => ({
      name,
      what: 'node' as const,
      price: price && { amount: price.amount, currency: price.currency },
      amount: price && converted(price, cost),
      list: price?.list,
    })),
    ...cost.also.map(({ name, amount, currency }) => ({
      name,
      what: 'expense' as const,
      price: { amount, currency },
      amount: converted({ amount, currency }, cost),
      list: undefined,
    })),
  ];
  const total = parts.reduce<number | undefined>(
    (sum, { amount }) => (sum === undefined || amount === undefined ? undefined : sum + amount),
    0,
  );
  return { parts, total };
}

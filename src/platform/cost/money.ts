import type { MoneyConfig } from '../../config/cost/money.ts';

/** A month's price without VAT. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** A price without the VAT that it includes. */
export function withoutVat({ amount, currency, vatIncluded = 0 }: MoneyConfig): Money {
  return { amount: amount / (1 + vatIncluded / 100), currency };
}

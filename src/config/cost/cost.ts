import type { CurrencyCode, MoneyConfig } from './money.ts';

/** What `fjord cost` compares, beside `price` of the nodes and `traffic` of the functions. Nothing in `dist/` follows from it. */
export interface CostConfig {
  /**
   * The currency of the comparison.
   *
   * @default the currency of the nodes' prices; "USD", the clouds' own, if no price is known
   */
  currency?: CurrencyCode;

  /**
   * What one unit of another currency costs in `currency`, by that currency. Prices in different currencies are only
   * added and compared with such a rate. Fjord has no rates of its own: they would be out of date.
   *
   * @examples [{ "USD": { "rate": 0.9, "date": "2026-10-28" } }]
   */
  rates?: Record<CurrencyCode, ExchangeRateConfig>;

  /**
   * What the platform costs each month beside its machines, by a name of yours: a licence, storage for backups, hours of
   * work. Added to its flat price.
   *
   * @examples [{ "OpenFaaS licence": { "amount": 100, "currency": "USD" } }]
   */
  also?: Record<ExpenseName, MoneyConfig>;
}

/**
 * What you call an expense.
 *
 * @title name of an expense
 * @pattern ^[A-Za-z0-9À-ÖØ-öø-ÿ][A-Za-z0-9À-ÖØ-öø-ÿ .,&+()/'-]{0,39}$
 * @examples ["OpenFaaS licence"]
 */
export type ExpenseName = string;

/** An exchange rate and its day. */
export interface ExchangeRateConfig {
  /**
   * Units of `cost.currency` for one unit of the other currency.
   *
   * @minimum 0.000001
   * @maximum 1000000000
   * @examples [0.9]
   */
  rate: number;

  /** The day of the rate. The report prints it. */
  date: IsoDate;
}

/**
 * A day as ISO 8601 writes it.
 *
 * @title date
 * @pattern ^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$
 * @examples ["2026-10-28"]
 */
export type IsoDate = string;

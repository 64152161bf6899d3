/**
 * A currency by its ISO 4217 code of three capital letters.
 *
 * @title currency code
 * @pattern ^[A-Z]{3}$
 * @examples ["NOK", "EUR", "USD"]
 */
export type CurrencyCode = string;

/** The price of a month. */
export interface MoneyConfig {
  /**
   * What the bill says for a month. 0 for what you already own.
   *
   * @minimum 0
   * @maximum 1000000000
   * @examples [49.9]
   */
  amount: number;

  /** The currency of `amount`. */
  currency: CurrencyCode;

  /**
   * Percent of value added tax that `amount` includes, such as 25 in Norway. It is taken out again, because the clouds'
   * list prices are without VAT.
   *
   * @default 0
   * @minimum 0
   * @maximum 100
   */
  vatIncluded?: number;
}

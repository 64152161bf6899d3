/** More calls a month than are looked at: 38,000 every second. */
export const mostCalls = 100_000_000_000;

/**
 * The fewest calls a month for which a bill reaches a price. A bill never falls while calls grow. `Infinity` if it does
 * not reach it within `mostCalls`.
 *
 * @param billFor the bill for so many calls a month
 */
export function breakEven(price: number, billFor: (calls: number) => number): number {
  if (billFor(mostCalls) < price) return Number.POSITIVE_INFINITY;
  let [below, enough] = [-1, mostCalls];
  while (enough - below > 1) {
    const middle = Math.floor((below + enough) / 2);
    if (billFor(middle) >= price) enough = middle;
    else below = middle;
  }
  return enough;
}

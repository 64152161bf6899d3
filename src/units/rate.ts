/** Requests per second of a checked `Rate`: `'30r/m'` is 0.5. */
export function parseRate(text: string): number {
  const [, amount, unit] = /^(\d+)r\/([sm])$/.exec(text) ?? [];
  const perSecond = Number(amount) / (unit === 'm' ? 60 : 1);
  if (Number.isNaN(perSecond)) throw new Error(`not a checked rate: ${text}`);
  return perSecond;
}

const millisecondsPer: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a checked `Duration`: `'1h30m'` is 5,400,000. */
export function parseDuration(text: string): number {
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h)/g)) {
    total += Number(amount) * (millisecondsPer[unit ?? ''] ?? Number.NaN);
  }
  if (text === '' || Number.isNaN(total)) throw new Error(`not a checked duration: ${text}`);
  return total;
}

/**
 * A duration in whole seconds where it has no rest, else in milliseconds: `'65s'`, `'1500ms'`. Go's
 * `time.ParseDuration`, nginx and Prometheus all read it.
 */
export function formatDuration(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

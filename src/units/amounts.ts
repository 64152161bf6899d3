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
 * Formats a duration in seconds if it is a whole number of them, else in milliseconds: `'65s'`, `'1500ms'`. Go's
 * `time.ParseDuration`, nginx and Prometheus all read this.
 */
export function formatDuration(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

const bytesPerQuantity: Readonly<Record<string, number>> = { Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 };

/** Bytes of a checked `MemoryQuantity`: `'64Mi'` is 67,108,864. */
export function parseMemory(text: string): number {
  const bytes = Number(text.slice(0, -2)) * (bytesPerQuantity[text.slice(-2)] ?? Number.NaN);
  if (!Number.isInteger(bytes)) throw new Error(`not a checked amount of memory: ${text}`);
  return bytes;
}

/** Thousandths of a core of a checked `CpuQuantity`: `'0.5'` and `'500m'` are 500. */
export function parseCpu(text: string): number {
  const millicores = text.endsWith('m') ? Number(text.slice(0, -1)) : Math.round(Number(text) * 1000);
  if (!Number.isInteger(millicores)) throw new Error(`not a checked amount of cpu: ${text}`);
  return millicores;
}

/** Requests per second of a checked `Rate`: `'30r/m'` is 0.5. */
export function parseRate(text: string): number {
  const [, amount, unit] = /^(\d+)r\/([sm])$/.exec(text) ?? [];
  const perSecond = Number(amount) / (unit === 'm' ? 60 : 1);
  if (Number.isNaN(perSecond)) throw new Error(`not a checked rate: ${text}`);
  return perSecond;
}

const bytesPerSize: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes of a checked `Size` in nginx's units: `'50M'` is 52,428,800. */
export function parseSize(text: string): number {
  const bytes = Number(text.slice(0, -1)) * (bytesPerSize[text.slice(-1).toLowerCase()] ?? Number.NaN);
  if (!Number.isInteger(bytes)) throw new Error(`not a checked size: ${text}`);
  return bytes;
}

/** Formats bytes in the largest of nginx's units that gives a whole number: `'50m'`, `'1032k'`, `'513'`. */
export function formatSize(bytes: number): string {
  for (const unit of ['g', 'm', 'k']) {
    const per = bytesPerSize[unit] ?? 1;
    if (bytes >= per && bytes % per === 0) return `${bytes / per}${unit}`;
  }
  return String(bytes);
}

/** More than any machine has, in cores and bytes, so a larger amount must be a mistake. */
export const largestAmounts = { cpu: 512, memory: 2 ** 44, disk: 2 ** 50 };

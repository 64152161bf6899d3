const bytesPer: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes of a checked `Size` in nginx's units: `'50M'` is 52,428,800. */
export function parseSize(text: string): number {
  const bytes = Number(text.slice(0, -1)) * (bytesPer[text.slice(-1).toLowerCase()] ?? Number.NaN);
  if (!Number.isInteger(bytes)) throw new Error(`not a checked size: ${text}`);
  return bytes;
}

/** Bytes in the largest of nginx's units that leaves no rest: `'50m'`, `'1032k'`, `'513'`. */
export function formatSize(bytes: number): string {
  for (const unit of ['g', 'm', 'k']) {
    const per = bytesPer[unit] ?? 1;
    if (bytes >= per && bytes % per === 0) return `${bytes / per}${unit}`;
  }
  return String(bytes);
}

const bytesPer: Readonly<Record<string, number>> = { Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 };

/** Bytes of a checked `MemoryQuantity`: `'64Mi'` is 67,108,864. */
export function parseMemory(text: string): number {
  const bytes = Number(text.slice(0, -2)) * (bytesPer[text.slice(-2)] ?? Number.NaN);
  if (!Number.isInteger(bytes)) throw new Error(`not a checked amount of memory: ${text}`);
  return bytes;
}

/** Thousandths of a core of a checked `CpuQuantity`: `'0.5'` and `'500m'` are 500. */
export function parseCpu(text: string): number {
  const millicores = text.endsWith('m') ? Number(text.slice(0, -1)) : Math.round(Number(text) * 1000);
  if (!Number.isInteger(millicores)) throw new Error(`not a checked amount of cpu: ${text}`);
  return millicores;
}

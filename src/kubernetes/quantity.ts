import type { Quantity } from './object.ts';

const scales: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a quantity of valid syntax stands for: `'500m'` is 0.5, `'1Ki'` is 1024, `'1e3'` is 1000. */
export function quantityValue(quantity: Quantity): number {
  const [, digits = '', suffix = ''] = /^(.*?)([KMGTPE]i|[numkMGTPE]|)$/.exec(String(quantity)) ?? [];
  return Number(digits) * (scales[suffix] ?? 1);
}

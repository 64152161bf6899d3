import { expect, it } from 'vitest';
import { quantityValue } from '../../src/kubernetes/quantity.ts';

it.each([
  [1, 1],
  [0.5, 0.5],
  ['500m', 0.5],
  ['1e3', 1000],
  ['1E3', 1000],
  ['1E', 1e18],
  ['2Ei', 2 * 2 ** 60],
  ['1k', 1000],
  ['1Ki', 1024],
  ['128Mi', 128 * 2 ** 20],
  ['.5Gi', 2 ** 29],
  ['-1', -1],
  ['250u', 0.00025],
])('%j is %d', (quantity, value) => {
  expect(quantityValue(quantity)).toBeCloseTo(value, 12);
});

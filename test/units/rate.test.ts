import { expect, it } from 'vitest';
import { parseRate } from '../../src/units/amounts.ts';

it('reads calls per second and per minute', () => {
  expect(parseRate('5r/s')).toBe(5);
  expect(parseRate('30r/m')).toBe(0.5);
});

it('throws for a text that was not checked', () =>
  expect(() => parseRate('5')).toThrow('not a checked rate'));

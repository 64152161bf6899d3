import { describe, expect, it } from 'vitest';
import { check } from '../../../src/config/check/check.ts';
import { smallest } from '../../cases/smallest.ts';

const fn = { image: 'ghcr.io/acme/pay:1' };

function collisions(config: unknown): string[] {
  return check(config)
    .filter(({ code }) => code === 'check/names-collide')
    .map(({ path }) => path.join('.'));
}

describe('names that collide in Kubernetes', () => {
  it.each([
    ['Pay', 'pay'],
    ['resize_image', 'resize-image'],
    ['pay', 'PAY'],
  ])('%s and %s', (one, other) => {
    expect(collisions({ ...smallest, functions: { [one]: fn, [other]: fn } })).toEqual([
      `functions.${other}`,
    ]);
  });

  it('are found among nodes too', () => {
    expect(collisions({ ...smallest, nodes: { 'node-1': {}, Node_1: {} } })).toEqual(['nodes.Node_1']);
  });

  it('are not seen where there are none', () => {
    expect(collisions({ ...smallest, functions: { pay: fn, payment: fn } })).toEqual([]);
  });

  it('are no reason to fail on what is no record', () => {
    expect(collisions({ ...smallest, functions: 3, nodes: null })).toEqual([]);
    expect(collisions({})).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  formatDuration,
  formatSize,
  parseCpu,
  parseDuration,
  parseMemory,
  parseSize,
} from '../../src/units/amounts.ts';
import { addressAt, checkedNetwork, networksMeet, offsetIn } from '../../src/units/network.ts';

describe('durations', () => {
  it.each([
    ['30s', 30_000],
    ['1h30m', 5_400_000],
    ['1m500ms', 60_500],
    ['0s', 0],
  ])('%s is %i ms', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  it.each([
    [65_000, '65s'],
    [1500, '1500ms'],
  ])('%i ms is written %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
});

describe('sizes', () => {
  it.each([
    ['50M', 52_428_800],
    ['16k', 16_384],
    ['1g', 1_073_741_824],
  ])('%s is %i bytes', (text, bytes) => expect(parseSize(text)).toBe(bytes));

  it.each([
    [52_428_800, '50m'],
    [1_056_768, '1032k'],
    [513, '513'],
  ])('%i bytes are written %s', (bytes, text) => expect(formatSize(bytes)).toBe(text));
});

describe('quantities', () => {
  it('of memory are bytes', () => expect(parseMemory('64Mi')).toBe(67_108_864));
  it.each([
    ['500m', 500],
    ['0.5', 500],
    ['2', 2000],
  ])('of cpu: %s is %i thousandths', (text, millicores) => expect(parseCpu(text)).toBe(millicores));
});

describe('ranges', () => {
  const services = checkedNetwork('10.43.0.0/16');

  it('have addresses by offset', () => expect(addressAt(services, 80)).toBe('10.43.0.80'));
  it('know the offset of an address', () => {
    expect(offsetIn(services, '10.43.1.0')).toBe(256);
    expect(offsetIn(services, '10.44.0.0')).toBeUndefined();
    expect(offsetIn(services, '10.42.255.255')).toBeUndefined();
  });
  it('ignore bits below the mask', () =>
    expect(addressAt(checkedNetwork('10.43.9.9/16'), 0)).toBe('10.43.0.0'));
  it('overlap or not', () => {
    expect(networksMeet(services, checkedNetwork('10.43.128.0/17'))).toBe(true);
    expect(networksMeet(services, checkedNetwork('10.42.0.0/16'))).toBe(false);
  });
});

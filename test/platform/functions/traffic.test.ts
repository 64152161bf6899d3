import { expect, it } from 'vitest';
import type { FunctionConfig } from '../../../src/config/functions/function.ts';
import type { TrafficConfig } from '../../../src/config/functions/traffic.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { functionWith } from '../edit.ts';

const traffic: TrafficConfig = { calls: 1000, duration: '100ms' };

it.each<[string, Partial<FunctionConfig>, string[]]>([
  ['has nothing wrong', { traffic }, []],
  [
    'takes no time',
    { traffic: { ...traffic, duration: '0s', cpuTime: '0ms' } },
    ['error resolve/traffic-takes-no-time duration', 'error resolve/traffic-takes-no-time cpuTime'],
  ],
  [
    'has a peak below its average',
    { traffic: { ...traffic, calls: 20_000_000, peak: '7r/s' } },
    ['error resolve/peak-under-mean peak'],
  ],
  ['has a peak at its average', { traffic: { ...traffic, calls: 2_628_000, peak: '1r/s' } }, []],
  [
    'has an average above its 99th percentile',
    { traffic: { ...traffic, p99: '99ms' } },
    ['warning resolve/p99-under-mean p99'],
  ],
  [
    'uses more memory than it is given',
    { traffic: { ...traffic, memoryUsed: '257Mi' } },
    ['error resolve/memory-used-over-memory memoryUsed'],
  ],
  [
    'is cut off, at times',
    { traffic: { ...traffic, p99: '31s' } },
    ['warning resolve/traffic-over-timeout p99'],
  ],
  [
    'is cut off, on average',
    { traffic: { ...traffic, duration: '31s' } },
    ['warning resolve/traffic-over-timeout duration'],
  ],
  ['is just not cut off', { traffic: { ...traffic, p99: '30s' } }, []],
  [
    'has a body that nginx refuses',
    { traffic: { ...traffic, request: '3k' }, maxBody: '2k' },
    ['warning resolve/traffic-over-body request'],
  ],
])('traffic that %s', (_, pay, expected) => {
  const found = resolve(functionWith(pay))[1].map(
    ({ severity, code, path }) => `${severity} ${code} ${path.slice(3).join('.')}`,
  );
  expect(found).toEqual(expected);
});

it("takes its memory from the function's limit", () => {
  const [platform] = resolve(functionWith({ traffic, memory: { limit: '512Mi' } }));
  expect(platform?.functions[0]?.traffic).toMatchObject({
    memory: 512 * 1024 ** 2,
    memoryUsed: 512 * 1024 ** 2,
  });
});

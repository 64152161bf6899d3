import { describe, expect, it } from 'vitest';
import type { FunctionConfig } from '../../../src/config/functions/function.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

const image = 'ghcr.io/acme/pay:1';

type Written = Omit<FunctionConfig, 'image'>;

function reported(functions: Readonly<Record<string, Written>>): string[] {
  const whole: PlatformConfig['functions'] = Object.fromEntries(
    Object.entries(functions).map(([name, written]) => [name, { image, ...written }]),
  );
  return resolve(platformWith({ functions: whole }))[1]
    .filter(({ code }) => code !== 'resolve/direct-gives-up')
    .map(({ code, path }) => `${code} ${path.join('.')}`);
}

describe('whether a function is open to the outside', () => {
  it.each<[string, Record<string, Written>, string[]]>([
    ['nobody else calls it: open', { pay: {} }, []],
    ['a schedule', { pay: { schedule: '@daily' } }, ['resolve/exposure-unsaid functions.pay']],
    ['calls', { pay: {}, shop: { calls: ['pay'] } }, ['resolve/exposure-unsaid functions.pay']],
    [
      'being asked',
      { pay: {}, shop: { http: { auth: { function: 'pay' } } } },
      ['resolve/exposure-unsaid functions.pay'],
    ],
    ['calls to itself', { pay: { calls: ['pay'] } }, []],
    ['a schedule, and said: closed', { pay: { schedule: '@daily', expose: false } }, []],
    ['a schedule, and said: open', { pay: { schedule: '@daily', expose: true } }, []],
    ['a schedule and a path', { pay: { schedule: '@daily', http: { paths: ['/pay'] } } }, []],
    ['a schedule and a queue for those outside', { pay: { schedule: '@daily', async: true } }, []],
    [
      'a schedule and an http that says nothing',
      { pay: { schedule: '@daily', async: false, http: {} } },
      ['resolve/exposure-unsaid functions.pay'],
    ],
    [
      'closed, and offered all the same',
      {
        pay: {
          schedule: '@daily',
          expose: false,
          async: true,
          maxBody: '2m',
          http: { paths: ['/pay'], networks: ['192.0.2.0/24'] },
        },
      },
      [
        'resolve/closed-and-offered functions.pay.http.paths',
        'resolve/closed-and-offered functions.pay.http.networks',
        'resolve/closed-and-offered functions.pay.async',
        'resolve/closed-and-offered functions.pay.maxBody',
      ],
    ],
    [
      'closed, and called by nobody',
      { pay: { expose: false } },
      ['resolve/nobody-calls functions.pay.expose'],
    ],
    [
      'closed, and for a connector',
      { pay: { expose: false, annotations: { topic: 'paid' } } },
      ['resolve/topic-needs-connector functions.pay.annotations.topic'],
    ],
  ])('%s', (_, functions, expected) => {
    expect(reported(functions).filter((one) => !/async-body|calls-forwarded/.test(one))).toEqual(expected);
  });
});

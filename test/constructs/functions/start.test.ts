import { expect, it } from 'vitest';
import type { FunctionConfig } from '../../../src/config/functions/function.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { functionWith, platformWith } from '../../platform/edit.ts';
import { emittedObjects, objectIn } from '../emitted-objects.ts';

const image = 'ghcr.io/acme/pay:1';

it('a function runs the words of its config, as they are written', () => {
  const objects = emittedObjects(
    functionWith({ command: ['/bin/serve', '$(HOME)'], args: ['a b', '', '$5', "it's", '$$(X)'] }),
  );
  const { spec } = objectIn(objects, 'Deployment', 'pay', 'openfaas-fn');
  // The kubelet makes $$ a $, and replaces nothing else here.
  expect(spec.template.spec.containers[0]).toMatchObject({
    command: ['/bin/serve', '$$(HOME)'],
    args: ['a b', '', '$5', "it's", '$$$$(X)'],
  });
});

it('and else those of its image', () => {
  const { spec } = objectIn(emittedObjects(functionWith({})), 'Deployment', 'pay', 'openfaas-fn');
  expect(Object.keys(spec.template.spec.containers[0] ?? {})).not.toContain('command');
  expect(Object.keys(spec.template.spec.containers[0] ?? {})).not.toContain('args');
});

it('several schedules are a CronJob each', () => {
  const schedule: FunctionConfig['schedule'] = [
    '@daily',
    { cron: '0 7 * * mon', timeZone: 'Europe/Oslo', async: true },
  ];
  const objects = emittedObjects(platformWith({ functions: { pay: { image, expose: false, schedule } } }));
  const first = objectIn(objects, 'CronJob', 'pay', 'openfaas').spec;
  const second = objectIn(objects, 'CronJob', 'pay-2', 'openfaas').spec;
  expect(first).toMatchObject({ schedule: '@daily', timeZone: 'Etc/UTC' });
  expect(second).toMatchObject({ schedule: '0 7 * * mon', timeZone: 'Europe/Oslo' });
  const address = 'http://gateway.openfaas.svc.cluster.local:8080';
  expect(first.jobTemplate.spec.template.spec.containers[0]?.args?.at(-1)).toBe(`${address}/function/pay`);
  expect(second.jobTemplate.spec.template.spec.containers[0]?.args?.at(-1)).toBe(
    `${address}/async-function/pay`,
  );
});

const closed = { image, expose: false } as const;

it.each<[string, Record<string, FunctionConfig>, string[]]>([
  [
    'a second schedule that nobody understands',
    {
      pay: { ...closed, schedule: ['@daily', '61 * * * *', { cron: '0 0 30 2 *', timeZone: 'Europe/Olso' }] },
    },
    [
      'cron-not-understood pay.schedule.1',
      'cron-not-understood pay.schedule.2.cron',
      'time-zone-unknown pay.schedule.2.timeZone',
    ],
  ],
  [
    'the name of another schedule',
    { pay: { ...closed, schedule: ['@daily', '@weekly'] }, 'pay-2': { ...closed, schedule: '@daily' } },
    ['schedule-name-taken pay.schedule.1'],
  ],
  [
    'the name of a function without one',
    { pay: { ...closed, schedule: ['@daily', '@weekly'] }, 'pay-2': { image } },
    [],
  ],
  [
    'a name that is too long for the number behind it',
    { ['a'.repeat(51)]: { ...closed, schedule: ['@daily', '@weekly'] } },
    [`name-too-long ${'a'.repeat(51)}`],
  ],
  ['words that no process can have', { pay: { image, args: ['a\0b'] } }, ['text-not-carried pay.args.0']],
  [
    'a password among the words',
    { pay: { image, command: ['/serve', 'postgres://pay:hunter2@db.example.no/pay'] } },
    ['secret-in-env pay.command.1'],
  ],
])('%s', (_, functions, expected) => {
  expect(
    resolve(platformWith({ functions }))[1]
      .filter(({ severity }) => severity === 'error')
      .map(({ code, path }) => `${code.replace('resolve/', '')} ${path.slice(1).join('.')}`),
  ).toEqual(expected);
});

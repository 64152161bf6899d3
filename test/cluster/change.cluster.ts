import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import reference from '../../platform.config.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { isRed } from '../../src/rehearse/result.ts';
import { rolloutBetween } from '../../src/rollout/rollout.ts';
import { preparedOf, Rehearsing } from './rehearsing.ts';

const { 'export-ledger': removed, ...kept } = reference.functions ?? {};
const webhook = kept['order-webhook'];
if (removed === undefined || webhook === undefined) throw new Error('the reference has other functions');

/** What a week of work changes: an image and its settings, a function more, one less, a kernel setting, a limit of nginx. */
const changed: PlatformConfig = {
  ...reference,
  kernel: { sysctl: { 'net.core.somaxconn': 8192 } },
  gateway: { ...reference.gateway, maxBody: '20M' },
  functions: {
    ...kept,
    'order-webhook': {
      ...webhook,
      image: 'ghcr.io/nordpay/order-webhook:1.5.0',
      env: { SHOP_CURRENCY: 'NOK', SHOP_LOCALE: 'nb-NO' },
    },
    'send-receipt': {
      image: 'ghcr.io/nordpay/send-receipt:1.0.0',
      timeout: '10s',
      secrets: ['mail-relay-password'],
    },
  },
};

const [old, to] = [preparedOf(reference), preparedOf(changed)];
const rollout = rolloutBetween(old.texts, to.texts);
if (rollout === 'unknown') throw new Error('the rollout is not known');
const change = { from: old, to, rollout };

describe('a change of the running reference platform', { timeout: 600_000 }, () => {
  let rehearsing: Rehearsing;
  beforeAll(() => {
    rehearsing = new Rehearsing();
  });
  afterAll(() => rehearsing.end());

  it('loses no call of functions that were there before and are there after it', async () => {
    const { steps, callers } = await rehearsing.run({ old, change, only: ['reboot'] });
    const [, changing, calls, reboot] = steps;
    console.log(
      `${changing?.losses.calls} calls during the change, ${changing?.losses.lost} lost; ${changing?.note}`,
    );
    expect(steps.filter(isRed)).toEqual([]);
    expect(changing).toMatchObject({ name: 'change', losesNoCall: true, losses: { lost: 0 } });
    expect(changing?.losses.calls).toBeGreaterThan(20);
    expect(calls).toMatchObject({ name: 'new-calls', title: 'send-receipt: new, or called in another way' });
    expect(reboot).toMatchObject({ name: 'reboot', notBack: [] });
    expect(callers.map((line) => line.replace(/ .*,/, ''))).toEqual(
      expect.arrayContaining(['export-ledger: until the change', 'send-receipt: after the change']),
    );
  });

  it('that never comes up is red, and still loses no call: the pods of the old version go on', async () => {
    const { steps } = await rehearsing.run({ old, change, only: [], imagesOf: [old] });
    const changing = steps.find(({ name }) => name === 'change');
    expect(changing).toMatchObject({ losses: { lost: 0 }, back: undefined });
    // How many copies it has depends on its calls.
    const notBack = changing?.notBack.join('\n');
    expect(notBack).toMatch(/^oslo-1: openfaas-fn\/Deployment\/order-webhook has 0 of \d pods ready$/m);
    expect(notBack).not.toMatch(/order-webhook does not answer/);
  });
});

import { describe, expect, it } from 'vitest';
import reference from '../../platform.config.ts';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { afterChange, workloadsGone } from '../../src/rehearse/after-change.ts';
import { callersAcross, callersOf } from '../../src/rehearse/caller.ts';
import { changeNeedsMore } from '../../src/rehearse/change-step.ts';
import { missingOn } from '../../src/rehearse/comes-back.ts';
import type { NodeState } from '../../src/rehearse/node-state.ts';
import { prepareValue } from '../../src/rehearse/prepare.ts';
import { rolloutBetween } from '../../src/rollout/rollout.ts';

const host = { memory: 64 * 2 ** 30, cpus: 16 };

function preparedOf(config: PlatformConfig) {
  const { platform } = compileConfig(config, 'platform.config.ts');
  if (platform === undefined) throw new Error('it does not compile');
  const preparation = prepareValue(config, platform, host, 'platform.config.ts');
  if (!('prepared' in preparation)) throw new Error(JSON.stringify(preparation));
  return preparation.prepared;
}

const { 'export-ledger': ledger, ...others } = reference.functions ?? {};
if (ledger === undefined) throw new Error('the reference has other functions');
const to = preparedOf({
  ...reference,
  kernel: { sysctl: { 'net.core.somaxconn': 8192 } },
  gateway: { ...reference.gateway, rateLimit: { rate: '2r/s', burst: 20 } },
  functions: { ...others, receipt: { image: 'ghcr.io/nordpay/receipt:1', timeout: '10s' } },
});
const from = preparedOf(reference);

describe('the callers across a change', () => {
  const addresses = new Map([['oslo-1', '10.20.0.11']]);
  const across = callersAcross(callersOf(from.platform, addresses), callersOf(to.platform, addresses));
  const names = (callers: readonly { name: string }[]) => callers.map(({ name }) => name).sort();

  it('call during it what both configs have, before it what the old one has, after it what the new one has', () => {
    expect([names(across.before), names(across.during), names(across.after)]).toEqual([
      ['export-ledger', 'order-webhook', 'verify-payment'],
      ['order-webhook', 'verify-payment'],
      ['order-webhook', 'receipt', 'verify-payment'],
    ]);
  });

  it('call as slowly as the stricter of two rate limits says, from the start', () => {
    expect(across.before.find(({ name }) => name === 'order-webhook')?.every).toBe(500);
  });

  it('have addresses of their own', () => {
    const all = new Set([...across.before, ...across.after]);
    expect(new Set([...all].map(({ source }) => source)).size).toBe(all.size);
  });

  it('that go on are the very same ones, so that they are not disturbed', () => {
    expect(
      across.during.every((caller) => across.before.includes(caller) && across.after.includes(caller)),
    ).toBe(true);
  });
});

describe('after a change', () => {
  const before: NodeState = {
    failedUnits: [],
    units: { 'nginx.service': 'active', 'old.timer': 'active' },
    table: 'table inet fjord { old }',
    sysctls: { 'net.core.somaxconn': '4096' },
    workloads: Object.fromEntries(
      ['order-webhook', 'verify-payment', 'export-ledger'].map((name) => [
        `openfaas-fn/Deployment/${name}`,
        { wanted: 1, ready: 1 },
      ]),
    ),
    secrets: ['openfaas-fn/acquirer-api-key'],
    journal: 0,
    nginxLogs: 0,
  };
  const ready = { wanted: 1, ready: 1 };
  const all = [
    'openfaas/Deployment/gateway',
    'openfaas/Deployment/prometheus',
    'openfaas/Deployment/alertmanager',
  ];
  const functions = ['order-webhook', 'verify-payment', 'receipt'];
  const now: NodeState = {
    ...before,
    units: { 'nginx.service': 'active', 'new.timer': 'active' },
    table: 'table inet fjord { new }',
    sysctls: Object.fromEntries(
      (to.platform.nodes[0]?.sysctls ?? []).flatMap(({ key, value }) =>
        value === undefined ? [] : [[key, value]],
      ),
    ),
    workloads: Object.fromEntries(
      [...all, ...functions.map((name) => `openfaas-fn/Deployment/${name}`)].map((name) => [name, ready]),
    ),
  };
  const missing = (state: NodeState) =>
    missingOn('oslo-1', afterChange('oslo-1', before, state, from, to), state, undefined);

  it('nothing is missing of what the new config says, and nothing is missed that it no longer has', () => {
    expect(missing(now)).toEqual([]);
    expect(workloadsGone(from, to)).toEqual(['openfaas-fn/Deployment/export-ledger']);
  });

  it.each([
    [{ sysctls: { ...now.sysctls, 'net.core.somaxconn': '4096' } }, 'net.core.somaxconn is 4096, not 8192'],
    [{ table: '' }, "the packet filter's table is gone"],
    [{ units: { ...now.units, 'new.timer': 'inactive' } }, 'new.timer is inactive'],
    [{ units: { ...now.units, 'nginx.service': 'failed' } }, 'nginx.service is failed'],
    [
      { workloads: { ...now.workloads, 'openfaas-fn/Deployment/receipt': { wanted: 1, ready: 0 } } },
      'openfaas-fn/Deployment/receipt has 0 of 1 pods ready',
    ],
    [{ secrets: ['a/b'] }, 'the Secret openfaas-fn/acquirer-api-key is gone'],
  ] satisfies [Partial<NodeState>, string][])('%j is told', (change, line) => {
    expect(missing({ ...now, ...change })).toEqual([`oslo-1: ${line}`]);
  });
});

it('a change that needs other machines is refused, with what synth says of it', () => {
  const make = { way: 'make', node: 'oslo-2', what: ['cloud-init/oslo-2.yaml'] } as const;
  expect(changeNeedsMore({ from, to, rollout: [make] })).toBe(
    'it needs more than apply.sh on running nodes (oslo-2: make: cloud-init/oslo-2.yaml); rehearse each config by itself',
  );
  const rollout = rolloutBetween(from.texts, to.texts);
  expect(rollout === 'unknown' || changeNeedsMore({ from, to, rollout })).toBeUndefined();
});

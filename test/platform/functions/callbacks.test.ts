import { expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { OpenFaasConfig } from '../../../src/config/openfaas/openfaas.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

const image = 'ghcr.io/acme/pay:1';
const hook = 'https://shop.example.no/hook';

function reported(callbacks: string[], openfaas: OpenFaasConfig = {}, settings = { async: true }): string[] {
  const functions = { pay: { image, callbacks, ...settings }, store: { image, expose: false } };
  return resolve(platformWith({ functions, openfaas: { licence: 'personal', ...openfaas } }))[1]
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, path }) => `${code.replace('resolve/', '')} ${path.slice(-2).join('.')}`);
}

// Nothing else calls `store`.
const uncalled = 'nobody-calls store.expose';

it.each<[string[], OpenFaasConfig, string[]]>([
  [['store'], {}, []],
  [[hook, 'store'], {}, []],
  [['stoer'], {}, ['callback-unknown callbacks.0', uncalled]],
  [['pay', 'store'], {}, []],
  [['store', hook, hook.toUpperCase().replace('HTTPS', 'https')], {}, ['callback-twice callbacks.2']],
  [['store', 'https://10.0.0.7/hook'], {}, ['callback-unreachable callbacks.1']],
  [['store', 'https://169.254.169.254/'], {}, ['callback-unreachable callbacks.1']],
  [['store', 'https://127.0.0.1/'], {}, ['callback-unreachable callbacks.1']],
  [['store', 'https://shop/hook'], {}, ['callback-unreachable callbacks.1']],
  [['store', 'https://kubernetes.default.svc/'], {}, ['callback-unreachable callbacks.1']],
  [['store', 'https://gateway.openfaas.svc.cluster.local/'], {}, ['callback-unreachable callbacks.1']],
  [['store', 'https://shop.example.no:99999/'], {}, ['callback-unreachable callbacks.1']],
  [['store', 'https://203.0.113.7/'], {}, []],
  [['store', 'https://192.168.7.7/'], { callbackNetworks: ['192.168.7.0/24'] }, []],
  [
    ['store', 'https://192.168.8.7/'],
    { callbackNetworks: ['192.168.7.0/24'] },
    ['callback-unreachable callbacks.1'],
  ],
  [
    ['store'],
    { callbackNetworks: ['192.168.7.0/24'] },
    ['callback-networks-unused openfaas.callbackNetworks'],
  ],
  [
    [hook, 'store'],
    { callbackNetworks: ['192.168.7.0/24'], install: 'helm' },
    ['callback-networks-unused openfaas.callbackNetworks'],
  ],
  ...['10.0.0.0/8', '0.0.0.0/0', '::/0', '10.43.0.0/24', '169.254.0.0/16', '10.42.1.0/24', '127.0.0.0/8'].map(
    (network): [string[], OpenFaasConfig, string[]] => [
      [hook, 'store'],
      { callbackNetworks: [network] },
      ['callback-network-inside callbackNetworks.0'],
    ],
  ),
  [[hook, 'store'], { callbackNetworks: ['192.0.2.1/24'] }, ['network-not-aligned callbackNetworks.0']],
])('callbacks %j with %j', (callbacks, openfaas, expected) => {
  expect(reported(callbacks, openfaas)).toEqual(expected);
});

it('need a queued function', () => {
  expect(reported([hook, 'store'], {}, { async: false })).toEqual(['callbacks-without-queue pay.callbacks']);
});

/** The rules by which the queue worker gets out, and the lock file's record of them. */
function egressOf(callbacks: string[], openfaas: OpenFaasConfig = {}): unknown {
  const functions = { pay: { image, async: true, callbacks }, store: { image, expose: true } };
  const { artifacts } = compileConfig(
    platformWith({ functions, openfaas: { licence: 'personal', ...openfaas } }),
    'platform.config.ts',
  );
  const text = (path: string) => artifacts.find((artifact) => artifact.path === path)?.text ?? '';
  const [policy = ''] =
    /name: queue-worker\n[\s\S]+?(?=\n---|$)/.exec(text('manifests/10-network-policies.yaml')) ?? [];
  const lock = JSON.parse(text('platform.lock.json')) as { intent: { callbackEgress?: unknown } };
  return {
    blocks: [...policy.matchAll(/cidr: "?([^"\n]+)/g)].map(([, cidr]) => cidr),
    ports: [...policy.matchAll(/port: (\d+)/g)].map(([, port]) => Number(port)).slice(4),
    lock: lock.intent.callbackEgress,
  };
}

it('open nothing for functions', () => {
  expect(egressOf(['store'])).toEqual({ blocks: [], ports: [], lock: undefined });
});

it('open the internet at their ports', () => {
  expect(egressOf([hook, 'https://b.example.no:8443/', 'https://c.example.no:443/'])).toEqual({
    blocks: ['0.0.0.0/0'],
    ports: [443, 8443],
    lock: { ports: [443, 8443] },
  });
});

it('open named networks alone', () => {
  expect(egressOf([hook], { callbackNetworks: ['192.168.7.0/24', '198.51.100.0/24'] })).toEqual({
    blocks: ['192.168.7.0/24', '198.51.100.0/24'],
    ports: [443],
    lock: { ports: [443], networks: ['192.168.7.0/24', '198.51.100.0/24'] },
  });
});

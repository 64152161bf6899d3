import { describe, expect, it } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { resolve } from '../../src/platform/resolve.ts';
import { functionWith, platformWith } from './edit.ts';

/** Code and path of everything that resolving a config reports. */
function reported(config: PlatformConfig): string[] {
  return resolve(config)[1].map(({ code, path }) => `${code} ${path.join('.')}`);
}

const node = { provider: 'coolvds', country: 'NO' } as const;

describe('resolving reports', () => {
  it('nothing for a right platform', () => expect(reported(platformWith({}))).toEqual([]));

  const cases: [string, PlatformConfig, string[]][] = [
    [
      'an unsaid licence',
      platformWith({ openfaas: {} }),
      ['resolve/community-licence openfaas.licence', 'resolve/community-egress openfaas.startCheck'],
    ],
    [
      'an address outside the Service range',
      platformWith({ openfaas: { licence: 'personal', address: '10.44.0.80' } }),
      ['resolve/address-outside-service-range openfaas.address'],
    ],
    [
      'the address of the DNS',
      platformWith({ openfaas: { licence: 'personal', address: '10.43.0.10' } }),
      ['resolve/address-taken openfaas.address'],
    ],
    [
      'the address of the API',
      platformWith({ openfaas: { licence: 'personal', address: '10.43.0.1' } }),
      ['resolve/address-taken openfaas.address'],
    ],
    [
      'an address that Kubernetes hands out',
      platformWith({ openfaas: { licence: 'personal', address: '10.43.1.1' } }),
      ['resolve/address-not-static openfaas.address'],
    ],
    [
      'too short an upstream timeout',
      platformWith({
        openfaas: { licence: 'personal', upstreamTimeout: '10s' },
        functions: { pay: { image: 'ghcr.io/acme/pay:1', timeout: '11s' } },
      }),
      ['resolve/timeout-chain openfaas.upstreamTimeout'],
    ],
    [
      'buffers that nginx refuses',
      platformWith({ gateway: { buffers: { count: 2, size: '16k', header: '32k' } } }),
      ['resolve/buffers-too-few gateway.buffers'],
    ],
    [
      'an unknown Kubernetes minor',
      platformWith({ k3s: { version: 'v1.20.0+k3s1' } }),
      ['resolve/k3s-minor-unknown k3s.version'],
    ],
    [
      'an old release',
      platformWith({ k3s: { version: 'v1.36.4+k3s1' } }),
      ['resolve/k3s-behind k3s.version'],
    ],
    [
      'a readable kubeconfig',
      platformWith({ k3s: { kubeconfigMode: '0644' } }),
      ['resolve/kubeconfig-readable k3s.kubeconfigMode'],
    ],
    [
      'overlapping ranges',
      platformWith({ k3s: { serviceCidr: '10.42.128.0/17' } }),
      ['resolve/ranges-overlap k3s.serviceCidr'],
    ],
    [
      'a port that is taken',
      platformWith({ nodes: { 'node-1': { sshPort: 443 } } }),
      ['resolve/port-taken nodes.node-1.sshPort'],
    ],
    [
      'a sysctl that K3s sets itself',
      platformWith({ kernel: { sysctl: { 'net.ipv4.ip_forward': 0, 'net.ipv4.conf.all.forwarding': 1 } } }),
      ['resolve/sysctl-overridden kernel.sysctl.net.ipv4.ip_forward'],
    ],
    [
      'counters at the port of Kubernetes',
      platformWith({ gateway: { statusPort: 6443 } }),
      ['resolve/port-taken gateway.statusPort'],
    ],
    [
      'counters at the port of SSH',
      platformWith({ nodes: { 'node-1': { sshPort: 8090 } }, gateway: { statusPort: 8090 } }),
      ['resolve/port-shared gateway.statusPort'],
    ],
    [
      'a sysctl that the kernel refuses',
      platformWith({ kernel: { sysctl: { 'vm.swappiness': 201, 'net.core.somaxconn': -1 } } }),
      [
        'resolve/sysctl-out-of-range kernel.sysctl.net.core.somaxconn',
        'resolve/sysctl-out-of-range kernel.sysctl.vm.swappiness',
      ],
    ],
    [
      'sysctls that nodes do not have, or may not have',
      platformWith({
        kernel: {
          sysctl: {
            'foo.bar': 3,
            'net.core.default_qdisc': 'fq',
            'net.ipv4.conf.all.rp_filtr': 1,
            'net.ipv4.conf.default.rp_filter': 1,
            'net.ipv4.conf.eth0.rp_filter': 1,
            'net.ipv4.tcp_tw_recycle': 1,
            'vm.dirty_ratio': 'low',
            'vm.swapiness': 1,
          },
        },
      }),
      [
        'resolve/sysctl-unknown kernel.sysctl.foo.bar',
        'resolve/sysctl-misspelt kernel.sysctl.net.ipv4.conf.all.rp_filtr',
        'resolve/sysctl-unknown kernel.sysctl.net.ipv4.conf.eth0.rp_filter',
        'resolve/sysctl-gone kernel.sysctl.net.ipv4.tcp_tw_recycle',
        'resolve/sysctl-not-a-number kernel.sysctl.vm.dirty_ratio',
        'resolve/sysctl-misspelt kernel.sysctl.vm.swapiness',
      ],
    ],
    [
      'less than a container lives on',
      functionWith({ memory: { request: '1Ki', limit: '1Ki' }, disk: '7Ki' }),
      ['resolve/amount-too-small functions.pay.memory.limit', 'resolve/amount-too-small functions.pay.disk'],
    ],
    [
      'a sysctl that lowers a limit',
      platformWith({ kernel: { sysctl: { 'fs.file-max': 2097152 } } }),
      ['resolve/sysctl-lowers kernel.sysctl.fs.file-max'],
    ],
    [
      'a country that is not allowed',
      platformWith({ nodes: { 'node-1': { ...node, country: 'SE' } }, sovereignty: { countries: ['NO'] } }),
      ['resolve/country-not-allowed nodes.node-1.country'],
    ],
    [
      'a country that is not said',
      platformWith({ nodes: { 'node-1': { provider: 'coolvds' } }, sovereignty: { countries: ['NO'] } }),
      ['resolve/country-not-said nodes.node-1'],
    ],
    [
      'a foreign owner',
      platformWith({ nodes: { 'node-1': { ...node, provider: 'aws' } }, sovereignty: { countries: ['NO'] } }),
      ['resolve/owner-foreign nodes.node-1.provider'],
    ],
    [
      'a CDN that is abroad',
      platformWith({
        nodes: { 'node-1': { ...node, country: 'NO' } },
        gateway: { trustedProxies: 'fastly' },
        sovereignty: { countries: ['NO'] },
      }),
      ['resolve/cdn-list-dated gateway.trustedProxies', 'resolve/cdn-foreign gateway.trustedProxies'],
    ],
    [
      'nothing of where a CDN is where that may be',
      platformWith({
        nodes: { 'node-1': { ...node, country: 'NO' } },
        gateway: { trustedProxies: 'fastly' },
        sovereignty: { countries: ['NO'], foreignOwners: 'allow' },
      }),
      ['resolve/cdn-list-dated gateway.trustedProxies'],
    ],
    [
      'DNS servers that are abroad, and not those of a Swiss foundation',
      platformWith({
        nodes: { 'node-1': { ...node, country: 'NO' } },
        k3s: { resolvers: ['1.1.1.1', '9.9.9.9', '192.0.2.53'] },
        sovereignty: { countries: ['NO'] },
      }),
      ['resolve/resolver-foreign k3s.resolvers.0'],
    ],
    [
      'nothing of them where they may be',
      platformWith({
        nodes: { 'node-1': { ...node, country: 'NO' } },
        k3s: { resolvers: ['8.8.8.8'] },
        sovereignty: { countries: ['NO'], foreignOwners: 'allow' },
      }),
      [],
    ],
    ['nothing of them without sovereignty', platformWith({ k3s: { resolvers: ['8.8.8.8'] } }), []],
    [
      'an unknown owner',
      platformWith({ nodes: { 'node-1': { country: 'NO' } }, sovereignty: { countries: ['NO'] } }),
      ['resolve/owner-unknown nodes.node-1.provider'],
    ],
    [
      'an image called latest',
      functionWith({ image: 'ghcr.io/acme/pay:latest' }),
      ['resolve/image-latest functions.pay.image'],
    ],
    [
      'scale to zero',
      functionWith({ replicas: { min: 0 } }),
      ['resolve/scale-to-zero functions.pay.replicas.min'],
    ],
    [
      'too many replicas',
      functionWith({ replicas: { max: 6 } }),
      ['resolve/too-many-replicas functions.pay.replicas.max'],
    ],
    [
      'replicas the wrong way round',
      functionWith({ replicas: { min: 3, max: 2 } }),
      ['resolve/replicas-reversed functions.pay.replicas'],
    ],
    [
      'a request over its limit',
      functionWith({ memory: { request: '1Gi', limit: '512Mi' }, cpu: { request: '2', limit: '500m' } }),
      ['resolve/request-over-limit functions.pay.memory', 'resolve/request-over-limit functions.pay.cpu'],
    ],
    ['no time at all', functionWith({ timeout: '0s' }), ['resolve/timeout-zero functions.pay.timeout']],
    [
      'a variable that is ours',
      functionWith({ env: { exec_timeout: '1h' } }),
      ['resolve/env-is-ours functions.pay.env.exec_timeout'],
    ],
  ];
  it.each(cases)('%s', (_, config, expected) => expect(reported(config)).toEqual(expected));

  it('more functions than the edition runs', () => {
    const names = Array.from({ length: 16 }, (_, index) => `fn-${index}`);
    const functions = Object.fromEntries(names.map((name) => [name, { image: 'ghcr.io/acme/pay:1' }]));
    expect(reported(platformWith({ functions }))).toEqual(['resolve/too-many-functions functions']);
  });

  it('everything of a stage at once', () => {
    const config = platformWith({
      k3s: { version: 'v1.20.0+k3s1' },
      functions: { pay: { image: 'ghcr.io/acme/pay:1', replicas: { min: 0 } } },
    });
    expect(reported(config)).toHaveLength(2);
  });
});

describe('a resolved platform', () => {
  it('is frozen to the leaves', () => {
    const [platform] = resolve(platformWith({}));
    expect(Object.isFrozen(platform?.openfaas.images)).toBe(true);
  });

  it('has timeouts in order, from the longest function', () => {
    const [platform] = resolve(functionWith({ timeout: '2m' }));
    expect(platform?.timeouts).toEqual({
      exec: 120_000,
      upstream: 120_000,
      gateway: 125_000,
      nginx: 130_000,
      stop: 1_200_000,
    });
  });

  it('waits no longer than a bound of its own for calls when something stops, and says which it cuts', () => {
    const found = (config: Parameters<typeof resolve>[0]) =>
      resolve(config)[1]
        .filter(({ code }) => code.startsWith('resolve/calls-cut') || code === 'resolve/stop-too-soon')
        .map(({ code, path, message }) => [code, path.join('.'), message]);
    expect(found(functionWith({ timeout: '19m' }))).toEqual([]);
    expect(found(functionWith({ timeout: '100h' }))).toEqual([
      [
        'resolve/calls-cut-at-stop',
        'functions.pay.timeout',
        'a call may take 360000s, but a program that stops waits at most 1200s for it',
      ],
    ]);
    const openfaas = { licence: 'personal', startCheck: 'accepted' } as const;
    const stopping = (stopWithin: string) =>
      found(platformWith({ ...functionWith({ timeout: '2m' }), openfaas: { ...openfaas, stopWithin } }));
    expect(stopping('149s').map(([code, path]) => [code, path])).toEqual([
      ['resolve/calls-cut-at-stop', 'openfaas.stopWithin'],
    ]);
    expect(stopping('150s').map(([code, path]) => [code, path])).toEqual([]);
    expect(stopping('59s').map(([code, path]) => [code, path])).toEqual([
      ['resolve/stop-too-soon', 'openfaas.stopWithin'],
    ]);
  });

  it('does not depend on the order in which records are written', () => {
    const image = 'ghcr.io/acme/pay:1';
    const one = resolve(platformWith({ functions: { a: { image }, b: { image } } }));
    const other = resolve(platformWith({ functions: { b: { image }, a: { image } } }));
    expect(one).toEqual(other);
  });
});

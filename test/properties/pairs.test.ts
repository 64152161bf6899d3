import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { ownRedis } from '../cases/own-redis.ts';

const base: PlatformConfig = {
  name: 'pairs',
  domain: 'functions.example.no',
  nodes: {
    'oslo-1': { provider: 'scaleway', role: 'server', address: '10.0.0.1', memory: '16Gi', cpus: 8 },
    'oslo-2': {
      provider: 'scaleway',
      role: 'agent',
      address: '10.0.0.2',
      nginx: true,
      memory: '16Gi',
      cpus: 8,
    },
  },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: { pay: { image: 'ghcr.io/acme/pay:1', expose: true } },
};

type Settings = Readonly<Record<string, unknown>>;
const isSettings = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The settings of both; in the same place, those of the second. */
function merged(one: Settings, other: Settings): Settings {
  const both = Object.entries(other).map(([key, value]) => {
    const before = one[key];
    return [key, isSettings(before) && isSettings(value) ? merged(before, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(both) };
}

const nodes = (first: Settings, second: Settings = first) => ({
  nodes: { 'oslo-1': first, 'oslo-2': second },
});
const pay = (settings: Settings) => ({ functions: { pay: settings } });
const git = { tool: 'flux', repository: 'https://git.example.no/platform.git' };

/** One of nearly each thing that a platform can have besides the least. */
const features: Readonly<Record<string, Settings>> = {
  proxy: nodes({ proxy: { url: 'http://10.0.0.9:3128' } }),
  'external addresses': nodes({ externalAddress: '203.0.113.1' }, { externalAddress: '203.0.113.2' }),
  'IPv6 of pods': {
    ...nodes({ address6: 'fd00:10::1' }, { address6: 'fd00:10::2' }),
    k3s: { ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } },
  },
  'networks of SSH and ports': nodes({
    sshPort: 2222,
    sshNetworks: ['192.0.2.0/24'],
    ports: [{ port: 41641, protocol: 'udp', reason: 'the office' }],
  }),
  'a disk for data': nodes({ dataDisk: '/dev/disk/by-id/virtio-data' }),
  'a fetched script': { delivery: { mode: 'embedded', scripts: 'https://files.example.no/nodes' } },
  'objects of the user': {
    delivery: { mode: 'embedded', manifests: [{ name: 'redis.yaml', objects: ownRedis('pay') }] },
  },
  'a Git repository': { delivery: { mode: 'gitops', git } },
  'a load balancer that ends TLS': {
    gateway: { tls: { endedBy: 'load-balancer' }, trustedProxies: { networks: ['10.0.1.0/24'] } },
  },
  'the PROXY protocol': {
    gateway: {
      trustedProxies: { networks: ['10.0.1.0/24'], proxyProtocol: true },
      tls: { dns: { plugin: 'cloudflare', credentials: '/etc/fjord/cloudflare.ini' } },
    },
  },
  'a CDN': { gateway: { trustedProxies: 'cloudflare' } },
  'no IPv6 of nginx': { gateway: { ipv6: false } },
  'other domains': {
    gateway: { aliases: ['f.example.com'], redirects: { 'www.example.no': 'functions.example.no' } },
  },
  'health checks': { gateway: { healthPath: '/alive' } },
  'nginx.org': { gateway: { packages: 'nginx.org-stable' } },
  'client certificates': {
    gateway: { tls: { clientCa: '/etc/fjord/ca.pem' } },
    ...pay({ http: { auth: { clientCertificate: true } } }),
  },
  'paths and pages of other sites': pay({
    http: { paths: ['/pay'], domains: ['pay.example.no'], cors: { origins: ['https://shop.example.no'] } },
  }),
  'queued calls': pay({ async: true, callbacks: ['https://shop.example.no/hook'] }),
  'a schedule': pay({ schedule: ['@daily', { cron: '0 7 * * mon', timeZone: 'Europe/Oslo' }] }),
  'direct calls': pay({ direct: true }),
  hardening: { k3s: { hardening: 'cis' } },
  backups: {
    backups: {
      recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'],
      to: { s3: { endpoint: 'https://s3.example.no', bucket: 'copies', region: 'no-1' } },
    },
  },
  alerts: { alerts: { to: { phone: { kind: 'ntfy', host: 'ntfy.example.no' } } } },
  'a login at a registry': { k3s: { registries: { configs: { 'r.example.no': { auth: 'file' } } } } },
  WireGuard: { k3s: { flannelBackend: 'wireguard-native' } },
};

/** What `verify` finds in what was compiled, which no config may lead to. */
function faultsOf(config: Settings): string[] {
  const { diagnostics } = compileConfig(config, 'platform.config.ts');
  return diagnostics
    .filter(({ code, severity }) => severity === 'error' && code.startsWith('verify/'))
    .map(({ code, message }) => `${code}: ${message}`);
}

const names = Object.keys(features);

it.each(names)('%s', { timeout: 120_000 }, (name) => {
  const one = features[name] ?? {};
  const others = names.slice(names.indexOf(name));
  const faults = others.flatMap((other) =>
    faultsOf(merged(merged(base as unknown as Settings, one), features[other] ?? {})).map(
      (fault) => `and ${other}: ${fault}`,
    ),
  );
  expect(faults).toEqual([]);
});

it('each is a config that compiles', () => {
  const refused = names.flatMap((name) => {
    const { diagnostics } = compileConfig(
      merged(base as unknown as Settings, features[name] ?? {}),
      'platform.config.ts',
    );
    return diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${name}: ${code} ${message}`);
  });
  expect(refused).toEqual([]);
});

import type { PlatformConfig } from '../../src/config/platform-config.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

/** Every key that a config can have, with a value that is not its default. */
export const everyOption: PlatformConfig = {
  name: 'everything',
  domain: 'a.very-long.name.of.functions.example.fi',
  nodes: {
    'helsinki-1': {
      provider: 'upcloud',
      os: 'debian-13',
      role: 'server',
      arch: 'arm64',
      address: '192.0.2.10',
      sshPort: 2222,
      country: 'FI',
    },
  },
  kernel: {
    profile: 'none',
    sysctl: {
      'net.core.default_qdisc': 'fq',
      'net.ipv4.ip_local_port_range': '1024 65000',
      'net.ipv4.tcp_congestion_control': 'bbr',
      'vm.swappiness': 10,
    },
  },
  k3s: {
    version: 'v1.37.1+k3s1',
    clusterCidr: '10.100.0.0/16',
    serviceCidr: '10.101.0.0/16',
    kubeconfigMode: '0640',
    allowedRegistries: ['docker.io', 'ghcr.io', 'mirror.example.fi', 'mirror.example.fi:5000'],
    binarySha256: { amd64: 'a'.repeat(64), arm64: 'b'.repeat(64) },
    airgapImages: true,
    downloadFrom: 'https://mirror.example.fi/k3s',
    installer: { url: 'https://mirror.example.fi/install.sh', sha256: 'c'.repeat(64) },
  },
  openfaas: {
    edition: 'community',
    licence: 'commercial-60-days',
    address: '10.101.0.99',
    async: true,
    autoscaling: true,
    upstreamTimeout: '20m',
    images: {
      gateway: `ghcr.io/openfaas/gateway:0.27.13@${digest}`,
      provider: `ghcr.io/openfaas/faas-netes@${digest}`,
      queueWorker: 'mirror.example.fi:5000/openfaas/queue-worker:0.14.2',
      nats: 'mirror.example.fi/nats-streaming:0.25.6',
      prometheus: 'mirror.example.fi/prometheus:v3.11.3',
      alertmanager: 'mirror.example.fi/alertmanager:v0.32.1',
      curl: 'mirror.example.fi/curl:8.16.0',
    },
  },
  functions: {
    resize: {
      image: `ghcr.io/example/resize@${digest}`,
      source: { template: 'node22', handler: './functions/resize' },
      replicas: { min: 2, max: 4, rate: '30r/m', factor: 50 },
      timeout: '15m',
      memory: { request: '128Mi', limit: '1Gi' },
      cpu: { request: '0.25', limit: '2' },
      env: { MODE: 'on', EMPTY: '', QUOTES: `'"\\$HOME{}`, LINES: 'a\nb\n', NUMBER: '0644', NORDIC: 'æøå' },
      secrets: ['s3-key', 'a-token'],
      readOnlyRootFilesystem: false,
      maxBody: '200m',
      disk: '2Gi',
      async: true,
      schedule: { cron: '0 4 * * sun', timeZone: 'Europe/Helsinki', async: true, overlap: true },
      calls: ['small'],
      concurrency: 8,
      healthPath: '/_/ready',
      gracePeriod: '20m',
      priority: 'high',
      spread: 'required',
      runAsUser: 65532,
      labels: { 'example.fi/team': 'images' },
      annotations: { topic: 'images', 'Example.fi/Owner': 'owner ✓' },
    },
    nightly: { image: 'ghcr.io/example/nightly:1', expose: false, schedule: '@daily' },
    small: {
      image: 'ghcr.io/example/small:1',
      expose: true,
      maxBody: '16k',
      timeout: '500ms',
      direct: { address: '10.101.0.100', targetCpu: 60 },
    },
  },
  gateway: {
    packages: 'nginx.org-stable',
    packagesFrom: 'https://mirror.example.fi/nginx',
    tls: { issuer: 'letsencrypt-staging', email: 'ops+fjord@example.fi' },
    rateLimit: { rate: '300r/m', burst: 0 },
    connectionLimit: 10,
    trustedProxies: 'cloudflare',
    reachableFrom: 'trusted-proxies',
    maxBody: '8m',
    buffers: { count: 4, size: '32k', header: '16k' },
    errorPage: `<!doctype html>
<html lang="fi"><meta charset="utf-8"><title>Hetkinen</title>
<h1>Hetkinen, \\ 'æ' #;{}</h1></html>
`,
  },
  sovereignty: { countries: ['FI', 'NO'], foreignOwners: 'allow' },
  delivery: { mode: 'embedded' },
};

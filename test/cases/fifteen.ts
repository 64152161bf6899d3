import type { PlatformConfig } from '../../src/config/platform-config.ts';

const image = (name: string) => `ghcr.io/example/${name}:1.0.0`;

/** As many functions as the community edition runs, each with other options, on three nodes. */
export const fifteen: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: {
    'oslo-1': { provider: 'hetzner', role: 'server', address: '192.0.2.11' },
    'oslo-2': { provider: 'hetzner', role: 'agent', address: '192.0.2.12', memory: '4Gi', cpus: 2 },
    'oslo-3': { provider: 'hetzner', role: 'agent', address: '192.0.2.13', memory: '4Gi', cpus: 2 },
  },
  openfaas: { licence: 'personal', startCheck: 'accepted', stopWithin: '61m' },
  functions: {
    'orders-api': {
      image: image('orders-api'),
      replicas: { min: 2, max: 5, rate: '20r/s', factor: 40 },
      timeout: '10s',
      calls: ['price', 'stock', 'send-mail'],
      priority: 'high',
      labels: { team: 'shop', 'example.no/tier': 'front' },
    },
    price: {
      image: image('price'),
      expose: true,
      direct: { address: '10.43.0.200', targetCpu: 50 },
      replicas: { min: 2, max: 4 },
      cpu: { request: '200m', limit: '1' },
      calls: ['stock'],
    },
    stock: { image: image('stock'), expose: false, direct: true, calls: ['price'], concurrency: 50 },
    'send-mail': {
      image: image('send-mail'),
      async: true,
      timeout: '20s',
      secrets: ['smtp-password', 'dkim-key'],
      annotations: { topic: 'mail.out', note: `one\ntwo ✓ "quoted" \${NOT} $(NEITHER)` },
    },
    'thumbnail-images': {
      image: image('thumbnail-images'),
      async: true,
      maxBody: '200k',
      memory: { request: '256Mi', limit: '1Gi' },
      disk: '4Gi',
      readOnlyRootFilesystem: false,
      spread: 'required',
    },
    'nightly-report': {
      image: image('nightly-report'),
      expose: false,
      schedule: { cron: '30 2 * * mon-fri', timeZone: 'Europe/Oslo' },
      timeout: '15m',
      replicas: { max: 1 },
      priority: 'low',
    },
    heartbeat: { image: image('heartbeat'), expose: true, schedule: '*/5 * * * *', replicas: { max: 1 } },
    'sync-stock': {
      image: image('sync-stock'),
      expose: false,
      schedule: { cron: '@hourly', async: true, overlap: true },
      calls: ['stock'],
    },
    'java-tax': {
      image: image('java-tax'),
      healthPath: '/actuator/health',
      gracePeriod: '2m',
      runAsUser: 1001,
      memory: { request: '512Mi', limit: '2Gi' },
    },
    echo: {
      image: image('echo'),
      env: {
        PLAIN: 'value',
        REFERENCE: `$(PLAIN) $$(PLAIN) $PLAIN \${PLAIN}`,
        CONTROL: 'bell \u0007 escape \u001b',
        UNICODE: 'blåbær 漢字 🫐 \u2028\ufeff',
        NUMBER: '0x10',
        LINES: ' two\nlines \n\n',
      },
    },
    a: { image: image('a'), spread: 'off' },
    'name-of-just-as-many-characters-as-there-may-be-in-a-dns-labels': { image: image('long') },
    'slow-once': { image: image('slow-once'), replicas: { min: 3, max: 3 }, timeout: '1s' },
    recursive: { image: image('recursive'), calls: ['recursive'], concurrency: 1 },
    digest: { image: `ghcr.io/example/digest@sha256:${'0f'.repeat(32)}`, timeout: '1h' },
  },
};

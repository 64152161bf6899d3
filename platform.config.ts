import { definePlatform } from 'fjord';

// The functions platform of a Norwegian payments shop: one machine in Oslo.
export default definePlatform({
  name: 'nordpay',
  domain: 'functions.your-domain.no',

  nodes: {
    'oslo-1': { provider: 'coolvds', os: 'debian-12', country: 'NO', memory: '8Gi' },
  },

  // Tried out for the 60 days that its licence gives a company. It asks Amazon for the node's address at each start.
  openfaas: { licence: 'commercial-60-days', startCheck: 'accepted' },

  functions: {
    // Orders from the shop's front end.
    'order-webhook': {
      image: 'ghcr.io/nordpay/order-webhook:1.4.2',
      source: { template: 'golang-middleware', handler: './functions/order-webhook' },
      replicas: { min: 1, max: 5 },
      timeout: '10s',
      secrets: ['webhook-signing-key'],
    },
    // A customer waits for this one: two copies are always up.
    'verify-payment': {
      image: 'ghcr.io/nordpay/verify-payment:2.0.1',
      source: { template: 'golang-middleware', handler: './functions/verify-payment' },
      replicas: { min: 2, max: 5 },
      timeout: '5s',
      memory: { request: '128Mi', limit: '512Mi' },
      cpu: { request: '150m' },
      secrets: ['acquirer-api-key'],
    },
    // The month's ledger for the accountant: slow, and one at a time.
    'export-ledger': {
      image: 'ghcr.io/nordpay/export-ledger:1.1.0',
      source: { template: 'python3-http', handler: './functions/export-ledger' },
      replicas: { min: 1, max: 1 },
      timeout: '10m',
      concurrency: 1,
      memory: { request: '256Mi', limit: '1Gi' },
      env: { LEDGER_CURRENCY: 'NOK' },
    },
  },

  gateway: {
    tls: { issuer: 'letsencrypt', email: 'drift@your-domain.no' },
    rateLimit: { rate: '10r/s', burst: 20 },
    maxBody: '50M',
    buffers: { count: 8, size: '16k', header: '32k' },
  },

  sovereignty: {
    countries: ['NO'],
    exceptions: [
      { flow: 'function-images/ghcr.io', reason: 'Code of functions, nothing of customers.' },
      {
        flow: 'certificates/acme-v02.api.letsencrypt.org',
        reason: 'Gets our public domain and the address of a team, nothing of customers.',
      },
    ],
  },
});

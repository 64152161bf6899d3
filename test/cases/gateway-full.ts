import type { PlatformConfig } from '../../src/config/platform-config.ts';

const image = 'ghcr.io/example/fn:1';

/** Every option of the gateway and of functions' `http` that goes with Debian 12's nginx and port 80's challenges. */
export const gatewayFull: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'hetzner', os: 'debian-12', plan: 'ccx13' } },
  openfaas: { licence: 'personal' },
  functions: {
    chat: { image, direct: true, timeout: '2m', http: { websocket: true } },
    events: { image, timeout: '10m', http: { stream: true, paths: ['/events'] } },
    gate: { image, timeout: '2s', expose: false },
    ledger: {
      image,
      http: { auth: { clientCertificate: true }, rateLimit: { rate: '30r/m', burst: 5, delay: 2 } },
    },
    orders: { image, async: true, http: { auth: { function: 'gate' }, domains: ['orders.example.no'] } },
    pay: {
      image,
      async: true,
      maxBody: '20m',
      http: {
        domains: ['pay.example.no', 'betaling.example.no'],
        paths: ['/pay', '/v1/pay'],
        networks: ['127.0.0.0/8', '::1/128', '192.0.2.0/24', '203.0.113.0/24'],
        auth: { passwordFile: '/etc/fjord/pay.htpasswd' },
        cors: {
          origins: [
            'https://shop.example.no',
            'https://an-even-longer-name-of-a-shop-with-many-words.example.no:8443',
          ],
          methods: ['GET', 'POST', 'DELETE'],
          headers: ['Content-Type', 'Authorization'],
          exposeHeaders: ['X-Call-Id'],
          credentials: true,
          maxAge: '1h',
        },
      },
    },
    'public-prices': {
      image,
      http: {
        cors: { origins: ['http://localhost:3000'], headers: [] },
        rateLimit: { rate: '100r/s', burst: 0 },
      },
    },
  },
  gateway: {
    tls: {
      directory: 'https://ca.example.no/acme/directory',
      email: 'drift@example.no',
      hsts: { days: 365, includeSubDomains: true, preload: true },
      profile: 'intermediate',
      clientCa: '/etc/fjord/clients.pem',
    },
    rateLimit: { rate: '50r/s', burst: 100, delay: 0 },
    connectionLimit: 50,
    exempt: ['198.51.100.0/24', '2001:db8:1::/48'],
    ipv6Prefix: 56,
    trustedProxies: { networks: ['203.0.113.0/24', '2001:db8:2::/48'], header: 'CF-Connecting-IP' },
    admin: { networks: ['192.0.2.0/24', '127.0.0.0/8'], clientCertificate: true },
    maxBody: '512k',
    buffers: { count: 16, size: '8k', header: '16k' },
    connections: 4096,
    requests: 900,
    statusPort: 9145,
  },
};

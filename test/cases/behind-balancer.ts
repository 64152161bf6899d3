import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** Two nodes behind a provider's load balancer that ends TLS, in a private network. */
export const behindBalancer: PlatformConfig = {
  name: 'behind-balancer',
  domain: 'functions.example.se',
  nodes: {
    'lund-1': { role: 'server', address: '10.0.0.1', os: 'debian-13' },
    'lund-2': { role: 'agent', address: '10.0.0.2', os: 'debian-13', nginx: true },
  },
  openfaas: { licence: 'personal' },
  functions: {
    orders: {
      image: 'ghcr.io/example/orders:1',
      http: {
        paths: ['/orders'],
        domains: ['*.shops.example.se'],
        cors: { origins: ['https://shop.example.se'] },
      },
    },
  },
  gateway: {
    tls: { endedBy: 'load-balancer', hsts: { days: 365 } },
    trustedProxies: { networks: ['10.0.1.0/24', 'fd00:0:0:1::/64'] },
    healthPath: '/nginx-health',
    aliases: ['functions.example.com'],
    redirects: { 'www.example.se': 'functions.example.se' },
  },
  alerts: {
    to: { ops: { kind: 'ntfy', host: 'ntfy.example.se' } },
    deadMansSwitch: { host: 'checks.example.se' },
  },
};

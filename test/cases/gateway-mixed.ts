import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** Nodes of different OSs have one conf, which each of their nginx reads; certificates by records in the DNS. */
export const gatewayMixed: PlatformConfig = {
  domain: 'functions.example.dk',
  nodes: {
    'aarhus-1': { provider: 'hetzner', os: 'debian-13', role: 'server', address: '192.0.2.21' },
    'aarhus-2': {
      provider: 'hetzner',
      os: 'ubuntu-26.04',
      role: 'agent',
      address: '192.0.2.22',
      nginx: true,
    },
  },
  openfaas: { licence: 'personal' },
  functions: {
    hello: { image: 'ghcr.io/example/fn:1' },
    shop: { image: 'ghcr.io/example/fn:1', http: { domains: ['*.shops.example.dk', 'shops.example.dk'] } },
  },
  gateway: {
    tls: {
      issuer: 'letsencrypt-staging',
      dns: { plugin: 'cloudflare', credentials: '/etc/fjord/cloudflare.ini', propagation: '1m' },
    },
  },
};

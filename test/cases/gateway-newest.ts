import type { PlatformConfig } from '../../src/config/platform-config.ts';

const image = 'ghcr.io/example/fn:1';

/** What only newer nginx can, TLS 1.3 alone, and a certificate by files. */
export const gatewayNewest: PlatformConfig = {
  domain: 'functions.example.se',
  nodes: { 'malmo-1': { provider: 'hetzner', os: 'debian-13' } },
  openfaas: { licence: 'personal' },
  functions: { hello: { image, http: { cors: { origins: ['https://example.se'] } } } },
  gateway: {
    tls: {
      files: { certificate: '/etc/fjord/fullchain.pem', key: '/etc/fjord/privkey.pem' },
      profile: 'modern',
      http3: true,
      hsts: { days: 0 },
    },
    ipv6Prefix: 128,
    admin: { networks: ['10.0.0.0/8'] },
  },
};

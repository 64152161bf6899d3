import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** A server behind the NAT of one provider; agents behind that of another, without a NAT, and beside the server. */
export const twoProviders: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: {
    'oslo-1': {
      provider: 'azure',
      role: 'server',
      address: '10.0.0.11',
      externalAddress: '203.0.113.21',
      country: 'NO',
    },
    'oslo-2': {
      provider: 'azure',
      role: 'agent',
      address: '10.0.0.12',
      externalAddress: '203.0.113.22',
      nginx: true,
      country: 'NO',
    },
    'oslo-3': { provider: 'gcp', role: 'agent', externalAddress: '198.51.100.23', country: 'FI' },
    'oslo-4': { provider: 'hetzner', role: 'agent', address: '192.0.2.24', country: 'FI' },
  },
  openfaas: { licence: 'personal' },
  functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0' } },
};

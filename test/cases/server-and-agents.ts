import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** One server and two agents on the internet: pods' traffic is encrypted, and one agent's address is not known yet. */
export const serverAndAgents: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: {
    'bergen-1': { provider: 'hetzner', role: 'server', address: '203.0.113.10' },
    'bergen-2': {
      provider: 'hetzner',
      role: 'agent',
      address: '203.0.113.11',
      labels: { 'example.no/disk': 'fast', zone: 'b' },
      taints: ['example.no/batch=yes:NoSchedule'],
    },
    'bergen-3': { provider: 'digitalocean', role: 'agent', os: 'ubuntu-24.04', nginx: true },
  },
  openfaas: { licence: 'personal' },
  functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0' } },
};

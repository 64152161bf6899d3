import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** The community edition by its own chart, with the operator's admin password and without autoscaling. */
export const helm: PlatformConfig = {
  domain: 'helm.example.no',
  nodes: { 'node-1': { provider: 'hetzner' } },
  openfaas: { install: 'helm', licence: 'personal', adminSecret: 'operator', autoscaling: false },
  functions: {
    figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0', replicas: { min: 2 }, timeout: '2m' },
  },
};

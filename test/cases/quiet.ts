import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** Without what can be turned off: no queue, no autoscaling, no IPv6. */
export const quiet: PlatformConfig = {
  domain: 'quiet.example.no',
  nodes: { 'node-1': { provider: 'hetzner' } },
  gateway: { ipv6: false, statusPort: 8090 },
  openfaas: { licence: 'personal', async: false, autoscaling: false },
  functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0', replicas: { min: 2 } } },
};

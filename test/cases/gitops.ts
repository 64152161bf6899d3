import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** The manifests come from Git, by Flux. */
export const gitops: PlatformConfig = {
  name: 'shop',
  domain: 'functions.example.no',
  nodes: { 'node-1': { provider: 'aws' } },
  openfaas: { licence: 'personal' },
  functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0' } },
  delivery: {
    mode: 'gitops',
    git: { tool: 'flux', repository: 'https://git.example.no/shop/platform.git' },
  },
};

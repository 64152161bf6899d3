import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** A domain, one node and one function: the least that is a platform. */
export const smallest: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: { 'node-1': {} },
  functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0' } },
};

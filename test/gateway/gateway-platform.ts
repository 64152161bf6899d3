import type { PlatformConfig } from '../../src/config/platform-config.ts';

const image = 'ghcr.io/example/stub:1';

/** A platform for asking nginx things: with functions of each kind, and limits that are out of the way. */
export const gatewayPlatform = {
  domain: 'functions.example.no',
  // Of the size that two thousand clients need.
  nodes: { 'node-1': { memory: '24Gi' } },
  openfaas: { licence: 'personal' },
  functions: {
    echo: { image },
    // Longer than nginx's own 60 seconds.
    slow: { image, timeout: '90s' },
    upload: { image, maxBody: '50m' },
    events: { image, http: { stream: true } },
    later: { image, async: true },
    socket: { image, direct: true, http: { websocket: true } },
  },
  gateway: { rateLimit: { rate: '1000000r/s', burst: 100000 }, connectionLimit: 65535 },
} satisfies PlatformConfig;

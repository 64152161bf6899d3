import type { PlatformConfig } from '../../src/config/platform-config.ts';

const image = 'ghcr.io/example/fn:1';

/** nginx.org's packages on nodes of each family, one conf for them: what the newest nginx can, and the older OpenSSL. */
export const gatewayNginxOrg: PlatformConfig = {
  domain: 'functions.example.is',
  nodes: {
    'reykjavik-1': { role: 'server', os: 'debian-12', address: '192.0.2.31' },
    'reykjavik-2': { role: 'agent', os: 'ubuntu-24.04', arch: 'arm64', address: '192.0.2.32', nginx: true },
    'reykjavik-3': { role: 'agent', os: 'debian-13', address: '192.0.2.33' },
  },
  openfaas: { licence: 'personal' },
  functions: { hello: { image, http: { cors: { origins: ['https://example.is'] } } } },
  gateway: {
    packages: 'nginx.org-mainline',
    tls: { http3: true },
    trustedProxies: 'fastly',
  },
};

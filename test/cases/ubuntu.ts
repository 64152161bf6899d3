import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** Another OS: its nginx, its kernel defaults; behind a load balancer that passes TLS on; and the article's literal kernel settings, which it is warned about. */
export const ubuntu: PlatformConfig = {
  domain: 'functions.example.se',
  nodes: { 'malmo-1': { provider: 'upcloud', os: 'ubuntu-24.04', arch: 'arm64', sshPort: 2222 } },
  kernel: {
    sysctl: {
      'fs.file-max': 2097152,
      'net.ipv4.tcp_max_syn_backlog': 4096,
      'net.core.somaxconn': 4096,
      'net.ipv4.tcp_tw_reuse': 1,
      'vm.max_map_count': 262144,
      'vm.swappiness': 1,
    },
  },
  openfaas: { licence: 'personal' },
  gateway: { trustedProxies: { networks: ['172.16.8.0/24'], proxyProtocol: true } },
  functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0' } },
};

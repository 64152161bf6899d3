import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** Three servers with both kinds of addresses in a private network, hardened, with snapshots sent away. */
export const threeServers: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: {
    'oslo-1': {
      provider: 'hetzner',
      role: 'server',
      address: '10.10.0.1',
      address6: 'fd00:10::1',
      interface: 'eth1',
    },
    'oslo-2': {
      provider: 'hetzner',
      role: 'server',
      address: '10.10.0.2',
      address6: 'fd00:10::2',
      interface: 'eth1',
      first: true,
    },
    'oslo-3': {
      provider: 'hetzner',
      role: 'server',
      address: '10.10.0.3',
      address6: 'fd00:10::3',
      interface: 'eth1',
      nginx: false,
    },
  },
  k3s: {
    ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' },
    clusterDns: '10.43.0.53',
    flannelBackend: 'host-gw',
    tlsSan: ['api.example.no', '*.cluster.example.no'],
    snapshots: { schedule: '30 */6 * * *', retention: 12, s3Secret: 'etcd-backup' },
    hardening: 'cis',
    kubeconfigMode: '0640',
    kubeconfigGroup: 'ops',
  },
  alerts: {
    to: { phone: { kind: 'ntfy', host: 'ntfy.example.no' } },
    deadMansSwitch: { host: 'hc.example.no' },
  },
  openfaas: { licence: 'personal' },
  delivery: { mode: 'embedded', scripts: 'https://files.example.no/nodes' },
  functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0' } },
};

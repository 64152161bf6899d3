import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const config = {
  nodes: `{
  'oslo-1': { provider: 'coolvds', country: 'NO', role: 'server', address: '10.0.0.1', externalAddress: '203.0.113.1' },
  'oslo-2': { provider: 'gcp', country: 'NO', role: 'agent', externalAddress: '198.51.100.2' },
}`,
};

const path = 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply';

/** What `verify` reports about nodes of different networks. */
export const verifyNetworksDiagnostics = {
  'verify/external-not-tunnelled': define<{ node: string; other: string }>({
    severity: 'error',
    fact: ({ node, other }) =>
      `${other} has an external address, but the server ${node} does not set flannel-backend: wireguard-native and flannel-external-ip`,
    hint: compileAgain,
    meaning:
      'flannel would send the packets of pods to inner addresses, which are of other machines in another network, or would send them unencrypted.',
    example: { config, dist: { path, from: 'flannel-external-ip: true\n', to: '' } },
  }),
  'verify/external-refused': define<{ node: string; other: string; socket: string }>({
    severity: 'error',
    fact: ({ node, other, socket }) =>
      `the firewall of ${node} drops what comes for ${socket} from the external address of ${other}`,
    hint: compileAgain,
    meaning:
      'Behind a NAT, all packets of a node have its external address. Without them its pods reach nobody, or it does not join.',
    example: {
      config,
      dist: {
        path,
        from: 'ip saddr { 198.51.100.2 } udp dport 51820-51821',
        to: 'ip saddr { 198.51.100.3 } udp dport 51820-51821',
      },
    },
  }),
  'verify/own-address-leaves': define<{ node: string; address: string | undefined }>({
    severity: 'error',
    fact: ({ node, address }) =>
      address === undefined
        ? `the firewall of ${node} translates addresses, but the node has no external one`
        : `the firewall of ${node} does not keep exactly what the node sends to its own external address ${address}`,
    hint: compileAgain,
    meaning:
      'K3s gives pods the external address of a server for the Kubernetes API. Many NATs do not send a packet back to the machine that it comes from, so CoreDNS and OpenFaaS would wait for the API forever.',
    example: {
      config,
      dist: {
        path,
        from: 'ip daddr 203.0.113.1 dnat ip to 10.0.0.1\n',
        to: 'ip daddr 203.0.113.1 dnat ip to 10.0.0.9\n',
      },
    },
  }),
};

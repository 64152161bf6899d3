import type { exposureCodes } from '../codes/verify-exposure.ts';
import type { Explanations } from './explanation.ts';

const script = 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply';

export const exposureExplanations: Explanations<keyof typeof exposureCodes> = {
  'verify/firewall-unreadable': {
    meaning: 'A rule that Fjord does not understand may open anything, so it counts as if it did.',
    example: { dist: { path: script, from: 'udp dport 546 accept', to: 'udp dport 546 queue' } },
  },
  'verify/socket-open': {
    meaning: 'Something listens there, and the packet filter lets strangers talk to it.',
    example: {
      dist: { path: script, from: 'tcp dport { 22, 80, 443 }', to: 'tcp dport { 22, 80, 443, 10250 }' },
    },
  },
  'verify/socket-closed': {
    meaning: 'Callers could not reach the platform, or you could not reach the node to repair it.',
    example: { dist: { path: script, from: 'tcp dport { 22, 80, 443 }', to: 'tcp dport { 22, 80 }' } },
  },
  'verify/packets-leave': {
    meaning:
      'A Service has an address only as long as kube-proxy replaces it. Without it the packet, with its headers and its body, goes to the next router, and whoever is there can answer.',
    example: {
      dist: {
        path: script,
        from: '    ip daddr 10.43.0.0/16 goto refuse\n',
        to: '    ip daddr 10.43.0.0/17 goto refuse\n',
      },
    },
  },
  'verify/packets-passed-on': {
    meaning:
      'Whoever is in the same network as the node could reach pods and Services past nginx, by a route that leads through the node.',
    example: {
      dist: {
        path: script,
        from: 'hook forward priority filter; policy drop',
        to: 'hook forward priority filter; policy accept',
      },
    },
  },
  'verify/packets-lost': {
    meaning: 'The platform needs such packets: something would time out.',
    example: {
      dist: {
        path: script,
        from: 'iifname cni0 oifname cni0 accept',
        to: 'iifname cni0 oifname cni0 drop',
      },
    },
  },
  'verify/status-page-open': {
    meaning:
      'The page tells strangers how busy the platform is, and helps them find out what makes it busier.',
    example: {
      config: { gateway: '{ statusPort: 8090 }' },
      dist: { path: script, from: 'listen 127.0.0.1:8090', to: 'listen 127.0.0.2:8090' },
    },
  },
};

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
  'verify/status-page-open': {
    meaning:
      'The page tells strangers how busy the platform is, and helps them find out what makes it busier.',
    example: {
      config: { gateway: '{ statusPort: 8090 }' },
      dist: { path: script, from: 'listen 127.0.0.1:8090', to: 'listen 127.0.0.2:8090' },
    },
  },
};

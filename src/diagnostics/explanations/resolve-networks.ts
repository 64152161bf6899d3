import type { networksCodes } from '../codes/resolve-networks.ts';
import type { Explanations } from './explanation.ts';

const gateway = (settings: string) => ({ config: { gateway: `{ ${settings} }` } });
const http = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', http: { ${settings} } } }` },
});

export const networksExplanations: Explanations<keyof typeof networksCodes> = {
  'resolve/everybody-exempt': {
    meaning: 'Limits are what keeps a single client from taking all of the machine.',
    example: gateway("exempt: ['0.0.0.0/0']"),
  },
  'resolve/network-mapped': {
    meaning: 'nginx listens on IPv4 and IPv6 apart, so an IPv4 client is never seen under an IPv6 address.',
    example: gateway("exempt: ['::ffff:c000:200/120']"),
  },
  'resolve/network-of-everybody': {
    meaning:
      'A list lets in what it names and nobody else. A name with an AAAA record brings callers on IPv6, and each of them gets 403.',
    example: http("networks: ['0.0.0.0/0']"),
  },
  'resolve/network-of-pods': {
    meaning:
      'A function reaches nginx as anybody does, by the platform’s domain. Let in by a list, any function that is taken over could call what only your own networks should.',
    example: http("networks: ['10.42.0.0/16']"),
  },
  'resolve/node-not-kept-out': {
    meaning:
      'A pod that calls another node comes with the address of its own node. Where that address is in a list of networks, so is the pod.',
    example: {
      config: {
        nodes: `{
  'oslo-1': { role: 'server', address: '10.0.0.1' },
  'oslo-2': { role: 'agent' },
}`,
        gateway: "{ exempt: ['203.0.113.0/24'] }",
      },
    },
  },
  'resolve/pods-in-network': {
    meaning:
      'Pods come to nginx with addresses of their own range, or with that of their node. They are denied first, or left out of what is trusted, so the list means the others in that network.',
    example: gateway("admin: { networks: ['10.0.0.0/8'] }"),
  },
};

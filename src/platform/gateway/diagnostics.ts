import { define } from '../../diagnostics/definition.ts';
import { alternatives } from '../../diagnostics/wording.ts';

const gateway = (settings: string) => ({ config: { gateway: `{ ${settings} }` } });

const http = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', http: { ${settings} } } }` },
});

/** What `resolve` reports about the gateway. */
export const resolveGatewayDiagnostics = {
  'resolve/admin-open': define({
    severity: 'error',
    fact: () => 'this opens the administration of all functions to the whole internet',
    hint: () => "name your networks: networks: ['203.0.113.0/24'], or require a client certificate",
    meaning:
      'Anyone with access to the administration can deploy any image, so a password should not be its only protection.',
    example: gateway("admin: { networks: ['0.0.0.0/0'] }"),
  }),
  'resolve/buffer-too-large': define<{ size: string }>({
    severity: 'error',
    fact: ({ size }) => `each call would use buffers of ${size} in memory`,
    hint: () => 'use at most 16m; the defaults of 16k and 32k serve responses of any length',
    meaning: "A handful of calls at a time would use all of the machine's memory.",
    example: gateway("buffers: { size: '1g' }"),
  }),
  'resolve/gateway-over-memory': define<{
    node: string;
    needed: number;
    share: number;
    request: number;
    more: number;
  }>({
    severity: 'error',
    fact: ({ node, needed, share }) =>
      `with these settings clients can make nginx use ${needed} MiB, but its share of ${node}'s memory is ${share} MiB`,
    hint: ({ node, request, more }) =>
      `write nodes.${node}.memory if the machine has more (${more} MiB more are enough), or lower gateway.requests (${request} KiB each), gateway.connections or gateway.buffers`,
    meaning:
      'A single client can cause the worst case: half a header on every connection, and for every request a body and an answer that it does not read. nginx can use a quarter of the memory that K3s and the system leave on the smallest node that it runs on. The kernel needs a quarter of that for sockets.',
    example: gateway("buffers: { count: 64, size: '1m' }"),
  }),
  'resolve/buffers-too-few': define<{ count: number; size: string; header: string; enough: number }>({
    severity: 'error',
    fact: ({ count, size, header }) =>
      `nginx refuses ${count} buffers of ${size} with a header buffer of ${header}`,
    hint: ({ enough }) => `set count to at least ${enough}, or make the header buffer smaller`,
    meaning: 'Besides the largest buffer, one must stay free. Otherwise nginx does not start.',
    example: gateway("buffers: { count: 2, size: '16k', header: '32k' }"),
  }),
  'resolve/client-ca-missing': define({
    severity: 'error',
    fact: () => 'a client certificate is required, but gateway.tls.clientCa is not set',
    hint: () => "set gateway.tls.clientCa to the path of the certificate authority's file on the node",
    meaning: 'nginx can check client certificates only against an authority that it knows.',
    example: gateway('admin: { clientCertificate: true }'),
  }),
  'resolve/error-page-not-carried': define<{ problem: string }>({
    severity: 'error',
    fact: ({ problem }) => `the page ${problem}`,
    hint: () =>
      'keep it to 4,000 bytes of plain HTML without "$"; load images and styles from another address',
    meaning:
      'The page is part of the nginx conf, so that it is never missing. nginx reads at most 4,094 bytes as one text, including a backslash before each quote and line end, and reads every "$" as a variable.',
    example: gateway("errorPage: '<h1>Only $5</h1>'"),
  }),
  'resolve/redirect-elsewhere': define<{ to: string; targets: readonly string[] }>({
    severity: 'error',
    fact: ({ to }) => `'${to}' is not a domain that this platform answers`,
    hint: ({ targets }) => `write ${alternatives(targets)}, or add it to gateway.aliases`,
    meaning:
      'A redirect to another redirect or to a name that is served elsewhere would leave clients with a name that may not answer.',
    example: gateway("redirects: { 'www.example.no': 'example.no' }"),
  }),
  'resolve/delay-over-burst': define<{ delay: number; burst: number }>({
    severity: 'error',
    fact: ({ delay, burst }) =>
      `delay (${delay}) exceeds burst (${burst}), so no request would ever be delayed`,
    hint: ({ burst }) => `write at most ${burst}, or remove delay so that no request waits`,
    meaning: 'nginx would accept the number, but would never delay a request.',
    example: gateway('rateLimit: { burst: 10, delay: 20 }'),
  }),
  'resolve/http3-not-built': define<{ node: string; os: string; nginx: string }>({
    severity: 'error',
    fact: ({ node, os, nginx }) => `nginx ${nginx} of ${os} on node '${node}' is built without HTTP/3`,
    hint: () => "remove http3, use debian-13 or ubuntu-26.04, or set gateway.packages to 'nginx.org-stable'",
    meaning: 'nginx would refuse the whole conf because of one unknown directive.',
    example: gateway('tls: { http3: true }'),
  }),
  'resolve/ipv6-needed': define({
    severity: 'error',
    fact: () => 'gateway.ipv6 is false, but the cluster has IPv6 by k3s.ipv6',
    hint: () => "remove gateway.ipv6, or remove k3s.ipv6 and the nodes' address6",
    meaning:
      'A node of a dual-stack cluster must have IPv6, so nginx can listen on it. A machine without IPv6 could not join.',
    example: {
      config: {
        k3s: "{ ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } }",
        gateway: '{ ipv6: false }',
      },
    },
  }),
  'resolve/ipv6-prefix-unused': define({
    severity: 'error',
    fact: () => 'nginx does not listen on IPv6, so ipv6Prefix counts nobody',
    hint: () => 'remove ipv6Prefix, or remove ipv6: false',
    meaning: 'The setting would have no effect, although the config looks as if clients came by IPv6.',
    example: gateway('ipv6: false, ipv6Prefix: 56'),
  }),
  'resolve/packages-from-unused': define({
    severity: 'error',
    fact: () => 'nginx comes from the OS, so a mirror of nginx.org is never used',
    hint: () => "set packages to 'nginx.org-stable' or 'nginx.org-mainline', or remove packagesFrom",
    meaning: 'The setting would have no effect, although the config looks as if the mirror were used.',
    example: gateway("packagesFrom: 'https://mirror.example.no/nginx'"),
  }),
  'resolve/network-of-everybody': define<{ network: string; family: string; other: string | undefined }>({
    severity: 'warning',
    fact: ({ network, family, other }) =>
      other === undefined
        ? `'${network}' allows everyone on ${family} except pods`
        : `'${network}' allows everyone on ${family}, but nobody on ${other}`,
    hint: ({ other }) =>
      other === undefined
        ? 'leave the list out to allow everyone'
        : `leave the list out to allow everyone, on ${other} too`,
    meaning:
      'A list allows only the networks in it. If the domain has an AAAA record, some clients use IPv6, and all of those get 403.',
    example: http("networks: ['0.0.0.0/0']"),
  }),
  'resolve/port-shared': define<{ port: number; node: string }>({
    severity: 'error',
    fact: ({ port, node }) => `port ${port} is already the SSH port of node '${node}'`,
    hint: () => 'choose another statusPort, such as 8090',
    meaning: 'The program that starts later fails. If that is SSH, nobody can log in any more.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', sshPort: 2222 } }",
        gateway: '{ statusPort: 2222 }',
      },
    },
  }),
};

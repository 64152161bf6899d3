import { define } from '../definition.ts';
import { alternatives } from '../wording.ts';

export const gatewayCodes = {
  'resolve/challenge-elsewhere': define<{ nodes: readonly string[] }>({
    severity: 'warning',
    fact: ({ nodes }) =>
      `a certificate challenge for ${nodes.join(', ')} is lost if it reaches another node, because no address is set`,
    hint: () =>
      'add its address, use tls.dns or tls.files, or point the DNS at one node and write nginx: false on the others',
  }),
  'resolve/certificates-per-week': define<{ asking: number; limit: number }>({
    severity: 'warning',
    fact: ({ asking, limit }) =>
      `${asking} nodes each ask for a certificate of the same names, but Let's Encrypt issues only ${limit} a week`,
    hint: ({ limit }) =>
      `run nginx on at most ${limit} nodes (nginx: false on the others), or give all of them one certificate with tls.files`,
  }),
  'resolve/cdn-list-dated': define<{ title: string; asOf: string; source: string; header: string }>({
    severity: 'info',
    fact: ({ title, asOf }) =>
      `the list of ${title}'s networks is from ${asOf}; all clients behind a newer network count as one`,
    hint: ({ source, header }) =>
      `compare it with ${source} now and then; if networks are missing, write trustedProxies: { networks: […], header: '${header}' }`,
  }),
  'resolve/cdn-list-closes': define<{ title: string; asOf: string; source: string }>({
    severity: 'warning',
    fact: ({ title, asOf }) => `calls from networks that ${title} adds after ${asOf} are refused`,
    hint: ({ source }) =>
      `compare the list with ${source} now and then; if it has others, write trustedProxies: { networks: […] }`,
  }),
  'resolve/challenge-port-open': define({
    severity: 'warning',
    fact: () => "port 80 stays open to everybody, because the authority's challenges come there",
    hint: () => 'use tls.dns or tls.files to close it too',
  }),
  'resolve/proxies-unnamed': define({
    severity: 'error',
    fact: () => 'only trusted proxies may reach the nodes, but trustedProxies names none',
    hint: () =>
      "set gateway.trustedProxies to a CDN or to { networks: ['203.0.113.0/24'] }, or remove reachableFrom",
  }),
  'resolve/admin-open': define({
    severity: 'error',
    fact: () => 'this opens the administration of all functions to the whole internet',
    hint: () => "name your networks: networks: ['203.0.113.0/24'], or require a client certificate",
  }),
  'resolve/buffer-too-large': define<{ size: string }>({
    severity: 'error',
    fact: ({ size }) => `each call would hold buffers of ${size} in memory`,
    hint: () => 'use at most 16m; the defaults of 16k and 32k serve responses of any length',
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
      `nginx can be made to take ${needed} MiB with these settings, and its own part of ${node}'s memory is ${share} MiB`,
    hint: ({ node, request, more }) =>
      `write nodes.${node}.memory if the machine has more (${more} MiB more would do), or lower gateway.requests, each of which takes ${request} KiB, gateway.connections or gateway.buffers`,
  }),
  'resolve/buffers-too-few': define<{ count: number; size: string; header: string; enough: number }>({
    severity: 'error',
    fact: ({ count, size, header }) =>
      `nginx refuses ${count} buffers of ${size} with a header buffer of ${header}`,
    hint: ({ enough }) => `set count to at least ${enough}, or make the header buffer smaller`,
  }),
  'resolve/certificate-setting-unused': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) => `${key} applies only to issued certificates, but tls.files names your own`,
    hint: ({ key }) => `remove ${key}, or files`,
  }),
  'resolve/certificate-sources': define<{ first: string; second: string }>({
    severity: 'error',
    fact: ({ first, second }) => `certificates cannot come from both ${first} and ${second}`,
    hint: ({ first, second }) => `remove ${first} or ${second}`,
  }),
  'resolve/client-ca-missing': define({
    severity: 'error',
    fact: () => 'a client certificate is required, but gateway.tls.clientCa is not set',
    hint: () => "set gateway.tls.clientCa to the path of the certificate authority's file on the node",
  }),
  'resolve/error-page-not-carried': define<{ problem: string }>({
    severity: 'error',
    fact: ({ problem }) => `the page ${problem}`,
    hint: () =>
      'keep it to 4,000 bytes of plain HTML without "$"; load images and styles from another address',
  }),
  'resolve/delay-over-burst': define<{ delay: number; burst: number }>({
    severity: 'error',
    fact: ({ delay, burst }) =>
      `delay (${delay}) exceeds burst (${burst}), so no request would ever be delayed`,
    hint: ({ burst }) => `write at most ${burst}, or remove delay so that no request waits`,
  }),
  'resolve/everybody-trusted': define<{ network: string }>({
    severity: 'error',
    fact: ({ network }) => `with ${network} as a trusted proxy, every client can claim any address`,
    hint: () => 'write the networks that the CDN or load balancer publishes',
  }),
  'resolve/hsts-preload': define<{ days: number; includeSubDomains: boolean }>({
    severity: 'error',
    fact: ({ days, includeSubDomains }) =>
      `preload needs includeSubDomains and at least 365 days, not ${days} days and includeSubDomains: ${includeSubDomains}`,
    hint: () => 'set both, or remove preload',
  }),
  'resolve/http3-not-built': define<{ node: string; os: string; nginx: string }>({
    severity: 'error',
    fact: ({ node, os, nginx }) => `nginx ${nginx} of ${os} on node '${node}' is built without HTTP/3`,
    hint: () => "remove http3, use debian-13 or ubuntu-26.04, or set gateway.packages to 'nginx.org-stable'",
  }),
  'resolve/network-invalid': define<{ network: string }>({
    severity: 'error',
    fact: ({ network }) => `'${network}' is not a valid address range`,
    hint: () => "write a range such as '203.0.113.0/24' or '2001:db8::/48'",
  }),
  'resolve/network-not-aligned': define<{ network: string; meant: string }>({
    severity: 'error',
    fact: ({ network }) => `'${network}' is an address inside a network, not the network itself`,
    hint: ({ meant }) => `write '${meant}' for the whole network`,
  }),
  'resolve/packages-from-unused': define({
    severity: 'error',
    fact: () => 'nginx comes from the OS, so a mirror of nginx.org is never used',
    hint: () => "set packages to 'nginx.org-stable' or 'nginx.org-mainline', or remove packagesFrom",
  }),
};

/** Those of `functions.<name>.http`. */
export const functionHttpCodes = {
  'resolve/auth-function-unknown': define<{ asked: string; functions: readonly string[] }>({
    severity: 'error',
    fact: ({ asked }) => `auth asks the function '${asked}', which does not exist`,
    hint: ({ functions }) => `name one of your functions: ${alternatives(functions)}`,
  }),
  'resolve/auth-of-itself': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `'${name}' cannot decide about its own calls`,
    hint: () => 'name another function',
  }),
  'resolve/auth-ways': define<{ ways: readonly string[] }>({
    severity: 'error',
    fact: ({ ways }) =>
      ways.length === 0
        ? 'auth is set, but requires nothing'
        : `auth takes one method, but this names ${ways.join(' and ')}`,
    hint: () => 'write exactly one of passwordFile, clientCertificate and function',
  }),
  'resolve/http-name-taken': define<{ wanted: string; owner: string }>({
    severity: 'error',
    fact: ({ wanted, owner }) => `'${wanted}' is already ${owner}`,
    hint: ({ wanted }) => (wanted.startsWith('/') ? 'choose another path' : 'choose another domain'),
  }),
  'resolve/http-path-reserved': define<{ wanted: string; reserved: string }>({
    severity: 'error',
    fact: ({ wanted, reserved }) => `'${wanted}' is below ${reserved}, which is reserved`,
    hint: () => 'choose another path',
  }),
  'resolve/no-websocket': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) =>
      `WebSocket does not work for '${name}': the community edition's gateway drops the upgrade`,
    hint: () => 'set direct: true to bypass the gateway, or use http.stream for server-sent events',
  }),
};

import { define } from '../definition.ts';
import { alternatives } from '../wording.ts';

export const gatewayCodes = {
  'resolve/challenge-elsewhere': define<{ nodes: readonly string[] }>({
    severity: 'warning',
    fact: ({ nodes }) =>
      `no other node knows where ${nodes.join(', ')} is, so the authority's challenge for its certificate is lost when it comes to another one`,
    hint: () =>
      'give its address, use tls.dns or tls.files, or let the DNS lead to one node and write nginx: false on the others',
  }),
  'resolve/certificates-per-week': define<{ asking: number; limit: number }>({
    severity: 'warning',
    fact: ({ asking, limit }) =>
      `${asking} nodes each ask Let's Encrypt for a certificate of the same names, and it gives out ${limit} of them in a week`,
    hint: ({ limit }) =>
      `let nginx run on at most ${limit} nodes (nginx: false on the others), or bring one certificate to all of them with tls.files; otherwise the rest keep their placeholder for days`,
  }),
  'resolve/cdn-list-dated': define<{ title: string; asOf: string; source: string; header: string }>({
    severity: 'info',
    fact: ({ title, asOf }) =>
      `${title}'s networks are those of ${asOf}; clients that come by way of a newer one count as one client`,
    hint: ({ source, header }) =>
      `compare them with ${source} now and then; if it has others, write trustedProxies: { networks: […], header: '${header}' }`,
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
    hint: () => "name your networks: networks: ['203.0.113.0/24'], or ask for a client certificate",
  }),
  'resolve/buffer-too-large': define<{ size: string }>({
    severity: 'error',
    fact: ({ size }) => `each call would hold buffers of ${size} in memory`,
    hint: () => 'use at most 16m; the usual 16k and 32k serve answers of any length',
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
      `nginx refuses ${count} buffers of ${size} with a header buffer of ${header}: one buffer must stay free beside the largest`,
    hint: ({ enough }) => `set count to at least ${enough}, or make the header buffer smaller`,
  }),
  'resolve/certificate-setting-unused': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) => `${key} is for certificates that are issued, and tls.files names yours`,
    hint: ({ key }) => `remove ${key}, or files`,
  }),
  'resolve/certificate-sources': define<{ first: string; second: string }>({
    severity: 'error',
    fact: ({ first, second }) => `certificates cannot come from ${first} and from ${second}`,
    hint: ({ first, second }) => `remove ${first} or ${second}`,
  }),
  'resolve/client-ca-missing': define({
    severity: 'error',
    fact: () => 'nobody says which client certificates are to be let in',
    hint: () => "set gateway.tls.clientCa to the path of the authority's file on the node",
  }),
  'resolve/error-page-not-carried': define<{ problem: string }>({
    severity: 'error',
    fact: ({ problem }) => `the page ${problem}`,
    hint: () =>
      'keep it to 4,000 bytes of plain HTML without "$"; load images and styles from another address',
  }),
  'resolve/delay-over-burst': define<{ delay: number; burst: number }>({
    severity: 'error',
    fact: ({ delay, burst }) => `with a burst of ${burst} there is no request ${delay} of it that could wait`,
    hint: ({ burst }) => `write at most ${burst}, or leave delay out: then none waits`,
  }),
  'resolve/everybody-trusted': define<{ network: string }>({
    severity: 'error',
    fact: ({ network }) => `${network} lets everybody say what their address is`,
    hint: () => 'write the networks that the CDN or load balancer publishes',
  }),
  'resolve/hsts-preload': define<{ days: number; includeSubDomains: boolean }>({
    severity: 'error',
    fact: ({ days, includeSubDomains }) =>
      `browsers take a name into their list with includeSubDomains and at least 365 days, not with ${days} days and includeSubDomains: ${includeSubDomains}`,
    hint: () => 'set both, or remove preload',
  }),
  'resolve/http3-not-built': define<{ node: string; os: string; nginx: string }>({
    severity: 'error',
    fact: ({ node, os, nginx }) => `nginx ${nginx} of ${os} on node ${node} is built without HTTP/3`,
    hint: () => "remove http3, use debian-13 or ubuntu-26.04, or set gateway.packages to 'nginx.org-stable'",
  }),
  'resolve/network-invalid': define<{ network: string }>({
    severity: 'error',
    fact: ({ network }) => `'${network}' is no range of addresses`,
    hint: () => "write one such as '203.0.113.0/24' or '2001:db8::/48'",
  }),
  'resolve/network-not-aligned': define<{ network: string; meant: string }>({
    severity: 'error',
    fact: ({ network }) => `'${network}' names an address inside of a network`,
    hint: ({ meant }) => `write '${meant}' for the whole network`,
  }),
  'resolve/packages-from-unused': define({
    severity: 'error',
    fact: () => "nginx is the OS's own, so nothing is taken from a mirror of nginx.org",
    hint: () => "set packages to 'nginx.org-stable' or 'nginx.org-mainline', or remove packagesFrom",
  }),
};

/** Those of `functions.<name>.http`. */
export const functionHttpCodes = {
  'resolve/auth-function-unknown': define<{ asked: string; functions: readonly string[] }>({
    severity: 'error',
    fact: ({ asked }) => `there is no function '${asked}' to ask`,
    hint: ({ functions }) => `name one of your functions: ${alternatives(functions)}`,
  }),
  'resolve/auth-of-itself': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `'${name}' cannot be asked whether it may be called`,
    hint: () => 'name another function',
  }),
  'resolve/auth-ways': define<{ ways: readonly string[] }>({
    severity: 'error',
    fact: ({ ways }) =>
      ways.length === 0
        ? 'auth is there and asks for nothing'
        : `a function is guarded in one way, and this names ${ways.join(' and ')}`,
    hint: () => 'write one of passwordFile, clientCertificate or function',
  }),
  'resolve/http-name-taken': define<{ wanted: string; owner: string }>({
    severity: 'error',
    fact: ({ wanted, owner }) => `'${wanted}' is ${owner} already`,
    hint: () => 'write another one',
  }),
  'resolve/http-path-reserved': define<{ wanted: string; reserved: string }>({
    severity: 'error',
    fact: ({ wanted, reserved }) => `'${wanted}' lies in ${reserved}, which has its own meaning`,
    hint: () => 'write another one',
  }),
  'resolve/no-websocket': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) =>
      `'${name}' cannot be spoken to by websocket: the community edition's gateway takes the switch away`,
    hint: () =>
      'set direct: true, so that calls go past the gateway, or use http.stream for server-sent events',
  }),
};

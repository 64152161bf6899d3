import { define } from '../../diagnostics/definition.ts';

const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

const gateway = (settings: string) => ({ config: { gateway: `{ ${settings} }` } });

type Purpose = 'allowed' | 'exempt' | 'trusted';

export interface InsideParams {
  readonly network: string;
  readonly range: string;
  readonly purpose: Purpose;
}

/** Completes "the addresses of the pods, which are". */
const never: Readonly<Record<Purpose, string>> = {
  allowed: 'not let in',
  exempt: 'limited all the same',
  trusted: 'not believed',
};

const http = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', http: { ${settings} } } }` },
});

/** What `resolve` reports about networks. */
export const resolveGatewayNetworksDiagnostics = {
  'resolve/closed-and-offered': define<{ name: string; key: string }>({
    severity: 'error',
    fact: ({ name, key }) => `${key} is for calls from outside, and '${name}' is not exposed`,
    hint: ({ key }) => `remove ${key}, or write expose: true`,
    meaning: 'nginx has no location for a function that is not exposed, so the setting would do nothing.',
    example: pay("expose: false, schedule: '@daily', http: { paths: ['/pay'] }"),
  }),
  'resolve/exposure-unsaid': define<{ name: string; callers: readonly string[] }>({
    severity: 'error',
    fact: ({ name, callers }) =>
      `'${name}' is called by ${callers.join(', ')}; nothing says whether everybody on the internet may call it too`,
    hint: ({ name }) => `write expose: false to close it, or expose: true to offer it at /function/${name}`,
    meaning:
      'Most functions that a clock or another function calls are for nobody else. Left open, a stranger could run them at any time; closed without a word, callers outside would be cut off.',
    example: pay("schedule: '0 3 * * *'"),
  }),
  'resolve/nobody-calls': define<{ name: string }>({
    severity: 'warning',
    fact: ({ name }) => `nobody calls '${name}': it is not exposed, has no schedule and is in no calls`,
    hint: ({ name }) =>
      `add a schedule, name '${name}' in the calls of another function, or write expose: true`,
    meaning: 'It would run, and be paid for, without ever getting a call.',
    example: pay('expose: false'),
  }),
  'resolve/cdn-list-dated': define<{ title: string; asOf: string; source: string; header: string }>({
    severity: 'info',
    fact: ({ title, asOf }) =>
      `the list of ${title}'s networks is from ${asOf}; all clients behind a newer network count as one`,
    hint: ({ source, header }) =>
      `compare it with ${source} now and then; if networks are missing, write trustedProxies: { networks: […], header: '${header}' }`,
    meaning:
      'A CDN adds networks every few years and announces them beforehand. Fjord believes no header from a network that is not in the list: nobody gets in that way, but the limits then apply to all of its clients together.',
    example: gateway("trustedProxies: 'cloudflare'"),
  }),
  'resolve/cdn-list-closes': define<{ title: string; asOf: string; source: string }>({
    severity: 'warning',
    fact: ({ title, asOf }) => `calls from networks that ${title} adds after ${asOf} are refused`,
    hint: ({ source }) =>
      `compare the list with ${source} now and then; if it has others, write trustedProxies: { networks: […] }`,
    meaning:
      'The firewall drops what comes from elsewhere. A CDN announces new networks before it uses them. Calls from networks that are not in the list are lost.',
    example: gateway(
      "trustedProxies: 'cloudflare', reachableFrom: 'trusted-proxies', tls: { dns: { plugin: 'cloudflare', credentials: '/root/cloudflare.ini' } }",
    ),
  }),
  'resolve/challenge-port-open': define({
    severity: 'warning',
    fact: () => "port 80 stays open to everybody, because the authority's challenges come there",
    hint: () => 'use tls.dns or tls.files to close it too',
    meaning:
      'The authority looks from many places and does not say which. On port 80 nginx answers challenges and sends everything else to https; no function is called there. Port 443 is closed.',
    example: gateway("trustedProxies: { networks: ['203.0.113.0/24'] }, reachableFrom: 'trusted-proxies'"),
  }),
  'resolve/proxies-unnamed': define({
    severity: 'error',
    fact: () => 'only trusted proxies may reach the nodes, but trustedProxies names none',
    hint: () =>
      "set gateway.trustedProxies to a CDN or to { networks: ['203.0.113.0/24'] }, or remove reachableFrom",
    meaning: 'Nobody could call any function.',
    example: gateway("reachableFrom: 'trusted-proxies'"),
  }),
  'resolve/everybody-trusted': define<{ network: string }>({
    severity: 'error',
    fact: ({ network }) => `with ${network} as a trusted proxy, every client can claim any address`,
    hint: () => 'write the networks that the CDN or load balancer publishes',
    meaning:
      "Limits and logs use the caller's address. A client that can choose its address takes a new one for each call, so no limit applies to it.",
    example: gateway("trustedProxies: { networks: ['0.0.0.0/0'] }"),
  }),
  'resolve/network-invalid': define<{ network: string }>({
    severity: 'error',
    fact: ({ network }) => `'${network}' is not a valid address range`,
    hint: () => "write a range such as '203.0.113.0/24' or '2001:db8::/48'",
    meaning: 'nginx would refuse the conf, or let in clients that were not meant.',
    example: gateway("exempt: ['2001:db8::1::/64']"),
  }),
  'resolve/network-not-aligned': define<{ network: string; meant: string }>({
    severity: 'error',
    fact: ({ network }) => `'${network}' is an address inside a network, not the network itself`,
    hint: ({ meant }) => `write '${meant}' for the whole network`,
    meaning: 'It reads like one machine, but means a whole network.',
    example: gateway("exempt: ['203.0.113.7/24']"),
  }),
  'resolve/everybody-exempt': define<{ network: string }>({
    severity: 'warning',
    fact: ({ network }) =>
      `'${network}' takes the limits away from everybody on ${network.includes(':') ? 'IPv6' : 'IPv4'}`,
    hint: () => 'name the networks that you mean, or raise gateway.rateLimit and gateway.connectionLimit',
    meaning: 'Limits are what keeps a single client from taking all of the machine.',
    example: gateway("exempt: ['0.0.0.0/0']"),
  }),
  'resolve/network-mapped': define<{ network: string; meant: string }>({
    severity: 'error',
    fact: ({ network }) => `'${network}' is IPv4 written as IPv6, so no client has such an address`,
    hint: ({ meant }) => `write '${meant}'`,
    meaning: 'nginx listens on IPv4 and IPv6 apart, so an IPv4 client is never seen under an IPv6 address.',
    example: gateway("exempt: ['::ffff:c000:200/120']"),
  }),
  'resolve/network-of-pods': define<InsideParams & { readonly whose: string }>({
    severity: 'error',
    fact: ({ network, whose, range, purpose }) =>
      `'${network}' lies in ${addressesOf(whose, range)}, which are ${never[purpose]}`,
    hint: () => 'remove it; `calls` decides which function may call which',
    meaning:
      'A function reaches nginx as anybody does, by the platform’s domain. Let in by a list, any function that is taken over could call what only your own networks should.',
    example: http("networks: ['10.42.0.0/16']"),
  }),
  'resolve/node-not-kept-out': define<{ name: string }>({
    severity: 'warning',
    fact: ({ name }) => `no list of networks keeps out the pods of '${name}', whose address is not known`,
    hint: ({ name }) => `set nodes.${name}.address`,
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
  }),
  'resolve/pods-in-network': define<InsideParams & { readonly whose: readonly string[] }>({
    severity: 'warning',
    fact: ({ network, whose, range, purpose }) =>
      `'${network}' contains ${addressesOf(whose.join(' and '), range)}, which are ${never[purpose]}`,
    hint: () => 'write only the networks of those outside that you mean',
    meaning:
      'Pods come to nginx with addresses of their own range, or with that of their node. They are denied first, or left out of what is trusted, so the list means the others in that network.',
    example: gateway("admin: { networks: ['10.0.0.0/8'] }"),
  }),
};

function addressesOf(whose: string, range: string): string {
  return `the addresses of ${whose} (${range})`;
}

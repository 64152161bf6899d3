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
  allowed: 'never allowed',
  exempt: 'always limited',
  trusted: 'never trusted',
};

const http = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', http: { ${settings} } } }` },
});

/** What `resolve` reports about networks. */
export const resolveGatewayNetworksDiagnostics = {
  'resolve/proxy-named-twice': define({
    severity: 'error',
    fact: () => 'with proxyProtocol the client is not named in a header',
    hint: () => 'remove header, or remove proxyProtocol if the proxy sends the header',
    meaning: 'nginx takes the address from one place. A header would come from the client itself.',
    example: gateway(
      "trustedProxies: { networks: ['203.0.113.0/24'], proxyProtocol: true, header: 'X-Real-IP' }",
    ),
  }),
  'resolve/proxy-protocol-challenges': define({
    severity: 'error',
    fact: () => 'with the PROXY protocol on port 80, nodes cannot ask each other for challenges',
    hint: () => 'use tls.dns or tls.files, or write nginx: false on all nodes but one',
    meaning:
      'A challenge comes to any node, which asks the others over plain HTTP. nginx cannot send the PROXY protocol there, so certificates would fail by chance.',
    example: {
      config: {
        nodes: `{
  'oslo-1': { role: 'server', address: '10.0.0.1' },
  'oslo-2': { role: 'agent', address: '10.0.0.2', nginx: true },
}`,
        gateway: "{ trustedProxies: { networks: ['203.0.113.0/24'], proxyProtocol: true } }",
      },
    },
  }),
  'resolve/proxy-protocol-http3': define({
    severity: 'error',
    fact: () => 'clients of HTTP/3, which has no PROXY protocol, would all have the address of the proxy',
    hint: () => 'remove http3, or remove proxyProtocol',
    meaning: 'Limits and networks would take all clients of HTTP/3 for one.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { os: 'debian-13' } }",
        gateway:
          "{ tls: { http3: true }, trustedProxies: { networks: ['203.0.113.0/24'], proxyProtocol: true } }",
      },
    },
  }),
  'resolve/closed-and-offered': define<{ name: string; key: string }>({
    severity: 'error',
    fact: ({ name, key }) => `${key} is for calls from outside, but '${name}' is not exposed`,
    hint: ({ key }) => `remove ${key}, or write expose: true`,
    meaning: 'nginx has no location for a function that is not exposed, so the setting would do nothing.',
    example: pay("expose: false, schedule: '@daily', http: { paths: ['/pay'] }"),
  }),
  'resolve/exposure-unsaid': define<{ name: string; callers: readonly string[] }>({
    severity: 'error',
    fact: ({ name, callers }) =>
      `'${name}' is called by ${callers.join(', ')}, but the config does not say whether it is public too`,
    hint: ({ name }) =>
      `write expose: false to close it, or expose: true to make it public at /function/${name}`,
    meaning:
      'Most functions that a schedule or another function calls are not public. If Fjord opened them, strangers could run them at any time. If it closed them, callers outside could be cut off.',
    example: pay("schedule: '0 3 * * *'"),
  }),
  'resolve/nobody-calls': define<{ name: string }>({
    severity: 'warning',
    fact: ({ name }) =>
      `nothing can call '${name}': it is not exposed, has no schedule and is not in any calls`,
    hint: ({ name }) =>
      `add a schedule, name '${name}' in the calls of another function, or write expose: true`,
    meaning: 'It would run and cost money, but never get a call.',
    example: pay('expose: false'),
  }),
  'resolve/cdn-list-dated': define<{ title: string; asOf: string; source: string; header: string }>({
    severity: 'info',
    fact: ({ title, asOf }) =>
      `the list of ${title}'s networks is from ${asOf}, so all clients behind a newer network count as one`,
    hint: ({ source, header }) =>
      `compare it with ${source} now and then; if networks are missing, write trustedProxies: { networks: […], header: '${header}' }`,
    meaning:
      'A CDN adds networks every few years and announces them in advance. nginx does not trust the header from a network that is not in the list. That is safe, but all clients of that network then share one limit.',
    example: gateway("trustedProxies: 'cloudflare'"),
  }),
  'resolve/cdn-list-closes': define<{ title: string; asOf: string; source: string }>({
    severity: 'warning',
    fact: ({ title, asOf }) => `calls from networks that ${title} adds after ${asOf} are refused`,
    hint: ({ source }) =>
      `compare the list with ${source} now and then; if it has others, write trustedProxies: { networks: […] }`,
    meaning:
      'The firewall drops packets from all other addresses. A CDN announces new networks before it uses them, but calls from them are lost until they are in the list.',
    example: gateway(
      "trustedProxies: 'cloudflare', reachableFrom: 'trusted-proxies', tls: { dns: { plugin: 'cloudflare', credentials: '/root/cloudflare.ini' } }",
    ),
  }),
  'resolve/challenge-port-open': define({
    severity: 'warning',
    fact: () => "port 80 stays open to everyone, because the certificate authority's challenges use it",
    hint: () => 'use tls.dns or tls.files to close it too',
    meaning:
      'The authority uses many addresses and does not publish them. On port 80 nginx answers only challenges and redirects everything else to HTTPS; it calls no function. Port 443 is closed.',
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
      "Limits and logs use the client's address. A client that can choose its address can use a new one for each call, so no limit applies to it.",
    example: gateway("trustedProxies: { networks: ['0.0.0.0/0'] }"),
  }),
  'resolve/network-invalid': define<{ network: string }>({
    severity: 'error',
    fact: ({ network }) => `'${network}' is not a valid address range`,
    hint: () => "write a range such as '203.0.113.0/24' or '2001:db8::/48'",
    meaning: 'nginx would refuse the conf, or allow the wrong clients.',
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
      `'${network}' removes the limits for everyone on ${network.includes(':') ? 'IPv6' : 'IPv4'}`,
    hint: () => 'name the networks that you mean, or raise gateway.rateLimit and gateway.connectionLimit',
    meaning: 'Without limits, a single client can use up the whole machine.',
    example: gateway("exempt: ['0.0.0.0/0']"),
  }),
  'resolve/network-mapped': define<{ network: string; meant: string }>({
    severity: 'error',
    fact: ({ network }) => `'${network}' is IPv4 written as IPv6, so no client has such an address`,
    hint: ({ meant }) => `write '${meant}'`,
    meaning: 'nginx listens on IPv4 and IPv6 separately, so an IPv4 client never has an IPv6 address.',
    example: gateway("exempt: ['::ffff:c000:200/120']"),
  }),
  'resolve/network-of-pods': define<InsideParams & { readonly whose: string }>({
    severity: 'error',
    fact: ({ network, whose, range, purpose }) =>
      `'${network}' is within ${addressesOf(whose, range)}, which are ${never[purpose]}`,
    hint: () => 'remove it; `calls` decides which function may call which',
    meaning:
      'Functions reach nginx like any client, by the platform’s domain. If a list allowed them, a compromised function could call everything that only your own networks should.',
    example: http("networks: ['10.42.0.0/16']"),
  }),
  'resolve/node-not-kept-out': define<{ name: string }>({
    severity: 'warning',
    fact: ({ name }) =>
      `no list of networks can exclude the pods of '${name}', because its address is not known`,
    hint: ({ name }) => `set nodes.${name}.address`,
    meaning:
      'A pod that calls another node uses the address of its own node. If that address is in a list of networks, so is the pod.',
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
    hint: () => 'write only the networks outside of the cluster that you mean',
    meaning:
      'Pods come to nginx with addresses of their own range, or with that of their node. They are denied first, or not trusted, so the list applies only to the other addresses in that network.',
    example: gateway("admin: { networks: ['10.0.0.0/8'] }"),
  }),
};

function addressesOf(whose: string, range: string): string {
  return `the addresses of ${whose} (${range})`;
}

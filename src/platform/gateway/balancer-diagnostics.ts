import { define } from '../../diagnostics/definition.ts';

const balancer = (settings: string, tls = '') => `{ tls: { endedBy: 'load-balancer'${tls} }, ${settings} }`;
const inPrivate = "trustedProxies: { networks: ['10.0.1.0/24'] }";

/** What `resolve` reports about a load balancer that ends TLS. */
export const resolveGatewayBalancerDiagnostics = {
  'resolve/balancer-unnamed': define({
    severity: 'error',
    fact: () => 'a load balancer ends TLS, but trustedProxies does not name its networks',
    hint: () =>
      "add trustedProxies: { networks: ['10.0.1.0/24'] } with the addresses that the balancer calls from, or remove endedBy",
    meaning:
      'nginx then speaks plain HTTP and believes the scheme and the client that a header names. It can do so only for callers that it knows to be the balancer; all others would call in the clear.',
    example: { config: { gateway: "{ tls: { endedBy: 'load-balancer' } }" } },
  }),
  'resolve/cdn-in-the-clear': define<{ cdn: string }>({
    severity: 'error',
    fact: ({ cdn }) => `calls from '${cdn}' would cross the internet unencrypted`,
    hint: () => 'remove endedBy: a CDN speaks HTTPS to the nodes',
    meaning:
      'A CDN is far from your nodes, so passwords and data could be read on the way. All of its customers share its networks too, so any of them could claim that a call was encrypted.',
    example: { config: { gateway: balancer("trustedProxies: 'cloudflare'") } },
  }),
  'resolve/clear-from-anywhere': define({
    severity: 'error',
    fact: () => "with endedBy: 'load-balancer', only the balancer reaches the nodes",
    hint: () => "remove reachableFrom, or write 'trusted-proxies'",
    meaning:
      'Whoever bypasses the balancer speaks plain HTTP. The packet filter and nginx therefore answer only the networks of trustedProxies.',
    example: { config: { gateway: balancer(`${inPrivate}, reachableFrom: 'anywhere'`) } },
  }),
  'resolve/tls-setting-unused': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) => `tls.${key} is a setting of nginx, but the load balancer ends TLS`,
    hint: ({ key }) => `remove ${key} and set this at the balancer, or remove endedBy`,
    meaning:
      'nginx has no certificate then and sees no handshake, so the setting would have no effect. Clients’ certificates do not reach it either.',
    example: { config: { gateway: balancer(inPrivate, ", profile: 'modern'") } },
  }),
  'resolve/calls-in-the-clear': define<{ network: string }>({
    severity: 'warning',
    fact: ({ network }) => `calls from the load balancer at ${network} may cross the internet unencrypted`,
    hint: () =>
      "use the nodes' private addresses at the balancer and name its private networks, or remove endedBy and let it speak HTTPS to port 443",
    meaning:
      'Between the balancer and the nodes, calls go as plain HTTP. On a public network, somebody on the way can read and change them. If it is a network that only your provider can see, set this code to off under diagnostics and write down why.',
    example: { config: { gateway: balancer("trustedProxies: { networks: ['203.0.113.0/24'] }") } },
  }),
  'resolve/personal-data-in-the-clear': define<{ network: string }>({
    severity: 'error',
    fact: ({ network }) =>
      `calls from the load balancer at ${network} may cross the internet unencrypted, which sovereignty rules out`,
    hint: () =>
      "use the nodes' private addresses at the balancer and name its private networks, or remove endedBy and let it speak HTTPS to port 443",
    meaning:
      'sovereignty says where data may be and who may read it. Nobody can promise that of calls that cross the internet in the clear; Article 32 of the GDPR names encryption as the measure against it.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }",
        gateway: balancer("trustedProxies: { networks: ['203.0.113.0/24'] }"),
        sovereignty: "{ countries: ['NO'] }",
      },
    },
  }),
};

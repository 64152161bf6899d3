import type { functionHttpCodes, gatewayCodes } from '../codes/resolve-gateway.ts';
import type { Explanations } from './explanation.ts';

const gateway = (settings: string) => ({ config: { gateway: `{ ${settings} }` } });
const http = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', http: { ${settings} } } }` },
});

const several = `{
  'oslo-1': { role: 'server', address: '10.0.0.1' },
  'oslo-2': { role: 'agent', nginx: true },
}`;

const six = `{
  'oslo-1': { role: 'server', address: '10.0.0.1' },
${[2, 3, 4, 5, 6].map((number) => `  'oslo-${number}': { role: 'agent', address: '10.0.0.${number}', nginx: true },\n`).join('')}}`;

export const gatewayExplanations: Explanations<keyof typeof gatewayCodes | keyof typeof functionHttpCodes> = {
  'resolve/admin-open': {
    meaning:
      'Anyone who reaches the administration can deploy any image, so a password should not be its only protection.',
    example: gateway("admin: { networks: ['0.0.0.0/0'] }"),
  },
  'resolve/error-page-not-carried': {
    meaning:
      'The page is part of the nginx conf, so that it is there whenever nginx is. nginx reads at most 4,094 bytes as one text, with a backslash before each quote and line end, and takes every "$" for a variable.',
    example: gateway("errorPage: '<h1>Only $5</h1>'"),
  },
  'resolve/buffer-too-large': {
    meaning: "A handful of calls at a time would use all of the machine's memory.",
    example: gateway("buffers: { size: '1g' }"),
  },
  'resolve/buffers-too-few': {
    meaning:
      'One buffer must stay free beside the largest. Otherwise nginx does not start, so nothing answers.',
    example: gateway("buffers: { count: 2, size: '16k', header: '32k' }"),
  },
  'resolve/gateway-over-memory': {
    meaning:
      'One client can bring about the worst: every connection with half a header, every request with a body and an answer that it does not read. nginx may take a quarter of what K3s and the system leave of the memory of the smallest node that it runs on, and the kernel has a quarter of that for its sockets.',
    example: gateway("buffers: { count: 64, size: '1m' }"),
  },
  'resolve/certificate-setting-unused': {
    meaning: 'No certificate is issued, so the setting would have no effect.',
    example: gateway(
      "tls: { files: { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' }, email: 'ops@example.no' }",
    ),
  },
  'resolve/certificate-sources': {
    meaning: 'nginx serves one certificate for each name, so there can be only one source.',
    example: gateway(
      "tls: { issuer: 'letsencrypt', files: { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' } }",
    ),
  },
  'resolve/cdn-list-dated': {
    meaning:
      'A CDN adds networks every few years and announces them beforehand. Fjord believes no header from a network that is not in the list: nobody gets in that way, but the limits then apply to all of its clients together.',
    example: gateway("trustedProxies: 'cloudflare'"),
  },
  'resolve/cdn-list-closes': {
    meaning:
      'The firewall drops what comes from elsewhere. A CDN announces new networks before it uses them; whoever does not add them loses the calls that come that way.',
    example: gateway(
      "trustedProxies: 'cloudflare', reachableFrom: 'trusted-proxies', tls: { dns: { plugin: 'cloudflare', credentials: '/root/cloudflare.ini' } }",
    ),
  },
  'resolve/challenge-port-open': {
    meaning:
      'The authority looks from many places and does not say which. On port 80 nginx answers challenges and sends everything else to https; no function is called there. Port 443 is closed.',
    example: gateway("trustedProxies: { networks: ['203.0.113.0/24'] }, reachableFrom: 'trusted-proxies'"),
  },
  'resolve/proxies-unnamed': {
    meaning: 'Nobody could call any function.',
    example: gateway("reachableFrom: 'trusted-proxies'"),
  },
  'resolve/certificates-per-week': {
    meaning:
      "Each node has its own key and certificate, and Let's Encrypt counts certificates for the same names, however they are proved. The sixth node gets one after 34 hours and serves a placeholder until then; a node that is made again asks again.",
    example: { config: { nodes: six } },
  },
  'resolve/challenge-elsewhere': {
    meaning:
      'The authority sends its challenge to an address from the DNS. A node that cannot answer asks the other nodes with nginx, at their addresses; a node without an address is not asked and keeps its placeholder certificate.',
    example: { config: { nodes: several } },
  },
  'resolve/client-ca-missing': {
    meaning: 'nginx can check client certificates only against an authority that it knows.',
    example: gateway('admin: { clientCertificate: true }'),
  },
  'resolve/delay-over-burst': {
    meaning: 'nginx would accept the number, but never make a request wait.',
    example: gateway('rateLimit: { burst: 10, delay: 20 }'),
  },
  'resolve/everybody-trusted': {
    meaning:
      "Limits and logs use the caller's address. A client that can choose its address takes a new one for each call, so no limit applies to it.",
    example: gateway("trustedProxies: { networks: ['0.0.0.0/0'] }"),
  },
  'resolve/hsts-preload': {
    meaning:
      'Otherwise the preload lists of browsers refuse the name, and the header promises something that is not true.',
    example: gateway('tls: { hsts: { days: 30, preload: true } }'),
  },
  'resolve/http3-not-built': {
    meaning: 'nginx would refuse the whole conf because of one unknown directive.',
    example: gateway('tls: { http3: true }'),
  },
  'resolve/network-invalid': {
    meaning: 'nginx would refuse the conf, or let in clients that were not meant.',
    example: gateway("exempt: ['2001:db8::1::/64']"),
  },
  'resolve/network-not-aligned': {
    meaning: 'It reads like one machine, but means a whole network.',
    example: gateway("exempt: ['203.0.113.7/24']"),
  },
  'resolve/packages-from-unused': {
    meaning: 'The setting would have no effect, although the config looks as if the mirror were used.',
    example: gateway("packagesFrom: 'https://mirror.example.no/nginx'"),
  },
  'resolve/auth-function-unknown': {
    meaning: 'Every call would be refused, because there is no function to ask.',
    example: http("auth: { function: 'login' }"),
  },
  'resolve/auth-of-itself': {
    meaning: 'To ask the function, nginx would need a permission that only the function can give.',
    example: http("auth: { function: 'pay' }"),
  },
  'resolve/auth-ways': {
    meaning: 'With two methods it would not be clear whether a caller must pass one or both.',
    example: http("auth: { passwordFile: '/etc/nginx/pay.htpasswd', clientCertificate: true }"),
  },
  'resolve/http-name-taken': {
    meaning: 'One name or path leads to one function.',
    example: http("domains: ['functions.example.no']"),
  },
  'resolve/http-path-reserved': {
    meaning: 'Another part of the platform answers below this path.',
    example: http("paths: ['/system/pay']"),
  },
  'resolve/no-websocket': {
    meaning: 'The connection would open and then stay silent.',
    example: http('websocket: true'),
  },
};

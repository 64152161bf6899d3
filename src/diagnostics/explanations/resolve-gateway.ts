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
      'Whoever reaches the administration can deploy any image. A password alone should not be all that stands before it.',
    example: gateway("admin: { networks: ['0.0.0.0/0'] }"),
  },
  'resolve/error-page-not-carried': {
    meaning:
      'The page is part of the nginx conf, so that it is there whenever nginx is. nginx reads at most 4,094 bytes as one text, with a backslash before each quote and line end, and takes every "$" for a variable.',
    example: gateway("errorPage: '<h1>Only $5</h1>'"),
  },
  'resolve/buffer-too-large': {
    meaning: 'A handful of calls at a time would take all of the memory of the machine.',
    example: gateway("buffers: { size: '1g' }"),
  },
  'resolve/buffers-too-few': {
    meaning: 'nginx does not start with such buffers, and then nothing answers.',
    example: gateway("buffers: { count: 2, size: '16k', header: '32k' }"),
  },
  'resolve/gateway-over-memory': {
    meaning:
      'One client can bring about the worst: every connection with half a header, every request with a body and an answer that it does not read. nginx may take a quarter of what K3s and the system leave of the memory of the smallest node that it runs on, and the kernel has a quarter of that for its sockets.',
    example: gateway("buffers: { count: 64, size: '1m' }"),
  },
  'resolve/certificate-setting-unused': {
    meaning: 'Nothing is issued, so the setting would do nothing.',
    example: gateway(
      "tls: { files: { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' }, email: 'ops@example.no' }",
    ),
  },
  'resolve/certificate-sources': {
    meaning: 'One name is served with one certificate.',
    example: gateway(
      "tls: { issuer: 'letsencrypt', files: { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' } }",
    ),
  },
  'resolve/cdn-list-dated': {
    meaning:
      'A CDN adds networks every few years and says so beforehand. From one that is not in the list no header is believed: nothing is let in by it, but the limits then hold for all of its clients together.',
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
      "Each node has a key and a certificate of its own, and Let's Encrypt counts certificates for the same names, however they are proved. The sixth node is given one after 34 hours, and a node that is made anew asks again.",
    example: { config: { nodes: six } },
  },
  'resolve/challenge-elsewhere': {
    meaning:
      'The authority asks the address that the DNS gives it. A node that does not have the answer asks the other nodes with nginx, at their addresses; one without an address is not asked, and keeps its placeholder.',
    example: { config: { nodes: several } },
  },
  'resolve/client-ca-missing': {
    meaning: 'nginx can only ask for certificates of an authority that it knows.',
    example: gateway('admin: { clientCertificate: true }'),
  },
  'resolve/delay-over-burst': {
    meaning: 'nginx would take the number and never make a request wait.',
    example: gateway('rateLimit: { burst: 10, delay: 20 }'),
  },
  'resolve/everybody-trusted': {
    meaning:
      "Limits and logs go by the caller's address. Who may say it themselves has a new one for each call, and no limit.",
    example: gateway("trustedProxies: { networks: ['0.0.0.0/0'] }"),
  },
  'resolve/hsts-preload': {
    meaning: "Browsers' lists refuse the name otherwise, and the header would promise what is not so.",
    example: gateway('tls: { hsts: { days: 30, preload: true } }'),
  },
  'resolve/http3-not-built': {
    meaning: 'nginx would refuse the whole conf over one unknown directive.',
    example: gateway('tls: { http3: true }'),
  },
  'resolve/network-invalid': {
    meaning: 'nginx would refuse the conf, or let in others than were meant.',
    example: gateway("exempt: ['2001:db8::1::/64']"),
  },
  'resolve/network-not-aligned': {
    meaning: 'It reads like one machine and means a whole network.',
    example: gateway("exempt: ['203.0.113.7/24']"),
  },
  'resolve/packages-from-unused': {
    meaning: 'The mirror would never be asked, and whoever wrote it believes that it is.',
    example: gateway("packagesFrom: 'https://mirror.example.no/nginx'"),
  },
  'resolve/auth-function-unknown': {
    meaning: 'Each call would be refused, since nobody could be asked.',
    example: http("auth: { function: 'login' }"),
  },
  'resolve/auth-of-itself': {
    meaning: 'Asking it would need a permission that only it could give.',
    example: http("auth: { function: 'pay' }"),
  },
  'resolve/auth-ways': {
    meaning: 'With two ways it would not be clear whether one or both must be passed.',
    example: http("auth: { passwordFile: '/etc/nginx/pay.htpasswd', clientCertificate: true }"),
  },
  'resolve/http-name-taken': {
    meaning: 'One name or path leads to one function.',
    example: http("domains: ['functions.example.no']"),
  },
  'resolve/http-path-reserved': {
    meaning: 'The path would be answered by something else, or take it away from there.',
    example: http("paths: ['/system/pay']"),
  },
  'resolve/no-websocket': {
    meaning: 'The connection would be made and then say nothing.',
    example: http('websocket: true'),
  },
};

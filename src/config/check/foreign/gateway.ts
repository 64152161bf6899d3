import { type ForeignKey, foreignRows } from './foreign-key.ts';

const ofFunction = (settings: string) => `write it on each function: http: { ${settings} }`;

/** Keys of nginx' own settings, as other proxies and platforms call them. Directives of nginx are in `nginx.ts`. */
export const foreignGatewayKeys: Readonly<Record<string, ForeignKey>> = {
  ...foreignRows('gateway', 'check/foreign-key', {
    certificate: "write tls: { files: { certificate: '/…', key: '/…' } }",
    cert: "write tls: { files: { certificate: '/…', key: '/…' } }",
    letsencrypt: "write tls: { issuer: 'letsencrypt', email: '…' }",
    acme: "write tls: { issuer: 'letsencrypt', email: '…' }",
    email: "write tls: { email: '…' }",
    hsts: 'write tls: { hsts: … }',
    http3: 'write tls: { http3: true }',
    timeout: "write timeout on each function; nginx' timeouts follow from them",
    timeouts: "write timeout on each function; nginx' timeouts follow from them",
    domains: "write aliases: ['…'], or http: { domains: ['…'] } on a function",
    cors: ofFunction("cors: { origins: ['…'] }"),
    websockets: ofFunction('websocket: true'),
    websocket: ofFunction('websocket: true'),
    auth: ofFunction("auth: { passwordFile: '/…' }"),
    paths: ofFunction("paths: ['/…']"),
    networks: "write reachableFrom, admin: { networks: ['…'] }, or http: { networks: ['…'] } on a function",
    whitelist: "write http: { networks: ['…'] } on each function that only some may call",
  }),
};

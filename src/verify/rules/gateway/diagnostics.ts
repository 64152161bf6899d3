import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const path = 'nginx/openfaas.conf';

const script = 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply';

/** Where a node can get nginx. */
type NginxPlace = 'its OS' | 'nginx.org';

/** What `verify` reports about the gateway: where nginx comes from, and where it leads. */
export const verifyGatewayDiagnostics = {
  'verify/proxy-protocol-differs': define<{ socket: string; wanted: boolean }>({
    severity: 'error',
    fact: ({ socket, wanted }) =>
      wanted
        ? `a server on ${socket} does not read the PROXY protocol, which names the clients`
        : `a server on ${socket} expects the PROXY protocol, but addresses come from elsewhere`,
    hint: compileAgain,
    meaning:
      'nginx expects the PROXY protocol on a socket as a whole. If sockets and addresses do not agree, connections are refused, or every client has the address of the proxy.',
    example: {
      config: { gateway: "{ trustedProxies: { networks: ['203.0.113.0/24'], proxyProtocol: true } }" },
      dist: { path: 'nginx/openfaas.conf', from: 'listen 80 proxy_protocol;', to: 'listen 80;' },
    },
  }),
  'verify/closed-function-open': define<{ name: string; location: string }>({
    severity: 'error',
    fact: ({ name, location }) =>
      `nginx's location "${location}" leads to the function ${name}, which the lock file says is not exposed`,
    hint: compileAgain,
    meaning: 'Anyone on the internet could run what is meant only for a clock or for other functions.',
    example: {
      config: {
        functions: "{ report: { image: 'ghcr.io/acme/report:1', schedule: '@daily', expose: false } }",
      },
      dist: {
        path,
        from: '    location = /healthz {',
        to: '    location /function/ {\n        proxy_pass http://openfaas_gateway;\n    }\n    location = /healthz {',
      },
    },
  }),
  'verify/nginx-not-installed': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `nginx is not among the packages of ${node}`,
    hint: compileAgain,
    meaning: 'The script enables a service that is not there, and fails. Nobody listens on 80 and 443.',
    example: { dist: { path: script, from: ' nginx openssl', to: ' openssl' } },
  }),
  'verify/nginx-from-two-places': define<{ node: string; wanted: NginxPlace; other: NginxPlace }>({
    severity: 'error',
    fact: ({ node, wanted, other }) =>
      `${node} can get nginx from ${other}, but the lock file says from ${wanted}`,
    hint: compileAgain,
    meaning: 'The conf is written for one version of nginx, which the version from another place may refuse.',
    example: {
      config: { gateway: "{ packages: 'nginx.org-stable' }" },
      dist: { path: script, from: 'nftables openssl', to: 'nftables nginx openssl' },
    },
  }),
  'verify/nginx-source-differs': define<{ node: string; line: string }>({
    severity: 'error',
    fact: ({ node, line }) => `the source of nginx's packages on ${node} does not have the line "${line}"`,
    hint: compileAgain,
    meaning:
      'apt would install an nginx from another archive, for another release of the OS, or without checking its signature.',
    example: {
      config: { gateway: "{ packages: 'nginx.org-stable' }" },
      dist: { path: script, from: 'Signed-By: ', to: 'Trusted: yes\n# ' },
    },
  }),
  'verify/nginx-key-not-checked': define<{ node: string; key: string }>({
    severity: 'error',
    fact: ({ node, key }) => `${node} does not check nginx's packages against the key ${key}`,
    hint: compileAgain,
    meaning: "A package that is not checked against nginx.org's keys could come from anyone.",
    example: {
      config: { gateway: "{ packages: 'nginx.org-stable' }" },
      dist: {
        path: 'nodes/oslo-1/apply.sh',
        from: '8540A6F18833A80E9C1653A42FD21310B49F6B46',
        to: '0000000000000000000000000000000000000000',
      },
    },
  }),
  'verify/pods-let-in': define<{ directive: string; range: string }>({
    severity: 'error',
    fact: ({ directive, range }) => `nginx's "${directive}" holds for pods too, which come from ${range}`,
    hint: compileAgain,
    meaning:
      'A function that is taken over would pass for one of your own networks: past a list of who may call, past the limits, or with an address that it makes up.',
    example: {
      config: { gateway: "{ admin: { networks: ['10.0.0.0/8'] } }" },
      dist: { path, from: 'deny 10.42.0.0/16;', to: '' },
    },
  }),
  'verify/leads-elsewhere': define<{ location: string; target: string }>({
    severity: 'error',
    fact: ({ location, target }) => `${location} leads to ${target}, which is not the function of that name`,
    hint: compileAgain,
    meaning:
      "Behind the gateway's address are its administration, its metrics and every function. A location or a Service that leads past its own function opens one of these to anyone who asks.",
    example: {
      dist: {
        path: 'manifests/60-functions.yaml',
        from: '  selector:\n    faas_function: pay\n  type',
        to: '  selector:\n    faas_function: other\n  type',
      },
    },
  }),
  'verify/upstream-is-no-service': define<{ upstream: string; server: string; services: readonly string[] }>({
    severity: 'error',
    fact: ({ upstream, server, services }) =>
      `nginx's upstream ${upstream} sends to ${server}, but Services with a fixed address are at ${services.join(', ') || 'no address'}`,
    hint: compileAgain,
    meaning: 'nginx would send every call to an address where nothing listens.',
    example: { dist: { path, from: '10.43.0.80:8080', to: '10.43.0.81:8080' } },
  }),
  'verify/proxy-to-nowhere': define<{ target: string }>({
    severity: 'error',
    fact: ({ target }) => `nginx passes requests to ${target}, which is not a declared upstream`,
    hint: compileAgain,
    meaning: 'nginx would send calls past its upstreams, to something that nobody has checked.',
    example: {
      dist: {
        path,
        from: 'proxy_pass http://openfaas_gateway',
        to: 'proxy_pass http://127.0.0.1:8080',
      },
    },
  }),
  'verify/port-taken': define<{ port: number; by: string }>({
    severity: 'error',
    fact: ({ port, by }) => `${by} takes port ${port} away from nginx`,
    hint: compileAgain,
    meaning: 'Kubernetes would take the port by address translation, before nginx sees a packet.',
    example: {
      dist: { path: script, from: '  - traefik\n', to: '' },
    },
  }),
};

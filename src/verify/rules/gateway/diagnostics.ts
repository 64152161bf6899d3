import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const nodes = `{
  'oslo-1': { role: 'server', address: '10.0.0.1' },
  'oslo-2': { role: 'agent', address: '10.0.0.2', nginx: true },
}`;

const path = 'nginx/openfaas.conf';

const nginx = 'nginx/openfaas.conf';

/** What `verify` reports about the gateway. */
export const verifyGatewayDiagnostics = {
  'verify/challenge-not-passed-on': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `nginx does not ask ${node} for challenges that it cannot answer itself`,
    hint: compileAgain,
    meaning:
      'A challenge for this node that reaches another node would be lost, so this node would keep its placeholder certificate.',
    example: { config: { nodes }, dist: { path, from: '    server 10.0.0.2:80 max_fails=0;', to: '' } },
  }),
  'verify/challenges-in-circles': define<{ host: string }>({
    severity: 'error',
    fact: ({ host }) =>
      `nginx passes challenges on for host ${host}, which no server answers, so they could loop`,
    hint: compileAgain,
    meaning: 'Each node would ask all of the others again, so a single request would occupy them all.',
    example: {
      config: { nodes },
      dist: { path, from: 'proxy_set_header Host challenges.invalid', to: 'proxy_set_header Host $host' },
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
  'verify/nginx-not-installed': define<{ node: string; problem: string }>({
    severity: 'error',
    fact: ({ node, problem }) => `the nginx of ${node} ${problem}`,
    hint: compileAgain,
    meaning:
      "The conf is written for one version of nginx, which another version may refuse. A package that is not checked against nginx.org's keys could come from anyone.",
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
  'verify/upstream-is-no-node': define<{ server: string; nodes: readonly string[] }>({
    severity: 'error',
    fact: ({ server, nodes }) =>
      `nginx asks ${server} for challenges, but the nodes with nginx are at ${nodes.join(', ') || 'no known address'}`,
    hint: compileAgain,
    meaning: 'nginx would ask a stranger for a challenge, and so for the proof that the domain is yours.',
    example: { config: { nodes }, dist: { path, from: '10.0.0.2:80', to: '203.0.113.9:80' } },
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
  'verify/memory-unbounded': define<{ problem: string }>({
    severity: 'error',
    fact: ({ problem }) => problem,
    hint: compileAgain,
    meaning:
      "One client that fills each of nginx's buffers would take the memory of the whole node, and K3s and the functions with it. What the conf allows fits in what systemd lets nginx have.",
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'proxy_buffers 8 16k',
        to: 'proxy_buffers 1024 16k',
      },
    },
  }),
  'verify/limits-out-of-order': define<{ node: string; problem: string }>({
    severity: 'error',
    fact: ({ node, problem }) => `${node}: ${problem}`,
    hint: compileAgain,
    meaning: 'The part with the smaller limit turns callers away while the others still have room.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'keepalive 672;',
        to: 'keepalive 100000;',
      },
    },
  }),
  'verify/certificate-not-made': define<{ node: string; file: string }>({
    severity: 'error',
    fact: ({ node, file }) => `${node}: nginx reads ${file}, which no script of the node creates`,
    hint: compileAgain,
    meaning: 'nginx does not start if one of the certificates that it names is missing.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'privkey.pem;',
        to: 'key.pem;',
      },
    },
  }),
  'verify/upstream-is-no-service': define<{ upstream: string; server: string; services: readonly string[] }>({
    severity: 'error',
    fact: ({ upstream, server, services }) =>
      `nginx's upstream ${upstream} sends to ${server}, but Services with a fixed address are at ${services.join(', ') || 'no address'}`,
    hint: compileAgain,
    meaning: 'nginx would send every call to an address where nothing listens.',
    example: { dist: { path: nginx, from: '10.43.0.80:8080', to: '10.43.0.81:8080' } },
  }),
  'verify/proxy-to-nowhere': define<{ target: string }>({
    severity: 'error',
    fact: ({ target }) => `nginx passes requests to ${target}, which is not a declared upstream`,
    hint: compileAgain,
    meaning: 'nginx would send calls past its upstreams, to something that nobody has checked.',
    example: {
      dist: {
        path: nginx,
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
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: '  - traefik\n',
        to: '',
      },
    },
  }),
  'verify/durations-out-of-order': define<{ shorter: string; longer: string }>({
    severity: 'error',
    fact: ({ shorter, longer }) => `${shorter} is not shorter than ${longer}`,
    hint: compileAgain,
    meaning: 'A hop that gives up before the hop behind it reports a failure that did not happen.',
    example: { dist: { path: nginx, from: 'proxy_read_timeout ', to: 'proxy_read_timeout 1s; # ' } },
  }),
  'verify/stop-cuts-calls': define<{
    node: string;
    call: number;
    workers: number;
    unit: number;
    systemd: number;
  }>({
    severity: 'error',
    fact: ({ node, call, workers, unit, systemd }) =>
      `a call may take ${call}s on ${node}, but when nginx stops, its workers wait ${workers}s, its unit ${unit}s and systemd ${systemd}s`,
    hint: compileAgain,
    meaning:
      'nginx stops when it is updated and when its node restarts. Each must wait for the one before it: call, workers, unit, systemd.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/etc/systemd/system/nginx.service.d/fjord.conf',
        from: 'TimeoutStopSec=',
        to: 'TimeoutStopSec=1\n#',
      },
    },
  }),
  'verify/certificate-of-other-names': define<{ node: string; asked: string; served: string }>({
    severity: 'error',
    fact: ({ node, asked, served }) =>
      `the certificates of ${node} are for ${asked}, but nginx serves ${served}`,
    hint: compileAgain,
    meaning: 'Browsers refuse a certificate that is not for the name that they called.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/openfaas-tls',
        from: 'domains=(',
        to: 'domains=(www.',
      },
    },
  }),
  'verify/challenge-not-served': define<{ node: string; webroot: string; roots: string }>({
    severity: 'error',
    fact: ({ node, webroot, roots }) =>
      `certbot on ${node} puts challenges into ${webroot}, but nginx looks in ${roots}`,
    hint: compileAgain,
    meaning: 'The certificate authority would not find the challenge, so there would be no certificate.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/openfaas-tls',
        from: '--webroot-path /var/www/letsencrypt',
        to: '--webroot-path /var/www/html',
      },
    },
  }),
};

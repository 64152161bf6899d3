import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const nginx = 'nginx/openfaas.conf';

const script = 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply';

/** An amount, by the name that it has where it is set. */
export interface Limit {
  readonly name: string;
  readonly value: number;
}

/** What `verify` reports about the gateway's limits: memory, files, connections and time. */
export const verifyGatewayLimitsDiagnostics = {
  'verify/memory-unbounded': define<{ node: string; worst: number; limit: number }>({
    severity: 'error',
    fact: ({ node, worst, limit }) =>
      `clients can make nginx take ${worst} bytes on ${node}, but systemd ends it at ${limit}`,
    hint: compileAgain,
    meaning:
      "systemd ends nginx, and with it every call, when clients fill its buffers. With each connection and each request at its largest, nginx's conf must fit in that limit.",
    example: { dist: { path: script, from: 'proxy_buffers 8 16k', to: 'proxy_buffers 1024 16k' } },
  }),
  'verify/memory-limit-missing': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `systemd does not limit the memory of nginx on ${node}`,
    hint: compileAgain,
    meaning:
      "One client that fills each of nginx's buffers would take the memory of the whole node, and K3s and the functions with it.",
    example: { dist: { path: script, from: 'MemoryMax=', to: 'MemoryMax=infinity\n#' } },
  }),
  'verify/memory-limit-too-high': define<{ node: string; limit: number; memory: number }>({
    severity: 'error',
    fact: ({ node, limit, memory }) =>
      `systemd lets nginx have ${limit} of the ${memory} bytes of ${node}, which is more than half`,
    hint: compileAgain,
    meaning: 'K3s and the functions need the other half. Under load nginx would take it from them.',
    example: { dist: { path: script, from: 'MemoryMax=', to: 'MemoryMax=99' } },
  }),
  'verify/requests-unbounded': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `nothing bounds how many requests nginx on ${node} has under way`,
    hint: compileAgain,
    meaning:
      'Each request under way holds buffers. Without a limit_conn that counts those of all clients together, no amount of memory is enough.',
    example: {
      dist: {
        path: script,
        from: 'limit_conn_zone all zone=openfaas_requests',
        to: 'limit_conn_zone $binary_remote_addr zone=openfaas_requests',
      },
    },
  }),
  'verify/limits-out-of-order': define<{ node: string; smaller: Limit; larger: Limit }>({
    severity: 'error',
    fact: ({ node, smaller, larger }) =>
      `on ${node}, ${smaller.name} (${smaller.value}) is less than ${larger.name} (${larger.value})`,
    hint: compileAgain,
    meaning: 'The part with the smaller limit turns callers away while the others still have room.',
    example: { dist: { path: script, from: 'keepalive 672;', to: 'keepalive 100000;' } },
  }),
  'verify/worker-files-not-set': define<{ node: string; connections: number }>({
    severity: 'error',
    fact: ({ node, connections }) =>
      `on ${node}, nginx has ${connections} worker_connections, but worker_rlimit_nofile is not set`,
    hint: compileAgain,
    meaning:
      "Each call takes two files of a worker. Without a limit of its own, a worker has the system's, which may be less than its connections need.",
    example: { dist: { path: script, from: 'worker_rlimit_nofile', to: '# worker_rlimit_nofile' } },
  }),
  'verify/kernel-files-too-few': define<{ node: string; key: string; value: string; needed: number }>({
    severity: 'error',
    fact: ({ node, key, value, needed }) =>
      `on ${node}, ${key} is ${value}, but a service there may open ${needed} files`,
    hint: () =>
      'raise it in `kernel.sysctl`, or remove it there; if the config does not set it, run fjord synth again',
    meaning:
      'The kernel refuses a process more open files than this, so the service that asks for them does not start.',
    example: {
      dist: {
        path: script,
        from: 'net.core.somaxconn = ',
        to: 'fs.nr_open = 1024\nnet.core.somaxconn = ',
      },
    },
  }),
  'verify/async-body-too-large': define<{ node: string; location: string; size?: string; queued: number }>({
    severity: 'error',
    fact: ({ node, location, size, queued }) =>
      `on ${node}, "${location}" takes bodies of ${size ?? 'the usual size'}, but the queue takes ${queued} bytes`,
    hint: compileAgain,
    meaning:
      'The gateway reads the whole body before the queue refuses it, so large bodies would take its memory for calls that never run.',
    example: {
      config: {
        openfaas: "{ licence: 'personal', startCheck: 'accepted', async: true }",
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', async: true } }",
      },
      dist: { path: script, from: 'client_max_body_size 250k;', to: 'client_max_body_size 50m;' },
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
        from: 'SIGVTALRM\nTimeoutStopSec=',
        to: 'SIGVTALRM\nTimeoutStopSec=1\n#',
      },
    },
  }),
  'verify/restart-closes-ports': define<{ node: string; key: string; value: string; expected: string }>({
    severity: 'error',
    fact: ({ node, key, value, expected }) =>
      `a restart of nginx on ${node} would lose calls: its unit has ${key}=${value}, not ${expected}`,
    hint: compileAgain,
    meaning: `By itself, nginx closes its ports when it stops, and its unit waits until the longest call has ended before it opens them again. Updates of the OS's package restart nginx, as people do. fjord-nginx has a second nginx take over the sockets instead, if it both starts and stops nginx and systemd ends nothing else.`,
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/etc/systemd/system/nginx.service.d/fjord.conf',
        from: 'KillMode=process',
        to: 'KillMode=mixed',
      },
    },
  }),
};

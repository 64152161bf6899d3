import type { ComponentContainer } from './component.ts';

/**
 * Arguments of curl that wait until an address answers, and send nothing that has an effect. The packet filters of the
 * nodes know a new pod's address only a moment after it has started: what it sends before that is refused.
 *
 * @param seconds how long at most
 * @param answer whether an answer must be one of success
 */
export function untilReached(url: string, seconds: number, answer: 'success' | 'any'): string[] {
  return [
    ...(answer === 'success' ? ['--fail'] : []),
    ...['--fail-early', '--silent', '--show-error', '--output', '/dev/null'],
    ...['--connect-timeout', '2', '--max-time', '5'],
    ...['--retry', String(seconds), '--retry-delay', '1', '--retry-max-time', String(seconds)],
    ...['--retry-all-errors', url],
  ];
}

/** Kubernetes' API as a pod with an account sees it. Without a token K3s answers 401, which is an answer too. */
const api = [
  ...['--cacert', '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt'],
  ...untilReached('https://kubernetes.default.svc/version', 300, 'any'),
];

/**
 * NATS as its clients see it. To what is none of its commands it answers with its greeting and an error, and hangs up; to
 * curl, that is an answer of HTTP 0.9. By `telnet:` curl would wait for an end that never comes.
 */
function queue(server: string): string[] {
  return ['--http0.9', ...untilReached(`http://${server}`, 300, 'any')];
}

/** Needs of a pod's containers at their start: without them they end. */
export interface Needed {
  /** Kubernetes' API. */
  readonly api: boolean;
  /** `host:port` of NATS. */
  readonly queue: string | undefined;
}

/** A container that runs before those of its pod, and ends once all that they need can be reached. */
export function reached(image: string, { api: needsApi, queue: server }: Needed): ComponentContainer {
  const waits = [...(needsApi ? [api] : []), ...(server === undefined ? [] : [queue(server)])];
  return {
    name: 'reached',
    image,
    command: ['curl'],
    args: waits.flatMap((wait, index) => (index === 0 ? wait : ['--next', ...wait])),
    requests: { cpu: '10m', memory: '16Mi' },
    memoryLimit: '64Mi',
    diskLimit: '64Mi',
  };
}

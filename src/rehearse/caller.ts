import type { Platform } from '../platform/platform.ts';

/** One who calls a function again and again. */
export interface Caller {
  /** The function, and the node if there are several: `pay@oslo-1`. */
  readonly name: string;
  readonly function: string;
  readonly node: string;
  /** `https` as a customer, or on the node at the gateway, as its nginx does. */
  readonly way: 'https' | 'gateway';
  /** Milliseconds between two calls. */
  readonly every: number;
  /** Milliseconds after which a call is lost. */
  readonly timeout: number;
  readonly domain: string;
  readonly address: string;
  readonly port: number;
  readonly path: string;
  /** The address that it calls from. */
  readonly source: string | undefined;
}

/** A call that takes longer is lost, whatever the function may take. */
const longestWait = 15_000;

/**
 * The callers of a platform: one per function and node with nginx, with an address of its own. A function that customers
 * cannot call without more (not exposed, credentials, networks, a load balancer before it) is called at the gateway.
 */
export function callersOf(platform: Platform, addresses: ReadonlyMap<string, string>): Caller[] {
  const { gateway, openfaas, domain } = platform;
  const fronts = platform.nodes.filter(({ nginx }) => nginx);
  const closed =
    gateway.reachableFrom !== undefined || gateway.trustedProxies !== undefined || fronts.length === 0;
  return platform.functions
    .flatMap((one) => {
      const isOpen =
        !closed && one.exposed && one.http.auth === undefined && one.http.networks.networks.length === 0;
      const nodes = isOpen ? fronts : platform.nodes.filter(({ first }) => first);
      const rate = callRate(
        one.replicas.rate,
        isOpen ? (one.http.rateLimit ?? gateway.rateLimit).rate : undefined,
      );
      return nodes.map(({ name: node }): Omit<Caller, 'source'> & { source: undefined } => ({
        name: nodes.length > 1 ? `${one.name}@${node}` : one.name,
        function: one.name,
        node,
        way: isOpen ? 'https' : 'gateway',
        every: Math.round((1000 * nodes.length) / rate),
        timeout: Math.min(one.timeout + 2000, longestWait),
        domain: one.http.domains.find((name) => !name.startsWith('*')) ?? domain,
        address: isOpen ? (addresses.get(node) ?? '') : openfaas.address,
        port: isOpen ? 443 : openfaas.port,
        path: `/function/${one.name}`,
        source: undefined,
      }));
    })
    .map((caller, index) => ({
      ...caller,
      source: sourceOf(caller.way, index),
    }));
}

/** Calls a second: what the function is declared for and what a client may, but no more than 10 and no less than 1. */
export function callRate(declared: number, limit: string | undefined): number {
  const allowed =
    limit === undefined ? declared : Number.parseInt(limit, 10) / (limit.endsWith('m') ? 60 : 1);
  return Math.max(1, Math.min(10, declared, allowed));
}

/** Who calls before a change, during it and after it. */
export interface CallersAcross {
  /** Until the change. Those that are in `during` as well go on undisturbed. */
  readonly before: readonly Caller[];
  /** Those of functions that both configs have, and that are called in the same way. */
  readonly during: readonly Caller[];
  readonly after: readonly Caller[];
}

/** Callers of functions that both configs have call as slowly, and wait as long, as one of the two says. */
export function callersAcross(old: readonly Caller[], to: readonly Caller[]): CallersAcross {
  const during: Caller[] = [];
  const before: Caller[] = [];
  const others = new Map(to.map((caller) => [wayOf(caller), caller]));
  for (const caller of old) {
    const other = others.get(wayOf(caller));
    if (other === undefined) {
      before.push(caller);
      continue;
    }
    others.delete(wayOf(caller));
    const { every, timeout } = other;
    during.push({
      ...caller,
      every: Math.max(every, caller.every),
      timeout: Math.max(timeout, caller.timeout),
    });
  }
  const coming = [...others.values()].map((caller, index) => ({
    ...caller,
    source: sourceOf(caller.way, old.length + index),
  }));
  return { before: [...during, ...before], during, after: [...during, ...coming] };
}

function wayOf({ name, way, domain, address, port, path }: Caller): string {
  return JSON.stringify([name, way, domain, address, port, path]);
}

/** Each customer has an address of its own, as far as they go. */
function sourceOf(way: Caller['way'], index: number): string | undefined {
  return way === 'https' ? `198.51.100.${1 + (index % 250)}` : undefined;
}

import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Platform } from '../platform/platform.ts';
import { spawnBound } from './bound.ts';
import { type Call, readCalls } from './losses.ts';
import type { Machine } from './machine.ts';
import type { World } from './world.ts';

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

const script = fileURLToPath(new URL('../../rehearsal/world/callers.mjs', import.meta.url));

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
      source: caller.way === 'https' ? `198.51.100.${1 + (index % 250)}` : undefined,
    }));
}

/** Calls a second: what the function is declared for and what a client may, but no more than 10 and no less than 1. */
export function callRate(declared: number, limit: string | undefined): number {
  const allowed =
    limit === undefined ? declared : Number.parseInt(limit, 10) / (limit.endsWith('m') ? 60 : 1);
  return Math.max(1, Math.min(10, declared, allowed));
}

/** The running callers. */
export class Callers {
  private readonly log: string;
  private readonly callers: readonly Caller[];
  private readonly onNodes = new Map<string, ChildProcess>();
  private customers: ChildProcess | undefined;

  constructor(directory: string, callers: readonly Caller[]) {
    this.log = join(directory, 'calls');
    this.callers = callers;
  }

  /** Begins to call, as customers in the world. */
  start(world: World): void {
    const outside = this.callers.filter(({ way }) => way === 'https');
    for (const { source } of outside) if (source) world.addCustomer(source);
    if (outside.length === 0) return;
    this.customers = world.spawn(this.command(), ['pipe', 'ignore', 'ignore']);
    give(this.customers, outside);
  }

  /**
   * Begins to call on a node. Again after each start of it: the callers of its last one are in a network that has ended, and
   * their calls are lost until then.
   */
  startOn(machine: Machine): void {
    const own = this.callers.filter(({ way, node }) => way === 'gateway' && node === machine.name);
    const network = machine.insideNetwork();
    if (own.length === 0 || network === undefined) return;
    const before = this.onNodes.get(machine.name);
    const child = spawnBound([...network, ...this.command()], ['pipe', 'ignore', 'ignore']);
    give(child, own);
    this.onNodes.set(machine.name, child);
    before?.kill('SIGKILL');
  }

  /** All calls that have ended. */
  calls(): Call[] {
    return readCalls(readFileSync(this.log, 'utf8'));
  }

  /** Callers whose calls since a time were all lost, or who had none. */
  unanswered(since: number): string[] {
    const recent = this.calls().filter(({ at }) => at >= since);
    return this.callers
      .filter(({ name }) => !recent.some(({ caller, outcome }) => caller === name && /^[23]/.test(outcome)))
      .map(({ name }) => name);
  }

  stop(): void {
    this.customers?.kill('SIGKILL');
    for (const child of this.onNodes.values()) child.kill('SIGKILL');
  }

  private command(): string[] {
    return [process.execPath, script, this.log];
  }
}

function give(child: ChildProcess, callers: readonly Caller[]): void {
  child.stdin?.on('error', () => {});
  child.stdin?.write(
    `${JSON.stringify(callers.map(({ way, ...rest }) => ({ ...rest, tls: way === 'https' })))}\n`,
  );
}

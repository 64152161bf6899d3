import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { spawnBound } from './bound.ts';
import type { Caller } from './caller.ts';
import { type Call, readCalls } from './losses.ts';
import type { Machine } from './machine.ts';
import type { World } from './world.ts';

const script = fileURLToPath(new URL('../../rehearsal/world/callers.mjs', import.meta.url));

/** The running callers. */
export class Callers {
  private readonly log: string;
  private readonly onNodes = new Map<string, ChildProcess>();
  private callers: readonly Caller[];
  private customers: ChildProcess | undefined;

  constructor(directory: string, callers: readonly Caller[]) {
    this.log = join(directory, 'calls');
    this.callers = callers;
  }

  /** Begins to call, as customers in the world. */
  start(world: World): void {
    const outside = this.callers.filter(({ way }) => way === 'https');
    for (const { source } of outside) if (source) world.addCustomer(source);
    if (outside.length === 0 && this.customers === undefined) return;
    this.customers ??= world.spawn(this.command(), ['pipe', 'ignore', 'ignore']);
    give(this.customers, outside);
  }

  /**
   * Begins to call on a node. Again after each start of it: the callers of its last one are in a network that has ended, and
   * their calls are lost until then.
   */
  startOn(machine: Machine): void {
    const own = this.ownOf(machine);
    const network = machine.insideNetwork();
    if (own.length === 0 || network === undefined) return;
    const before = this.onNodes.get(machine.name);
    const child = spawnBound([...network, ...this.command()], ['pipe', 'ignore', 'ignore']);
    give(child, own);
    this.onNodes.set(machine.name, child);
    before?.kill('SIGKILL');
  }

  /** From now on these call. Those that call already and are among them go on undisturbed. */
  change(callers: readonly Caller[], world: World, machines: readonly Machine[]): void {
    this.callers = callers;
    this.start(world);
    for (const machine of machines) {
      const running = this.onNodes.get(machine.name);
      if (running === undefined) this.startOn(machine);
      else give(running, this.ownOf(machine));
    }
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

  private ownOf(machine: Machine): Caller[] {
    return this.callers.filter(({ way, node }) => way === 'gateway' && node === machine.name);
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

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { spawnBound } from './bound.ts';
import { groupsNamed, hasProcesses, removeGroups } from './groups.ts';
import { layDisk } from './machine-disk.ts';
import type { MachineOptions } from './machine-options.ts';

/** What a program on a machine came to. */
export interface Ran {
  /** `null` if it was ended. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program on a machine is run. */
export interface RunOptions {
  /** What it reads. @default '' */
  readonly input?: string;
  /** After how long it is ended. @default 600 */
  readonly seconds?: number;
  /** Gets what it prints, piece by piece. */
  readonly onOutput?: (text: string) => void;
}

const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
};

const boot = fileURLToPath(new URL('../../rehearsal/machine/boot', import.meta.url));

/** How long a machine may take to shut down, beside what its own drain may. */
const shutdownSeconds = 120;
const drain = '/etc/systemd/system/fjord-drain.service';

let machines = 0;

/** A machine of a rehearsal: a Debian with its own systemd, in namespaces of its own. */
export class Machine {
  readonly name: string;
  readonly address: string;
  /** Its cable's name in the world. */
  readonly port: string;
  private readonly options: MachineOptions;
  private readonly group: string;
  private process: ChildProcess | undefined;

  constructor(options: MachineOptions) {
    machines += 1;
    this.options = options;
    this.name = options.name;
    this.address = options.address;
    this.group = `fjord-rehearsal-${process.pid}-${machines}`;
    this.port = `m${machines}`;
    const { directory, disk } = options;
    mkdirSync(directory, { recursive: true });
    execFileSync('cp', ['--sparse=always', disk, join(directory, 'disk')]);
    layDisk(options);
  }

  /** Switches it on. Returns once its systemd runs. */
  async start(): Promise<void> {
    const { directory, parts, world } = this.options;
    closeSync(openSync(join(directory, 'console'), 'a'));
    const log = openSync(join(directory, 'boot.log'), 'a');
    const args = [this.group, join(directory, 'disk'), parts, directory];
    const child = spawnBound([boot, ...args], ['ignore', log, log]);
    closeSync(log);
    this.process = child;
    await this.until('systemd', 60, () => this.run('test', '-e', '/run/systemd/private').status === 0);
    world.attach(this.pid() ?? 0, this.port, this.address);
  }

  /** Cuts its power. What it had not yet written is still in the host's memory, so disks lose nothing by it. */
  async cutPower(): Promise<void> {
    const child = this.process;
    if (child === undefined) return;
    this.process = undefined;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await this.emptied();
  }

  /** Shuts it down in order, and switches it on again. */
  async reboot(): Promise<void> {
    const child = this.process;
    const ofDrain = Number(this.run('sed', '-n', 's/^TimeoutStopSec=//p', drain).stdout) || 0;
    const seconds = shutdownSeconds + ofDrain;
    this.run('systemctl', 'reboot');
    const end = Date.now() + seconds * 1000;
    while (child && child.exitCode === null && child.signalCode === null) {
      if (Date.now() > end) {
        await this.cutPower();
        await this.start();
        throw new Error(`${this.name}: it did not shut down within ${seconds} s; its power was cut`);
      }
      await wait(100);
    }
    await this.emptied();
    await this.start();
  }

  /** Ends it, and removes all that it left on the host. */
  async remove(): Promise<void> {
    await this.cutPower();
    for (const group of groupsNamed(this.group)) removeGroups(group);
    rmSync(this.options.directory, { recursive: true, force: true });
  }

  /** Runs a program on it and waits. */
  run(program: string, ...args: readonly string[]): Ran {
    return this.runWith('', program, ...args);
  }

  /** The same, with something to read. */
  runWith(input: string, program: string, ...args: readonly string[]): Ran {
    const pid = this.pid();
    if (pid === undefined) return { status: null, stdout: '', stderr: `${this.name} does not run` };
    try {
      const stdout = execFileSync('nsenter', [...inside(pid), program, ...args], {
        input,
        encoding: 'utf8',
        env: environment,
        stdio: ['pipe', 'pipe', 'pipe'],
        maxBuffer: 2 ** 28,
      });
      return { status: 0, stdout, stderr: '' };
    } catch (error) {
      const { status, stdout, stderr } = error as Ran;
      return { status, stdout, stderr };
    }
  }

  /** Runs a program on it without waiting here; it is ended after some seconds. */
  runSoon(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const pid = this.pid();
    const { input = '', seconds = 600 } = options;
    return new Promise((resolve) => {
      if (pid === undefined) {
        resolve({ status: null, stdout: '', stderr: `${this.name} does not run` });
        return;
      }
      const command = ['nsenter', ...inside(pid), program, ...args];
      const child = spawn(command[0] ?? '', command.slice(1), { env: environment, detached: true });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
        options.onOutput?.(String(chunk));
      });
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      child.stdin.on('error', () => {});
      child.stdin.end(input);
      const limit = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
      child.on('error', (error) => {
        stderr += error.message;
      });
      child.on('close', (status) => {
        clearTimeout(limit);
        resolve({ status, stdout, stderr });
      });
    });
  }

  /** How a program of the host is started in the machine's network. Undefined while it does not run. */
  insideNetwork(): string[] | undefined {
    const pid = this.pid();
    return pid === undefined ? undefined : ['nsenter', '--target', String(pid), '--net'];
  }

  /** @throws if it fails */
  must(program: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = this.run(program, ...args);
    if (status !== 0) {
      const command = [program, ...args].join(' ').trim().split('\n', 1).join();
      throw new Error(
        `${this.name}: ${command}: ${`${stderr}${stdout}`.trim().split('\n').slice(-3).join(' / ')}`,
      );
    }
    return stdout;
  }

  kubectl(...args: readonly string[]): Ran {
    return this.run('/usr/local/bin/k3s', 'kubectl', ...args);
  }

  /** The last lines of its console. */
  console(lines = 40): string {
    return readFileSync(join(this.options.directory, 'console'), 'utf8').split('\n').slice(-lines).join('\n');
  }

  /** @throws if it is not so in time */
  async until(what: string, seconds: number, isSo: () => boolean): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!isSo()) {
      if (Date.now() > end) throw new Error(`${this.name}: no ${what} after ${seconds} s\n${this.console()}`);
      await wait(200);
    }
  }

  /** Its process 1, as the host counts it. */
  private pid(): number | undefined {
    const shim = this.process?.pid;
    if (shim === undefined || this.process?.exitCode !== null) return undefined;
    try {
      return Number(readFileSync(`/proc/${shim}/task/${shim}/children`, 'utf8').trim()) || undefined;
    } catch {
      return undefined;
    }
  }

  /** Until no process of it is left. */
  private async emptied(): Promise<void> {
    const left = () => groupsNamed(this.group).some(hasProcesses);
    for (let tries = 0; left() && tries < 100; tries += 1) await wait(100);
  }
}

function inside(pid: number): string[] {
  return [
    '--target',
    String(pid),
    '--mount',
    '--net',
    '--pid',
    '--uts',
    '--ipc',
    '--cgroup',
    '--root',
    '--wdns=/',
  ];
}

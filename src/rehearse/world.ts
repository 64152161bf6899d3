import { type ChildProcess, execFileSync, type StdioOptions } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { spawnBound } from './bound.ts';
import { internetAddress } from './internet-address.ts';

/** What the internet hands out. */
export interface Internet {
  /** The directory of an apt archive. */
  readonly mirror: string;
  /** K3s' installer. */
  readonly installer: string;
  /** K3s. */
  readonly k3s: string;
}

const script = fileURLToPath(new URL('../../rehearsal/world/internet.mjs', import.meta.url));

/**
 * The network between the machines of a rehearsal: a bridge in a namespace of its own, with a stand-in of the internet.
 * Nothing in it reaches the host's networks, and it is gone with its process.
 */
export class World {
  private readonly holder: ChildProcess;
  private readonly internet: ChildProcess;
  private readonly routers = new Set<string>();
  private readonly customers = new Set<string>();

  constructor(internet: Internet) {
    this.holder = spawnBound(
      ['unshare', '--net', '--kill-child', '--fork', 'sleep', 'infinity'],
      ['ignore', 'ignore', 'ignore'],
    );
    this.waitForNamespace();
    this.run('ip', 'link', 'set', 'lo', 'up');
    this.run('ip', 'link', 'add', 'world', 'type', 'bridge');
    this.run('ip', 'link', 'set', 'world', 'up');
    this.run('ip', 'address', 'add', `${internetAddress}/32`, 'dev', 'world');
    this.run('sysctl', '-qw', 'net.ipv4.ip_forward=1');
    const { mirror, installer, k3s } = internet;
    const server = [process.execPath, script, mirror, installer, k3s, internetAddress];
    this.internet = this.spawn(server, ['pipe', 'ignore', 'ignore']);
  }

  /**
   * Plugs in a machine.
   *
   * @param pid a process of the machine
   * @param name at most 11 characters
   * @param address IPv4; the world routes between the machines' networks of 256 addresses
   */
  attach(pid: number, name: string, address: string): void {
    const router = address.replace(/\d+$/, '254');
    if (!this.routers.has(router)) {
      this.run('ip', 'address', 'add', `${router}/24`, 'dev', 'world');
      this.routers.add(router);
    }
    // What the last start of the machine left is there as long as somebody is in its namespace.
    this.try('ip', 'link', 'delete', `to-${name}`);
    const port = ['link', 'add', `to-${name}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid)];
    this.run('ip', ...port);
    this.run('ip', 'link', 'set', `to-${name}`, 'master', 'world', 'up');
  }

  /** Lets a customer call from this address. */
  addCustomer(address: string): void {
    if (this.customers.has(address)) return;
    this.customers.add(address);
    this.run('ip', 'address', 'add', `${address}/32`, 'dev', 'world');
  }

  /** Unplugs a machine, or plugs it in again. */
  setCable(name: string, plugged: boolean): void {
    this.run('ip', 'link', 'set', `to-${name}`, plugged ? 'up' : 'down');
  }

  /** Takes the internet away, or gives it back: names no longer resolve, nothing can be fetched. */
  setInternet(there: boolean): void {
    this.run('ip', 'address', there ? 'add' : 'delete', `${internetAddress}/32`, 'dev', 'world');
  }

  /** How a program is run here, as a customer's would be: before its own name and arguments. */
  inside(): string[] {
    return ['--target', String(this.pid()), '--net'];
  }

  run(program: string, ...args: readonly string[]): string {
    return execFileSync('nsenter', [...this.inside(), program, ...args], { encoding: 'utf8' });
  }

  /** Starts a program here. It ends with this process. */
  spawn(command: readonly string[], stdio: StdioOptions): ChildProcess {
    return spawnBound(['nsenter', ...this.inside(), ...command], stdio);
  }

  stop(): void {
    this.internet.kill('SIGKILL');
    this.holder.kill('SIGKILL');
  }

  private try(program: string, ...args: readonly string[]): void {
    try {
      execFileSync('nsenter', [...this.inside(), program, ...args], { stdio: 'ignore' });
    } catch {
      // It was not there.
    }
  }

  private pid(): number {
    return Number(execFileSync('pgrep', ['--parent', String(this.holder.pid)], { encoding: 'utf8' }).trim());
  }

  private waitForNamespace(): void {
    for (let tries = 0; tries < 100; tries += 1) {
      try {
        this.pid();
        return;
      } catch {
        execFileSync('sleep', ['0.05']);
      }
    }
    throw new Error('the network of the rehearsal did not start');
  }
}

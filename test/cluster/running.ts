import { type ChildProcess, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { makeSecrets } from '../../src/rehearse/boot-step.ts';
import { buildImage } from '../../src/rehearse/image.ts';
import { makeImages } from '../../src/rehearse/images.ts';
import { Machine } from '../../src/rehearse/machine.ts';
import { partsBuilder } from '../../src/rehearse/needs.ts';
import { installer, prepareValue } from '../../src/rehearse/prepare.ts';
import { makeTokens, type Prepared, scriptsOf, userDataOf } from '../../src/rehearse/prepared.ts';
import { addressesOf } from '../../src/rehearse/rehearsed-config.ts';
import { applyOn } from '../../src/rehearse/stage.ts';
import { World } from '../../src/rehearse/world.ts';
import type { Dist } from '../../src/verify/dist.ts';
import { readDist } from '../../src/verify/read/dist.ts';
import { toolsDirectory } from '../conformance/tools-directory.ts';
import { untilApplied } from './applied.ts';

/** What a load came to. */
export interface Load {
  readonly sent: number;
  /** How many calls were answered with each status, or ended with each error. */
  readonly results: Readonly<Record<string, number>>;
  /** The first calls that were not answered with success: after how many seconds, and with what. */
  readonly lost: readonly (readonly [string, string | number])[];
  /** The longest time without an answer of 200, in seconds: between when two calls were sent that had one. */
  readonly away: number;
}

/** How customers call. */
export interface How {
  /** @default 'GET' */
  readonly method?: string;
  /** Seconds for each answer. @default 30 */
  readonly patience?: number;
  /** The machine whose nginx they reach. @default the first */
  readonly through?: Machine;
}

/** A pod, as far as tests look at it. */
export interface RunningPod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly restartCount: number;
      readonly containerID?: string;
    }[];
  };
}

/** A load that goes on until it is ended. */
export interface Going {
  /** Ends it, and waits for the last answers. */
  end(): Promise<Load>;
}

const customers = 16;

/** A config as it runs here. */
export function preparedOf(config: PlatformConfig): Prepared {
  const { platform, diagnostics } = compileConfig(config, 'platform.config.ts');
  if (platform === undefined) throw new Error(`it does not compile: ${JSON.stringify(diagnostics)}`);
  const host = { memory: totalmem(), cpus: cpus().length };
  const prepared = prepareValue(config, platform, host, 'platform.config.ts');
  if (!('prepared' in prepared)) throw new Error(JSON.stringify(prepared));
  return prepared.prepared;
}

/** A platform that runs: its user-data was pasted on machines of its own, on a real Kubernetes. */
export class Running {
  readonly world: World;
  readonly machines: readonly Machine[];
  readonly platform: Prepared;
  readonly dist: Dist;
  private readonly networks = new Map<string, string>();
  private readonly directory = mkdtempSync(join(tmpdir(), 'fjord-running-'));

  /** @param later further platforms whose images its machines have */
  constructor(config: PlatformConfig, later: readonly Prepared[] = []) {
    this.platform = preparedOf(config);
    const [dist] = readDist(this.platform.texts);
    if (dist === undefined) throw new Error('it cannot be read back');
    this.dist = dist;
    const parts = execFileSync(partsBuilder, ['--path'], { encoding: 'utf8' }).trim();
    const image = buildImage(toolsDirectory());
    this.world = new World({ mirror: image.mirror, installer, k3s: join(parts, 'bin', 'k3s') });
    for (let one = 1; one <= customers; one += 1) this.world.addCustomer(`198.51.100.${one}`);
    const images = makeImages([this.platform, ...later], parts, this.directory);
    const tokens = makeTokens();
    this.machines = [...addressesOf(this.platform.platform)].map(
      ([name, address]) =>
        new Machine({
          name,
          address,
          userData: userDataOf(name, this.platform, tokens),
          ownFiles: new Map(),
          disk: image.disk,
          parts,
          images,
          directory: join(this.directory, name),
          world: this.world,
        }),
    );
  }

  /** The networks of pods, by node. A node keeps its own. */
  get podNetworks(): ReadonlyMap<string, string> {
    if (this.networks.size === 0) {
      const { items } = this.get('nodes') as {
        items: { metadata: { name: string }; spec: { podCIDR: string } }[];
      };
      for (const { metadata, spec } of items) this.networks.set(metadata.name, spec.podCIDR);
    }
    return this.networks;
  }

  get first(): Machine {
    const [machine] = this.machines;
    if (machine === undefined) throw new Error('it has no machine');
    return machine;
  }

  /** Switches all machines on, makes the secrets, and returns once every pod is ready. The time is in seconds. */
  async start(): Promise<number> {
    // If the test runner ends (Ctrl-C), its worker would go on with nobody to end it.
    process.once('disconnect', () => this.stop().finally(() => process.exit(130)));
    const began = Date.now();
    await Promise.all(this.machines.map((machine) => this.boot(machine)));
    await this.allReady();
    return (Date.now() - began) / 1000;
  }

  /** All at once: nodes that join wait for the first server. */
  private async boot(machine: Machine): Promise<void> {
    await machine.start();
    await machine.until('end of cloud-init', 600, () =>
      /status: (done|error)/.test(machine.run('cloud-init', 'status').stdout),
    );
    const { stdout } = machine.run('cloud-init', 'status', '--long');
    if (!stdout.includes('status: done')) throw new Error(`${stdout}${machine.console()}`);
    if (machine === this.first) makeSecrets(machine, this.platform);
  }

  async allReady(): Promise<void> {
    await this.first.until('all pods ready', 300, () => {
      const pods = this.pods();
      return pods.length > this.platform.platform.functions.length && pods.every(isReady);
    });
  }

  areReady(pods: readonly RunningPod[]): boolean {
    return pods.every(isReady);
  }

  /** Those that are not on their way out, and have not ended as a job's do. */
  pods(): RunningPod[] {
    const { status, stdout } = this.first.kubectl('get', 'pods', '--all-namespaces', '--output', 'json');
    if (status !== 0) return [];
    const { items } = JSON.parse(stdout) as { items: RunningPod[] };
    return items.filter(
      ({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase !== 'Succeeded',
    );
  }

  get(...args: readonly string[]): unknown {
    const { status, stdout, stderr } = this.first.kubectl('get', '--output', 'json', ...args);
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  }

  must(...args: readonly string[]): string {
    const { status, stdout, stderr } = this.first.kubectl(...args);
    if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  machine(name: string): Machine {
    const machine = this.machines.find((one) => one.name === name);
    if (machine === undefined) throw new Error(`no machine is '${name}'`);
    return machine;
  }

  /** Calls a path as customers do, evenly, from sixteen addresses. */
  load(path: string, rate: number, seconds: number, how: How = {}): Promise<Load> {
    const child = this.callers(path, rate, seconds, how);
    return output(child).then((text) => JSON.parse(text) as Load);
  }

  /** The same until it is ended. */
  keepLoad(path: string, rate: number, how: How = {}): Going {
    const child = this.callers(path, rate, 3600, how);
    const answer = output(child);
    return {
      end: () => {
        child.stdin?.end();
        return answer.then((text) => JSON.parse(text) as Load);
      },
    };
  }

  private callers(
    path: string,
    rate: number,
    seconds: number,
    { method = 'GET', patience = 30, through = this.first }: How,
  ): ChildProcess {
    const { domain } = this.platform.platform;
    const script = join(import.meta.dirname, 'load.mjs');
    const args = [through.address, domain, path, rate, seconds, customers, method, patience].map(String);
    // Customers are not slowed by what the nodes do.
    return this.world.spawn(
      ['nice', '-n', '-15', process.execPath, script, ...args],
      ['pipe', 'pipe', 'inherit'],
    );
  }

  /** Runs the apply.sh of another config with other manifests, as a person does, until K3s has taken them. */
  apply(prepared: Prepared): Promise<void> {
    const script = scriptsOf(prepared).get(this.first.name) ?? '';
    return untilApplied(this.first, async () => {
      const { status, stdout, stderr } = await applyOn(this.first, script);
      if (status !== 0) throw new Error(`${stdout}${stderr}`.slice(-2000));
    });
  }

  async stop(): Promise<void> {
    for (const machine of this.machines) await machine.remove();
    this.world.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function isReady({ status }: RunningPod): boolean {
  return status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false;
}

function output(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', () => resolve(text));
  });
}

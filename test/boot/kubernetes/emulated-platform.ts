import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { compileConfig } from '../../../src/compile.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { makeImages } from '../../../src/rehearse/images.ts';
import { partsBuilder } from '../../../src/rehearse/needs.ts';
import { installer, prepareValue } from '../../../src/rehearse/prepare.ts';
import { makeTokens, type Prepared, secretsOf, userDataOf } from '../../../src/rehearse/prepared.ts';
import { addressesOf } from '../../../src/rehearse/rehearsed-config.ts';
import { World } from '../../../src/rehearse/world.ts';
import type { RunningPod } from '../../cluster/running.ts';
import { toolsDirectory } from '../../conformance/tools-directory.ts';
import { bootImage } from '../boot-image.ts';
import { EmulatedMachine } from './emulated-machine.ts';
import { makeDisk, partsDisk } from './parts-disk.ts';

const customer = '198.51.100.1';

/** A platform on emulated machines, each with a kernel of its own, to which user-data was pasted. */
export class EmulatedPlatform {
  readonly platform: Prepared;
  readonly machines: readonly EmulatedMachine[];
  private readonly world: World;
  private readonly directory = mkdtempSync(join(tmpdir(), 'fjord-emulated-'));
  private readonly name: string;
  private readonly began = Date.now();

  /** @param name what its logs are kept under, in `boot-logs/` of the tools' directory */
  constructor(name: string, config: PlatformConfig) {
    this.name = name;
    const { platform } = compileConfig(config, 'platform.config.ts');
    if (platform === undefined) throw new Error('it does not compile');
    const host = { memory: 8 * 2 ** 30, cpus: 2 };
    const prepared = prepareValue(config, platform, host, 'platform.config.ts');
    if (!('prepared' in prepared)) throw new Error(JSON.stringify(prepared));
    this.platform = prepared.prepared;
    const parts = execFileSync(partsBuilder, ['--path'], { encoding: 'utf8' }).trim();
    const image = bootImage();
    const disks = { parts: partsDisk(parts), images: this.imagesDisk(parts) };
    this.world = new World({ mirror: image.mirror, installer, k3s: join(parts, 'bin', 'k3s') });
    this.world.addCustomer(customer);
    const tokens = makeTokens();
    this.machines = [...addressesOf(this.platform.platform)].map(
      ([machine, address]) =>
        new EmulatedMachine({
          ...{ name: machine, address, image, ...disks, world: this.world },
          memory:
            (this.platform.platform.nodes.find(({ name: one }) => one === machine)?.memory ?? 0) / 2 ** 20,
          userData: userDataOf(machine, this.platform, tokens),
          directory: join(this.directory, machine),
        }),
    );
  }

  get first(): EmulatedMachine {
    const [machine] = this.machines;
    if (machine === undefined) throw new Error('it has no machine');
    return machine;
  }

  /** Switches the machines on, one after another, makes the Secrets, and returns once every pod is ready. */
  async start(): Promise<void> {
    for (const machine of this.machines) {
      machine.start();
      await machine.until('end of cloud-init', 20, () => /\] probe\[\d+\]: /.test(machine.console()));
      const status = await machine.must('cloud-init status --long || true');
      if (!status.includes('status: done')) throw new Error(`${machine.name}: ${status}${machine.console()}`);
      this.say(`${machine.name}: cloud-init is done`);
      if (machine === this.first) await this.makeSecrets();
    }
    const least = this.platform.platform.functions.length + this.machines.length;
    await this.first.until('all pods ready', 20, async () => {
      const pods = await this.pods();
      return pods.length > least && pods.every(isReady);
    });
    this.say('all pods are ready');
  }

  /** Those that are not on their way out. */
  async pods(): Promise<RunningPod[]> {
    const { status, stdout } = await this.first.run('k3s kubectl get pods -A -o json');
    if (status !== 0) return [];
    const { items } = JSON.parse(stdout) as { items: RunningPod[] };
    return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  }

  /** What a customer gets by https from a machine: the status, or curl's error. */
  ask(machine: EmulatedMachine, path: string): string {
    const { domain } = this.platform.platform;
    try {
      return this.world.run(
        ...['curl', '--silent', '--show-error', '--insecure', '--max-time', '60', '--interface', customer],
        ...['--resolve', `${domain}:443:${machine.address}`, '--output', '/dev/null'],
        ...['--write-out', '%{http_code}', `https://${domain}${path}`],
      );
    } catch (error) {
      return (error as { stderr?: string }).stderr?.trim() ?? String(error);
    }
  }

  /** Prints a line with the minutes that have gone. */
  say(text: string): void {
    process.stdout.write(`${((Date.now() - this.began) / 60_000).toFixed(1)} min: ${text}\n`);
  }

  /** Cuts the power of all. Their consoles and what K3s wrote to the journal are kept. */
  async stop(): Promise<void> {
    const logs = join(toolsDirectory(), 'boot-logs', this.name);
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    for (const machine of this.machines) {
      await machine.cutPower();
      writeFileSync(join(logs, `${machine.name}-console.log`), machine.console());
    }
    this.world.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Only the images that the platform names, and K3s' own, in one archive: in emulation each import takes long to start. */
  private imagesDisk(parts: string): string {
    const made = makeImages([this.platform], parts, this.directory);
    cpSync(join(parts, 'images'), made, { recursive: true });
    const texts = [...this.platform.texts.values()].join('\n');
    const merged = join(this.directory, 'merged');
    mkdirSync(merged);
    const entries = readdirSync(made).flatMap((file) => {
      const archive = join(made, file);
      const text = execFileSync('tar', ['-xOf', archive, 'manifest.json'], { encoding: 'utf8' });
      const [entry] = JSON.parse(text) as [{ RepoTags: string[] }];
      if (!entry.RepoTags.some((tag) => texts.includes(tag) || /coredns|pause/.test(tag))) return [];
      execFileSync('tar', ['-xf', archive, '-C', merged]);
      return [entry];
    });
    writeFileSync(join(merged, 'manifest.json'), JSON.stringify(entries));
    const wanted = join(this.directory, 'wanted');
    mkdirSync(wanted);
    execFileSync('tar', ['-cf', join(wanted, 'images.tar'), '-C', merged, '.']);
    const disk = join(this.directory, 'images.ext4');
    makeDisk(wanted, disk, 512);
    return disk;
  }

  private async makeSecrets(): Promise<void> {
    for (const { namespace, name } of secretsOf(this.platform)) {
      const kubectl = `k3s kubectl --namespace ${namespace}`;
      await this.first.must(
        `${kubectl} get secret ${name} || ${kubectl} create secret generic ${name} --from-literal=${name}=a-value`,
      );
    }
  }
}

function isReady({ status }: RunningPod): boolean {
  return status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false;
}

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Image } from '../../../src/rehearse/image.ts';
import { internetAddress } from '../../../src/rehearse/internet-address.ts';
import type { Ran } from '../../../src/rehearse/machine.ts';
import type { World } from '../../../src/rehearse/world.ts';
import { drive, emulated, sparseFile } from '../emulation.ts';
import { writeSeed } from '../seed.ts';

export interface EmulatedMachineOptions {
  readonly name: string;
  /** As pasted. */
  readonly userData: string;
  readonly address: string;
  readonly image: Image;
  /** Disks with the parts of Kubernetes, and with the images that K3s imports. */
  readonly parts: string;
  readonly images: string;
  /** In MiB. */
  readonly memory: number;
  /** Where its console and its seed are; created. */
  readonly directory: string;
  readonly world: World;
}

/** How long a script may take. In milliseconds. */
const patience = 300_000;

/** Else Linux reads an emulated HPET each time that a program of Go asks for the time. */
const quickClock = ' tsc=reliable clocksource=tsc';

/** What a provider does before cloud-init runs; and programs of the test, which are no part of the platform. */
const setups: Readonly<Record<string, string>> = {
  resolver: `echo nameserver ${internetAddress} >/etc/resolv.conf`,
  parts: `mkdir -p /opt/k3s-parts /var/lib/rancher/k3s/agent/images
mount -o ro /dev/disk/by-id/virtio-parts /opt/k3s-parts
mount -o ro /dev/disk/by-id/virtio-images /var/lib/rancher/k3s/agent/images`,
  // Of memory there is more than of time.
  'collect-seldom': 'for unit in k3s k3s-agent; do echo GOGC=400 >/etc/default/$unit; done',
  shell:
    'modprobe virtio_console\nsystemd-run --no-block --unit=node-shell --property=DefaultDependencies=no python3 /run/boot-test/files/node-shell.py',
};

/** A Debian of its own kernel, emulated: a machine of a platform, plugged into a rehearsal's world. */
export class EmulatedMachine {
  readonly name: string;
  readonly address: string;
  private readonly options: EmulatedMachineOptions;
  private process: ChildProcess | undefined;
  private stderr = '';

  constructor(options: EmulatedMachineOptions) {
    this.options = options;
    this.name = options.name;
    this.address = options.address;
    mkdirSync(options.directory, { recursive: true });
  }

  /** Switches it on. */
  start(): void {
    const { name, address, userData, image, memory, parts, images, directory, world } = this.options;
    const router = address.replace(/\d+$/, '254');
    const port = `tap${address.split('.').at(-1)}`;
    world.run('ip', 'tuntap', 'add', 'dev', port, 'mode', 'tap');
    world.run('ip', 'link', 'set', port, 'master', 'world', 'up');
    world.run('ip', 'address', 'replace', `${router}/24`, 'dev', 'world');
    const seed = writeSeed(directory, {
      userData,
      hostname: name,
      faults: [],
      // It is on until its power is cut.
      steps: [{ stay: 'sleep infinity' }],
      files: { 'node-shell.py': readFileSync(join(import.meta.dirname, 'node-shell.py')) },
      setups,
      networkConfig: `version: 2
ethernets:
  eth0:
    addresses: [${address}/24]
    gateway4: ${router}
    nameservers: {addresses: [${internetAddress}]}
`,
    });
    writeFileSync(join(directory, 'console'), '');
    const results = sparseFile(join(directory, 'results.tar'), 2 ** 20);
    const card = `virtio-net-pci,netdev=net,romfile=,mac=52:54:00:00:00:${mac(address)}`;
    const child = world.spawn(
      [
        'qemu-system-x86_64',
        ...emulated(image, memory, join(directory, 'console'), quickClock),
        ...['-netdev', `tap,id=net,ifname=${port},script=no,downscript=no`, '-device', card],
        ...drive('seed', `file=${seed},format=raw,readonly=on`),
        ...drive('results', `file=${results},format=raw,cache=unsafe`),
        ...drive('parts', `file=${parts},format=raw,readonly=on`),
        ...drive('images', `file=${images},format=raw,readonly=on`),
        ...[
          '-device',
          'virtio-serial-pci',
          '-chardev',
          `socket,id=shell,path=${this.shell},server=on,wait=off`,
        ],
        ...['-device', 'virtserialport,chardev=shell,name=shell'],
      ],
      ['ignore', 'ignore', 'pipe'],
    );
    child.stderr?.on('data', (chunk) => {
      this.stderr += chunk;
    });
    this.process = child;
  }

  /** Runs a script on it as root, from the moment at which its disks are mounted. One at a time. */
  run(script: string): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.shell, () => socket.write(`${JSON.stringify(script)}\n`));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
        if (!text.endsWith('\n')) return;
        socket.destroy();
        resolve(JSON.parse(text) as Ran);
      });
      socket.on('error', reject);
      socket.on('end', () => reject(new Error(`${this.name} is off: ${this.stderr}`)));
      socket.setTimeout(patience, () => {
        socket.destroy();
        reject(new Error(`${this.name}: no answer after ${patience / 1000} s to ${script}`));
      });
    });
  }

  /** @throws if it fails */
  async must(script: string): Promise<string> {
    const { status, stdout, stderr } = await this.run(script);
    if (status !== 0) throw new Error(`${this.name}: ${script}: ${stderr}${stdout}`);
    return stdout;
  }

  /** What its serial console showed. */
  console(): string {
    return readFileSync(join(this.options.directory, 'console'), 'utf8');
  }

  /** @throws if it is not so in time, or its power is off */
  async until(what: string, minutes: number, isSo: () => Promise<boolean> | boolean): Promise<void> {
    const end = Date.now() + minutes * 60_000;
    while (!(await isSo())) {
      const off = this.process?.exitCode !== null;
      if (off || Date.now() > end) {
        const lines = this.console().split('\n').slice(-40).join('\n');
        throw new Error(`${this.name}: no ${what} after ${minutes} minutes\n${lines}\n${this.stderr}`);
      }
      await wait(1000);
    }
  }

  async cutPower(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  private get shell(): string {
    return join(this.options.directory, 'shell');
  }
}

function mac(address: string): string {
  return Number(address.split('.').at(-1)).toString(16).padStart(2, '0');
}

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolsDirectory } from '../conformance/tools-directory.ts';
import { bootImage } from './boot-image.ts';
import { type BootResult, readResult } from './boot-result.ts';
import { drive, emulated, sparseFile } from './emulation.ts';
import type { Fault } from './faults.ts';
import { writeSeed } from './seed.ts';
import { startStandInServer } from './stand-in-server.ts';
import { collectStep, standardSteps } from './standard-steps.ts';

export interface BootOptions {
  /** What its logs are kept under, in `boot-logs/` of the tools' directory. */
  readonly name: string;
  /** The user-data, as it would be pasted. */
  readonly userData: string;
  /** What the provider calls the machine. @default "node" */
  readonly hostname?: string;
  /** What goes wrong. @default nothing */
  readonly faults?: readonly Fault[];
  /** Scripts to run on the node after cloud-init and before power-off, by name, besides the standard ones. */
  readonly steps?: Readonly<Record<string, string>>;
  /** If there are any, the node reboots after `steps`, and these run before power-off. */
  readonly afterReboot?: Readonly<Record<string, string>>;
  /** What the scripts find in `/run/boot-test/files`, by name. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** Absolute paths of files to bring back. */
  readonly collect?: readonly string[];
  /** Empty disks of 1 GiB, by serial number. */
  readonly disks?: readonly string[];
  /** After how long the power is cut. @default 600 */
  readonly timeoutSeconds?: number;
}

/**
 * Boots a Debian 12 with the given user-data in an emulated machine of two processors and 4 GiB, waits until it
 * powers itself off, and says what it came to. The node reaches the stand-in server and nothing else.
 */
export async function bootNode(options: BootOptions): Promise<BootResult> {
  const { userData, hostname = 'node', faults = [], collect = [], timeoutSeconds = 600 } = options;
  const image = bootImage();
  const directory = mkdtempSync(join(tmpdir(), 'boot-node-'));
  const server = await startStandInServer(image.mirror, faults);
  try {
    const last = { files: collectStep(collect), ...standardSteps };
    const steps = options.afterReboot
      ? [options.steps ?? {}, { ...options.afterReboot, ...last }]
      : [{ ...options.steps, ...last }];
    const seed = writeSeed(directory, { userData, hostname, faults, steps, files: options.files ?? {} });
    const results = sparseFile(join(directory, 'results.tar'), 64 * 2 ** 20);
    const console = join(directory, 'console.log');
    const forward = `guestfwd=tcp:10.0.2.100:80-cmd:socat - TCP:127.0.0.1:${server.port}`;
    const machine = [
      ...emulated(image, 8192, console, faults.includes('ipv6-off') ? ' ipv6.disable=1' : ''),
      ...['-netdev', `user,id=net,restrict=on,${forward}`, '-device', 'virtio-net-pci,netdev=net,romfile='],
      ...drive('seed', `file=${seed},format=raw,readonly=on`),
      ...drive('results', `file=${results},format=raw,cache=unsafe`),
      ...(options.disks ?? []).flatMap((serial) =>
        drive(serial, `file=${sparseFile(join(directory, serial), 2 ** 30)},format=raw,cache=unsafe`),
      ),
      ...(faults.includes('disk-slow') ? drive('slow', slowDisk(directory)) : []),
    ];
    const started = performance.now();
    const timedOut = await run(machine, timeoutSeconds);
    const seconds = (performance.now() - started) / 1000;
    const result = readResult({
      seconds,
      timedOut,
      console: readFileSync(console, 'utf8'),
      requests: server.requests,
      results: join(directory, 'results.tar'),
      directory: sub(directory, 'results'),
    });
    keepLogs(options.name, result);
    return result;
  } finally {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function slowDisk(directory: string): string {
  const file = sparseFile(join(directory, 'slow.ext4'), 2 ** 30);
  execFileSync('mke2fs', ['-q', '-t', 'ext4', file]);
  return `file=${file},format=raw,cache=unsafe,throttling.iops-write=50`;
}

function sub(directory: string, name: string): string {
  const path = join(directory, name);
  mkdirSync(path);
  return path;
}

function keepLogs(name: string, { console, steps, requests }: BootResult): void {
  const logs = join(toolsDirectory(), 'boot-logs', name);
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  writeFileSync(join(logs, 'console.log'), console);
  writeFileSync(join(logs, 'requests.log'), requests.map((request) => `${request}\n`).join(''));
  for (const [step, { stdout, stderr, exitCode }] of Object.entries(steps)) {
    writeFileSync(join(logs, `${step}.log`), `${stdout}${stderr}exit code ${exitCode}\n`);
  }
}

/** Whether the machine had to be stopped. */
function run(args: readonly string[], timeoutSeconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn('qemu-system-x86_64', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutSeconds * 1000);
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0 || timedOut) resolve(timedOut);
      else reject(new Error(`qemu-system-x86_64 exited with ${code}: ${stderr}`));
    });
  });
}

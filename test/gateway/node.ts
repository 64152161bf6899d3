import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ToolRun } from '../conformance/run-tool.ts';
import { ended } from './child.ts';
import type { NodeFile } from './node-files.ts';

/** A node's file system and network, in namespaces of their own. */
export interface Node {
  /** Its first process, by which programs of this machine know its namespaces. */
  readonly first: string;
  /** The beginning of a command that runs the rest in the node's network, over this machine's own files. */
  readonly enterNetwork: readonly string[];
  /** Where one of its files is for us. */
  file(path: string): string;
  /** Runs a program of this machine in the node's network. */
  runInNetwork(tool: string, args: readonly string[]): Promise<ToolRun>;
  /** Runs a shell script on the node itself, as root. */
  run(script: string): Promise<ToolRun>;
  /** What runs on the node itself, with its number on this machine. */
  processes(): { pid: number; command: string }[];
  stop(): Promise<void>;
}

/**
 * Makes a node with `files` over a file system, and these addresses (as CIDR) on loopback.
 *
 * @param root the file system; this machine's own by default
 */
export async function startNode(
  files: readonly NodeFile[],
  addresses: readonly string[],
  root = '/',
): Promise<Node> {
  const directory = mkdtempSync(join(tmpdir(), 'fjord-node-'));
  mkdirSync(join(directory, 'files'));
  for (const { path, permissions, text } of files) {
    const file = join(directory, 'files', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, Number.parseInt(permissions, 8));
  }
  writeFileSync(join(directory, 'addresses'), addresses.map((address) => `${address}\n`).join(''));

  const namespaces = ['--mount', '--net', '--pid', '--fork', '--kill-child'];
  const script = join(import.meta.dirname, 'node-root.sh');
  const holder = spawn('unshare', [...namespaces, script, directory, root], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    holder.stderr.on('data', (piece) => {
      said += String(piece);
    });
    holder.stdout.once('data', () => resolve());
    holder.once('exit', () => reject(new Error(`no node: ${said}`)));
  });
  const first = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim();
  const enterNetwork = ['nsenter', '--target', first, '--net', '--'];
  const enter = ['nsenter', '--target', first, '--net', '--mount', '--pid', '--root', '--wd', '--'];
  const path = '/opt/node:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return {
    first,
    enterNetwork,
    file: (place) => join(`/proc/${first}/root`, place),
    runInNetwork: (tool, args) => run([...enterNetwork, tool, ...args]),
    run: (script) =>
      run([...enter, '/usr/bin/env', `PATH=${path}`, 'bash', '-euo', 'pipefail', '-c', script]),
    processes: () => processesBeside(first),
    stop: async () => {
      await ended(holder);
      rmSync(directory, { recursive: true });
    },
  };
}

function run([tool = '', ...args]: readonly string[]): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (piece: Buffer) => stdout.push(piece));
    child.stderr.on('data', (piece: Buffer) => stderr.push(piece));
    child.once('error', reject);
    child.once('close', (status) =>
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

function processesBeside(first: string): { pid: number; command: string }[] {
  const namespace = readlinkSync(`/proc/${first}/ns/pid`);
  return readdirSync('/proc').flatMap((name) => {
    try {
      if (!/^\d+$/.test(name) || readlinkSync(`/proc/${name}/ns/pid`) !== namespace) return [];
      return [
        { pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') },
      ];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { cpus, freemem, homedir, totalmem } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { imageIn } from './image.ts';
import { type Instances, inotifyInstances } from './inotify.ts';
import type { Host } from './rehearsed-config.ts';

/** What a machine has for rehearsals. */
export interface Facts {
  /** Node's name of the system. */
  readonly system: string;
  /** Node's name of the processor. */
  readonly processor: string;
  readonly isRoot: boolean;
  /** Programs that are not installed. */
  readonly missing: readonly string[];
  /** What the kernel said when namespaces were tried; undefined if there are some. */
  readonly namespaces: string | undefined;
  readonly hasImage: boolean;
  /** Where the parts of Kubernetes are; undefined if they are not built. */
  readonly parts: string | undefined;
  /** Free. Bytes. */
  readonly memory: number;
  readonly disk: number;
  readonly inotify: Instances;
  /** The directory that built things are kept in. */
  readonly tools: string;
}

/**
 * What each machine of a rehearsal takes: bytes, and instances of inotify, of which systemd, containerd and K3s' parts were
 * seen to have 29.
 */
const perMachine = { memory: 1.5 * 2 ** 30, disk: 4 * 2 ** 30, inotify: 40 };

/** What `--prepare` takes, a line for each thing that is not there. */
export function preparation({ hasImage, parts }: Facts): string[] {
  return [
    ...(hasImage
      ? []
      : [
          'Makes a Debian 12, in 2 minutes and 2 GiB, with packages from the archive that apt is set to. It prints nothing meanwhile.',
        ]),
    ...(parts === undefined
      ? [
          'Builds Kubernetes and what else K3s is made of, as far as it is not built yet: 15 minutes on two idle processors and 10 GiB, with sources from the proxy that Go is set to.',
        ]
      : []),
  ];
}

const programs = ['unshare', 'nsenter', 'setpriv', 'ip', 'mount', 'sysctl', 'pgrep', 'openssl', 'bash'];
const go = ['go', 'gcc', 'debootstrap'];

/** Lists what a machine lacks for a rehearsal, each with what to do. */
export function lacks(facts: Facts, machines: number): string[] {
  const { system, processor, isRoot, missing, namespaces, hasImage, parts, memory, disk, inotify, tools } =
    facts;
  if (system !== 'linux' || processor !== 'x64') {
    return [`Linux on x86-64: this is ${system} on ${processor}; rehearse on another machine`];
  }
  if (!isRoot)
    return [
      'root: machines of a rehearsal are made of namespaces; run it with sudo, or as root in a virtual machine',
    ];
  const needed = programs.filter((name) => missing.includes(name));
  return [
    ...(needed.length > 0
      ? [`${needed.join(', ')}: run apt-get install util-linux iproute2 procps openssl`]
      : namespaces === undefined
        ? []
        : [`namespaces: ${namespaces}; a container needs --privileged`]),
    ...(hasImage ? [] : ['the image of Debian 12: run fjord rehearse --prepare']),
    ...(parts === undefined ? ['the parts of Kubernetes: run fjord rehearse --prepare'] : []),
    ...less(
      memory,
      machines * perMachine.memory,
      'memory',
      `${machines} machines; end other programs, or rehearse fewer nodes`,
    ),
    ...less(
      disk,
      machines * perMachine.disk,
      'disk',
      `${machines} machines in ${tools}; make room, or set FJORD_TOOLS_DIR`,
    ),
    ...fewInotify(inotify, machines),
  ];
}

/** The same for `--prepare`. */
export function lacksToPrepare({ missing, isRoot, hasImage, parts }: Facts): string[] {
  if (hasImage && parts !== undefined) return [];
  const needed = go.filter((name) => missing.includes(name));
  return [
    ...(isRoot ? [] : ['root: an image is made in a chroot; run it with sudo']),
    ...(needed.length === 0
      ? []
      : [`${needed.join(', ')}: run apt-get install debootstrap gcc, and install Go from go.dev/dl`]),
  ];
}

function less(free: number, wanted: number, what: string, words: string): string[] {
  if (free >= wanted) return [];
  return [`${gibibytes(wanted)} of free ${what} (there are ${gibibytes(free)}) for ${words}`];
}

/** The kernel counts instances by user, and all machines have the root of this one. */
function fewInotify({ most, used }: Instances, machines: number): string[] {
  const wanted = machines * perMachine.inotify;
  if (most - used >= wanted) return [];
  const enough = 2 ** Math.ceil(Math.log2(used + wanted));
  return [
    `${wanted} more instances of inotify (root has ${used} of ${most}) for ${machines} machines; run sysctl -w fs.inotify.max_user_instances=${enough}`,
  ];
}

function gibibytes(bytes: number): string {
  return `${Math.round((bytes / 2 ** 30) * 10) / 10} GiB`;
}

/** Looks at this machine. */
export function factsOf(tools: string, path: string): Facts {
  const missing = [...programs, ...go].filter((name) => !isInstalled(name, path));
  const isRoot = process.geteuid?.() === 0;
  const { bavail, bsize } = statfsSync(existing(tools));
  return {
    system: process.platform,
    processor: process.arch,
    isRoot,
    missing,
    namespaces: isRoot && !missing.includes('unshare') ? tryNamespaces() : undefined,
    hasImage: existsSync(imageIn(tools).disk),
    parts: builtParts(),
    // What programs could have, as the kernel counts it; `freemem` is that on Linux.
    memory: freemem(),
    disk: bavail * bsize,
    inotify: inotifyInstances(),
    tools,
  };
}

/** The nearest directory above that is there. */
function existing(directory: string): string {
  return existsSync(directory) ? directory : existing(dirname(directory));
}

export function thisHost(): Host {
  return { memory: totalmem(), cpus: cpus().length };
}

/** The directory of built things: `FJORD_TOOLS_DIR`. */
export function toolsIn(env: Readonly<Record<string, string | undefined>>): string {
  return env.FJORD_TOOLS_DIR ?? join(homedir(), '.cache', 'fjord-tools');
}

export const partsBuilder = fileURLToPath(new URL('../../rehearsal/build', import.meta.url));

function builtParts(): string | undefined {
  const { status, stdout } = spawnSync(partsBuilder, ['--path'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function tryNamespaces(): string | undefined {
  const all = ['--cgroup', '--mount', '--net', '--pid', '--uts', '--ipc', '--fork'];
  const { status, stderr } = spawnSync('unshare', [...all, 'mount', '-t', 'proc', 'proc', '/proc'], {
    encoding: 'utf8',
  });
  return status === 0 ? undefined : stderr.trim().split('\n').at(-1) || 'unshare failed';
}

function isInstalled(name: string, path: string): boolean {
  return [...path.split(delimiter), '/usr/sbin', '/sbin'].some((directory) => {
    try {
      accessSync(join(directory, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

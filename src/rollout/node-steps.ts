import { isDeepStrictEqual } from 'node:util';
import { meaningOf } from '../artifacts/meaning.ts';
import { joinTokens } from '../platform/nodes/join-tokens.ts';
import { otherPlaces, places } from '../platform/nodes/places.ts';
import type { Dist, DistNode, Lock, LockedFile, NodeFileBack } from '../verify/dist.ts';
import { shellOf } from '../verify/read/apply-script.ts';
import { kindOfNodePath } from '../verify/read/kind-of-path.ts';
import { type RolloutStep, shownChange } from './step.ts';

/** The steps of each node, by its name. */
export function nodeSteps(before: Dist, after: Dist): RolloutStep[] {
  const names = [...new Set([...before.nodes, ...after.nodes].map(({ name }) => name))].sort();
  return names.flatMap((name): RolloutStep[] => {
    const [old, now] = [before, after].map(({ nodes }) => nodes.find((node) => node.name === name));
    if (now === undefined) {
      return [{ way: 'remove', node: name, what: [`kubectl drain ${name}`, `kubectl delete node ${name}`] }];
    }
    if (old === undefined) return [{ way: 'make', node: name, what: [userDataOf(now, after)] }];
    const other = machine(before.lock, after.lock, name);
    if (other.length > 0) return [{ way: 'replace', node: name, what: [...other, ...settled(old, now)] }];
    return [
      { way: 'replace', node: name, what: settled(old, now) },
      {
        way: 'by-hand',
        node: name,
        what: [...tokensToWrite(old, now), ...filesToPut(old, now, after), ...kernelKeeps(old, now)],
      },
      { way: 'apply', node: name, what: applied(before, after, old, now) },
    ];
  });
}

/** The command or file with the user-data to paste. */
function userDataOf(node: DistNode, after: Dist): string {
  const files = ownFilesOf(node, after).map(({ path }) => path);
  if (files.length > 0) return `fjord user-data ${node.name}, with ${files.join(' and ')}`;
  return node.tokens.length > 0 ? `fjord user-data ${node.name}` : `cloud-init/${node.name}.yaml`;
}

const ofMachine = ['os', 'arch', 'role'] as const;

function machine(before: Lock, after: Lock, name: string): string[] {
  const [old, now] = [before, after].map(({ nodes }) => nodes.find((node) => node.name === name));
  return ofMachine
    .filter((key) => old?.[key] !== now?.[key])
    .map((key) => shownChange(key, old?.[key], now?.[key]));
}

/** K3s sets these only when a node first joins. */
const atFirstJoin = [
  ['node-label', 'or kubectl label'],
  ['node-taint', 'or kubectl taint'],
] as const;

function settled(old: DistNode, now: DistNode): string[] {
  return [
    ...atFirstJoin
      .filter(([key]) => !isDeepStrictEqual(old.k3sConfig[key], now.k3sConfig[key]))
      .map(([key, or]) => `${shownChange(key, old.k3sConfig[key], now.k3sConfig[key])} (${or})`),
    ...(isDeepStrictEqual(old.login, now.login)
      ? []
      : ['SSH users and their keys (or edit the users and their authorized_keys there)']),
  ];
}

/** Tokens are not in `dist/`, so apply.sh cannot write one on a node that was made without it. */
function tokensToWrite(old: DistNode, now: DistNode): string[] {
  return now.tokens
    .filter((token) => !old.tokens.includes(token))
    .map((token) => `write the ${token} token to ${joinTokens[token].file}, mode 0600, before apply.sh`);
}

/** New files that only the node has: those that no earlier file names, because earlier versions did not list them. */
function filesToPut(old: DistNode, now: DistNode, after: Dist): string[] {
  const texts = [...old.files.values()].map(({ text }) => text);
  return ownFilesOf(now, after)
    .filter(({ path }) => !texts.some((text) => text.includes(path)))
    .map(({ path, permissions, use }) => `put ${path} on the node, mode ${permissions}, because ${use}`);
}

function ownFilesOf({ name }: DistNode, { lock }: Dist): readonly LockedFile[] {
  return lock.nodes.find((node) => node.name === name)?.ownFiles ?? [];
}

function kernelKeeps(old: DistNode, now: DistNode): string[] {
  const gone = Object.keys(old.sysctls).filter((key) => now.sysctls[key] === undefined);
  return gone.length === 0
    ? []
    : [`restart the machine: until then ${gone.join(', ')} keep their old values`];
}

/** Files that apply.sh does not write. */
const others: readonly string[] = [
  places.applyScript,
  places.fetchScript,
  ...Object.values(joinTokens).map(({ file }) => file),
];

const reloads = [
  [places.firewall, 'the firewall'],
  [otherPlaces.ssh, 'sshd'],
  [otherPlaces.nginx, 'nginx'],
] as const;

/** The changes that apply.sh makes on the node, in the words of its own last line. */
function applied(before: Dist, after: Dist, old: DistNode, now: DistNode): string[] {
  const text = (node: DistNode, path: string) => saidBy(path, node.files.get(path));
  const ours = (node: DistNode) => [...node.files.keys()].filter((path) => !others.includes(path));
  const written = ours(now).filter((path) => text(old, path) !== text(now, path));
  const removed = ours(old).filter((path) => text(now, path) === undefined);
  const touches = (prefix: string) => [...written, ...removed].some((path) => path.startsWith(prefix));
  const installs = now.packages.filter((name) => !old.packages.includes(name));
  const [from, to] = [before.lock.k3s.version, after.lock.k3s.version];
  const did = [
    ...installs.map((name) => `installs ${name}`),
    ...written.map((path) => `writes ${path}`),
    ...removed.map((path) => `removes ${path}`),
    ...(removed.includes(places.backupTimer) ? ['makes no more copies; those that are there stay'] : []),
    ...(from === to ? [] : [`K3s ${from} → ${to}`]),
    ...(from !== to || touches(otherPlaces.k3s) || touches(places.registriesBase) ? ['restarts K3s'] : []),
    ...reloads.filter(([prefix]) => touches(prefix)).map(([, program]) => `reloads ${program}`),
  ];
  const sameScript = text(old, places.applyScript) === text(now, places.applyScript);
  return did.length > 0 || sameScript ? did : ['only the script itself changed'];
}

/** Text to compare a file by: comments do not count, permissions do. Of apply.sh, only the part that is not a file. */
function saidBy(path: string, file: NodeFileBack | undefined): string | undefined {
  if (file === undefined) return undefined;
  const text = path === places.applyScript ? shellOf(file.text) : file.text;
  return `${file.permissions} ${meaningOf(kindOfNodePath(path) ?? 'text', text)}`;
}

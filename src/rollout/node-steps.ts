import { isDeepStrictEqual } from 'node:util';
import { meaningOf } from '../artifacts/meaning.ts';
import { directivesBelow } from '../nginx/find.ts';
import { joinTokens } from '../platform/nodes/join-tokens.ts';
import { otherPlaces, places } from '../platform/nodes/places.ts';
import type { Dist, DistNode, Lock, NodeFileBack } from '../verify/dist.ts';
import { shellOf } from '../verify/read/apply-script.ts';
import { kindOfNodePath } from '../verify/read/kind-of-path.ts';
import { filesOfAlerts } from '../verify/read/watch-script.ts';
import { type RolloutStep, shownChange } from './step.ts';

/** The steps of each node, by its name. */
export function nodeSteps(before: Dist, after: Dist): RolloutStep[] {
  const names = [...new Set([...before.nodes, ...after.nodes].map(({ name }) => name))].sort();
  return names.flatMap((name): RolloutStep[] => {
    const [old, now] = [before, after].map(({ nodes }) => nodes.find((node) => node.name === name));
    if (now === undefined) {
      return [{ way: 'remove', node: name, what: [`kubectl drain ${name}`, `kubectl delete node ${name}`] }];
    }
    if (old === undefined) return [{ way: 'make', node: name, what: [userDataOf(now)] }];
    const other = machine(before.lock, after.lock, name);
    if (other.length > 0) return [{ way: 'replace', node: name, what: [...other, ...settled(old, now)] }];
    return [
      { way: 'replace', node: name, what: settled(old, now) },
      {
        way: 'by-hand',
        node: name,
        what: [
          ...tokensToWrite(old, now),
          ...filesToPut(old, now),
          ...backupsEnd(old, now),
          ...alertsEnd(old, now),
          ...kernelKeeps(old, now),
        ],
      },
      { way: 'apply', node: name, what: applied(before, after, old, now) },
    ];
  });
}

/** The command or file with the user-data to paste. */
function userDataOf({ name, tokens }: DistNode): string {
  return tokens.length > 0 ? `fjord user-data ${name}` : `cloud-init/${name}.yaml`;
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

/** nginx directives that name a file that the operator provides. */
const ofOperator = ['auth_basic_user_file', 'ssl_client_certificate'];

function filesToPut(old: DistNode, now: DistNode): string[] {
  const named = ({ nginx }: DistNode) =>
    nginx.flatMap(({ statements }) =>
      ofOperator.flatMap((name) => directivesBelow(statements, name)).map(({ args: [file = ''] }) => file),
    );
  const known = ['/dev/null', ...named(old)];
  const added = [...new Set(named(now))].filter((file) => !known.includes(file));
  const keys = keysOfBackups(now).filter((file) => !keysOfBackups(old).includes(file));
  const alerts = filesOfAlerts(now).filter((file) => !filesOfAlerts(old).includes(file));
  return [
    ...added.map((file) => `put ${file} on the node, because nginx reads it`),
    ...keys.map((file) => `put ${file} on the node, mode 0600, because copies are sent with it`),
    ...alerts.map((file) => `put ${file} on the node, mode 0600, because alerts are sent with it`),
  ];
}

/** Files with the keys that a node needs to send its copies. */
function keysOfBackups({ files }: DistNode): string[] {
  const text = files.get(places.backupScript)?.text ?? '';
  return [otherPlaces.backupSshKey, otherPlaces.backupS3].filter((file) => text.includes(`${file} `));
}

/** apply.sh removes the timer's file, but systemd goes on with what it has read. */
function backupsEnd(old: DistNode, now: DistNode): string[] {
  if (!old.files.has(places.backupScript) || now.files.has(places.backupScript)) return [];
  return ['systemctl disable --now fjord-backup.timer, before apply.sh; copies that are there stay'];
}

/** The same of the timer that looks for problems. */
function alertsEnd(old: DistNode, now: DistNode): string[] {
  if (!old.files.has(places.watchScript) || now.files.has(places.watchScript)) return [];
  return ['systemctl disable --now fjord-watch.timer, before apply.sh'];
}

function kernelKeeps(old: DistNode, now: DistNode): string[] {
  const gone = Object.keys(old.sysctls).filter((key) => now.sysctls[key] === undefined);
  return gone.length === 0
    ? []
    : [`restart the machine: until then ${gone.join(', ')} keep their old values`];
}

/** Files that apply.sh does not write. */
const others: readonly string[] = [places.applyScript, ...Object.values(joinTokens).map(({ file }) => file)];

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
    ...(from === to ? [] : [`K3s ${from} → ${to}`]),
    ...(from !== to || touches(otherPlaces.k3s) ? ['restarts K3s'] : []),
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

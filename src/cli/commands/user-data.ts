import { dirname, join, resolve } from 'node:path';
import { closest } from 'fastest-levenshtein';
import type { Artifact } from '../../artifacts/artifact.ts';
import type { Compile } from '../../compile-result.ts';
import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { print } from '../../diagnostics/print/print.ts';
import { showPath } from '../../diagnostics/show-path.ts';
import { type JoinToken, joinTokens, tokensIn } from '../../platform/nodes/join-tokens.ts';
import { chooseColors } from '../choose-colors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { findConfig } from '../find-config.ts';
import type { Io } from '../io.ts';
import { couldBeCommitted } from '../output/output-file.ts';
import { type GivenToken, readJoinToken } from './join-token.ts';
import { type ListedFile, type OwnFileFlags, readOwnFiles, withOwnFiles } from './own-files.ts';

/** `fjord user-data`'s options, as typed. */
export interface UserDataFlags extends OwnFileFlags {
  /** @default the config file in the current directory */
  readonly config?: string;
  /** @default `dist` beside the config file */
  readonly out?: string;
  /** For a machine that becomes what a backup says. @default false */
  readonly restore?: boolean;
}

/**
 * Prints the user-data to paste when a node is created, with its tokens and the files that only it has. Tokens are not in
 * any file: they are read from the environment or asked for. They are never arguments, because other users can read the
 * command line.
 */
export async function userData(
  node: string,
  flags: UserDataFlags,
  io: Io,
  compile: Compile,
): Promise<ExitCode> {
  const refuse = (message: string, code: ExitCode = exitCodes.refused): ExitCode => {
    io.stderr.write(`fjord: ${message}\n`);
    return code;
  };
  const configFile = flags.config === undefined ? findConfig(io.cwd) : resolve(io.cwd, flags.config);
  const outDir = flags.out === undefined ? join(dirname(configFile), 'dist') : resolve(io.cwd, flags.out);
  const { artifacts, diagnostics, differences } = await compile({
    configFile,
    outDir,
    mode: 'check',
    strict: false,
    cwd: io.cwd,
  });
  const worst = diagnostics.filter(({ severity }) => severity === 'error');
  io.stderr.write(print(worst, { colors: chooseColors(io, 'stderr'), cwd: io.cwd }));
  if (hasErrors(diagnostics)) return exitCodes.refused;

  const text = artifacts.find(({ path }) => path === `cloud-init/${node}.yaml`)?.text;
  const entry = lockedNodes(artifacts).find(({ name }) => name === node);
  if (text === undefined || entry === undefined) {
    const names = lockedNodes(artifacts).map(({ name }) => name);
    const meant = closest(node, names);
    return refuse(
      `there is no node '${node}', only ${names.join(', ')}; did you mean ${meant}?`,
      exitCodes.usage,
    );
  }

  const problem = flags.restore ? noRestore(artifacts, entry) : undefined;
  if (problem !== undefined) return refuse(problem, exitCodes.usage);

  const kinds = tokensIn(text);
  const own = await readOwnFiles(node, entry.ownFiles ?? [], flags, io);
  if ('problem' in own) return refuse(own.problem, exitCodes.usage);
  const file = kinds.length > 0 || own.given.length > 0 ? io.stdoutFile() : undefined;
  if (file === 'unknown') {
    return refuse(
      'the output contains secrets, but it goes to a file at an unknown place; pipe it to where it is needed',
    );
  }
  if (file !== undefined && couldBeCommitted(file, dirname(configFile))) {
    return refuse(
      `the output contains secrets, but ${showPath(file, io.cwd)} is in a repository; write it elsewhere, or pipe it`,
    );
  }

  const tokens = new Map<JoinToken, GivenToken>();
  for (const kind of kinds) {
    const given = await tokenOf(kind, io);
    if ('problem' in given) return refuse(given.problem);
    tokens.set(kind, given);
  }
  if (tokens.size === 2 && tokens.get('server')?.password === tokens.get('agent')?.password) {
    return refuse(
      'the agent token is the same as the server token; create a separate agent token, so that agents cannot control the cluster',
    );
  }
  if (differences.length > 0) {
    io.stderr.write(
      `fjord: ${showPath(outDir, io.cwd)} is out of date: run fjord synth and commit the result\n`,
    );
  }
  const filled = withOwnFiles(fillTokens(text, entry.role, entry.joins !== null, tokens), own.given);
  const whole = flags.restore ? waiting(filled) : filled;
  const { bytes, published } = entry.userDataLimit;
  if (published && own.given.length > 0 && Buffer.byteLength(whole) > bytes) {
    return refuse(
      `the user-data with these files has ${Buffer.byteLength(whole)} bytes, and ${entry.provider} takes ${bytes}; give fewer, and copy the others to the machine`,
    );
  }
  const { scripts } = lockOf(artifacts).delivery;
  if (scripts !== undefined) {
    const path = `nodes/${node}/apply.sh`;
    const { sha256 } = lockOf(artifacts).artifacts.find((one) => one.path === path) ?? { sha256: '' };
    io.stderr.write(
      `fjord: ${node} fetches ${scripts}/${node}/apply.sh when it starts: serve ${path} of ${showPath(outDir, io.cwd)} there first (SHA-256 ${sha256})\n`,
    );
  }
  for (const { path, use, permissions, owner } of own.missing) {
    io.stderr.write(
      `fjord: ${node} also needs ${path}, because ${use}: use --file ${path}=LOCAL, or put it there yourself (${owner}, ${permissions})\n`,
    );
  }
  io.stdout.write(whole);
  return exitCodes.done;
}

async function tokenOf(kind: JoinToken, io: Io): Promise<GivenToken | { readonly problem: string }> {
  const { variable } = joinTokens[kind];
  const set = io.env[variable];
  const text = set ?? (await io.askSecret?.(`Type the ${kind} token (it is not shown): `));
  if (text === undefined) {
    const why = io.askSecret ? 'nothing was entered' : 'there is no terminal to ask at';
    return { problem: `${variable} is not set, and ${why}` };
  }
  const given = readJoinToken(kind, text);
  if (!('problem' in given)) return given;
  return { problem: `${set === undefined ? `the ${kind} token` : variable} ${given.problem}` };
}

/** The reason why a node cannot be restored. Copies are of the first server: the others join it again. */
function noRestore(artifacts: readonly Artifact[], { name, role, joins }: LockedNode): string | undefined {
  const { intent } = lockOf(artifacts);
  if (intent.backups === undefined) return 'the config has no backups, so there is nothing to restore';
  if (role === 'server' && joins === null) return undefined;
  const first = lockedNodes(artifacts).find((node) => node.role === 'server' && node.joins === null);
  return `${name} is not in any backup: restore ${first?.name}, then make ${name} again, so that it joins`;
}

/** The user-data of a machine whose apply.sh waits for `fjord-restore`. */
function waiting(userData: string): string {
  return userData.replace(
    /^write_files:\n/m,
    (head) =>
      `${head}  - path: /var/lib/fjord/restore/wanted\n    permissions: "0600"\n    content: a backup\n`,
  );
}

interface Locked {
  readonly nodes: readonly LockedNode[];
  readonly delivery: { readonly scripts?: string };
  readonly intent: { readonly backups?: unknown };
  readonly artifacts: readonly { readonly path: string; readonly sha256: string }[];
}

interface LockedNode {
  readonly name: string;
  readonly role: JoinToken;
  readonly joins: string | null;
  readonly provider: string;
  readonly ownFiles?: readonly ListedFile[];
  readonly userDataLimit: { readonly bytes: number; readonly published: boolean };
}

/** The nodes in the lock file, which was just compiled and verified. */
function lockedNodes(artifacts: readonly Artifact[]): readonly LockedNode[] {
  return lockOf(artifacts).nodes;
}

function lockOf(artifacts: readonly Artifact[]): Locked {
  const lock = artifacts.find(({ kind }) => kind === 'lock');
  return lock === undefined ? { nodes: [], delivery: {}, intent: {}, artifacts: [] } : JSON.parse(lock.text);
}

/**
 * Fills tokens into user-data. A node that joins gets its token in the form that the user gave; with the full form the
 * node can authenticate the cluster. Where a token is created, it must be only the password.
 *
 * @param joins true if the node joins others; false for the first server
 */
function fillTokens(
  userData: string,
  role: JoinToken,
  joins: boolean,
  tokens: ReadonlyMap<JoinToken, GivenToken>,
): string {
  let text = userData;
  for (const [kind, { password, full }] of tokens) {
    const isOwn = kind === role && joins;
    text = text.replace(joinTokens[kind].placeholder, () => (isOwn ? (full ?? password) : password));
  }
  return text;
}

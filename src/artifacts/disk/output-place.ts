import { readlinkSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Outcome } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { showPath } from '../../diagnostics/show-path.ts';
import { lstatIfThere } from './inventory.ts';
import { errorCode } from './read-if-possible.ts';

/** The output directory, and the paths beside it that writing uses. All are absolute and on the same filesystem. */
export interface OutputPlace {
  /** The output directory; no part of it is a symbolic link. */
  readonly directory: string;
  /** The output directory as messages show it. */
  readonly shown: string;
  readonly parent: string;
  /** The path at which the new tree is made. */
  readonly staged: string;
  /** The path of the old tree from the first rename until it is removed. */
  readonly previous: string;
  /** The prefix of the names of claims (see `claim.ts`). */
  readonly claimPrefix: string;
}

/** Shows a path beside the output directory, for messages. */
export function showBeside(place: OutputPlace, path: string): string {
  return join(dirname(place.shown), basename(path));
}

export interface PlaceOptions {
  /** The config file. An output directory that contains it is refused. */
  readonly configFile?: string;
  /** The current directory. One that contains it is refused too. Messages show paths relative to it. */
  readonly cwd?: string;
}

/** Finds the output directory, or says why nothing may be written there. Changes nothing. */
export function findOutputPlace(outDir: string, options: PlaceOptions = {}): Outcome<OutputPlace> {
  const wanted = resolve(outDir);
  const parent = realPath(dirname(wanted));
  const directory = join(parent, basename(wanted));
  const out = options.cwd === undefined ? wanted : showPath(wanted, options.cwd);
  const stats = lstatIfThere(directory);
  if (stats?.isSymbolicLink()) {
    return [undefined, [report('write/output-is-link', [], { out, target: readlinkSync(directory) })]];
  }
  if (stats && !stats.isDirectory()) return [undefined, [report('write/output-is-file', [], { out })]];

  const holds = heldBy(directory, options);
  if (holds) return [undefined, [report('write/output-not-its-own', [], { out, holds })]];
  const beside = (purpose: string): string => join(parent, `.${basename(directory)}.fjord-${purpose}`);
  const names = { staged: beside('staged'), previous: beside('previous'), claimPrefix: beside('claim.') };
  return [{ directory, shown: out, parent, ...names }, []];
}

/** The reason, in words, why a directory cannot be replaced as a whole; undefined if it can. */
function heldBy(directory: string, { configFile, cwd }: PlaceOptions): string | undefined {
  const holds = (path: string): boolean => `${realPath(path)}${sep}`.startsWith(join(directory, sep));
  if (configFile !== undefined && holds(configFile)) return 'the config file';
  if (cwd !== undefined && holds(cwd)) return 'the current directory';
  if (holds(homedir())) return 'your home directory';
  if (directory.split(sep).includes('.git')) return 'what git keeps';
  return dirname(directory) === directory ? 'the whole filesystem' : undefined;
}

/** The real path of the part of a path that exists, followed by the rest unchanged. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}

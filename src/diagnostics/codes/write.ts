import { define } from '../definition.ts';
import { escapeUnprintable } from '../escape.ts';

/** A path is quoted whole, however long, since people copy it. */
const quote = (path: string): string => `'${escapeUnprintable(path)}'`;

export const writeCodes = {
  'write/foreign-file': define<{ readonly path: string }>({
    severity: 'error',
    fact: ({ path }) => `${quote(path)} is in the way: Fjord did not write it, so it does not replace it`,
    hint: () => 'move or delete it, or choose another directory with --out; nothing was changed',
  }),
  'write/output-is-file': define<{ readonly out: string }>({
    severity: 'error',
    fact: ({ out }) => `the output directory ${quote(out)} is not a directory`,
    hint: () => 'move or delete it, or choose another directory with --out',
  }),
  'write/output-is-link': define<{ readonly out: string; readonly target: string }>({
    severity: 'error',
    fact: ({ out, target }) => `the output directory ${quote(out)} is a symbolic link to ${quote(target)}`,
    hint: () => 'name the directory itself with --out, or replace the link with a directory',
  }),
  'write/other-platform': define<{ readonly out: string; readonly held: string; readonly name: string }>({
    severity: 'error',
    fact: ({ out, held, name }) =>
      `the output directory ${quote(out)} holds the platform ${quote(held)}, and the config is of ${quote(name)}`,
    hint: ({ held }) =>
      `name another directory with --out, or write --replace-platform ${escapeUnprintable(held)} if this one takes its place`,
  }),
  'write/output-not-its-own': define<{ readonly out: string; readonly holds: string }>({
    severity: 'error',
    fact: ({ out, holds }) =>
      `the output directory ${quote(out)} contains ${holds}, so Fjord cannot replace it as a whole`,
    hint: () => 'choose a directory that holds only what Fjord writes, such as --out dist',
  }),
  'write/cannot-swap': define<{ readonly out: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ out, reason }) => `the output directory ${quote(out)} cannot be renamed (${reason})`,
    hint: () => 'choose a directory below it with --out, or delete it and run again; nothing was changed',
  }),
  'write/not-writable': define<{ readonly path: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `${quote(path)} cannot be read or written (${reason})`,
    hint: () => 'give yourself access to it, or choose another directory with --out; nothing was changed',
  }),
  'write/no-space': define<{ readonly path: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `there is no space to write ${quote(path)} (${reason})`,
    hint: () => 'free some space, or choose another directory with --out; nothing was changed',
  }),
  'write/busy': define<{ readonly out: string; readonly owner: string; readonly claim: string }>({
    severity: 'error',
    fact: ({ out, owner }) => `another run of Fjord (${owner}) is writing ${quote(out)}`,
    hint: ({ claim }) => `run again when it has finished; if it no longer runs, delete ${quote(claim)}`,
  }),
  'write/interrupted': define<{ readonly out: string; readonly previous: string; readonly staged: string }>({
    severity: 'error',
    fact: ({ out }) =>
      `an earlier run was killed while it replaced ${quote(out)}, which something else has since recreated`,
    hint: ({ previous, staged }) =>
      `copy what you need from the old directory, ${quote(previous)}, then delete it and ${quote(staged)}`,
  }),
  'write/failed': define<{ readonly path: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `writing ${quote(path)} failed (${reason})`,
    hint: () => 'check that path and its disk, or choose another directory with --out',
  }),
};

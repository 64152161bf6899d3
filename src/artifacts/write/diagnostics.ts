import { define } from '../../diagnostics/definition.ts';
import { escapeUnprintable } from '../../diagnostics/escape.ts';

/** Quotes a path in full, however long, because people copy it. */
const quote = (path: string): string => `'${escapeUnprintable(path)}'`;

/** Codes that `write` reports. */
export const writeDiagnostics = {
  'write/foreign-file': define<{ readonly path: string }>({
    severity: 'error',
    fact: ({ path }) =>
      `${quote(path)} is in the way, and Fjord does not replace it because it did not write it`,
    hint: () => 'move or delete it, or choose another directory with --out; nothing was changed',
    meaning: 'Fjord never touches a file that it did not write, so nothing of yours is lost.',
    example: { situation: 'a stack.yaml of your own in dist/', says: { path: 'dist/stack.yaml' } },
  }),
  'write/output-is-file': define<{ readonly out: string }>({
    severity: 'error',
    fact: ({ out }) => `the output directory ${quote(out)} is not a directory`,
    hint: () => 'move or delete it, or choose another directory with --out',
    meaning: 'Fjord writes its files into a directory.',
    example: { situation: 'fjord synth --out notes.txt', says: { out: 'notes.txt' } },
  }),
  'write/output-is-link': define<{ readonly out: string; readonly target: string }>({
    severity: 'error',
    fact: ({ out, target }) => `the output directory ${quote(out)} is a symbolic link to ${quote(target)}`,
    hint: () => 'name the directory itself with --out, or replace the link with a directory',
    meaning:
      'Fjord replaces the whole directory by renaming, which would replace the link instead of its target.',
    example: { situation: 'dist is a symbolic link', says: { out: 'dist', target: '../builds/dist' } },
  }),
  'write/other-platform': define<{ readonly out: string; readonly held: string; readonly name: string }>({
    severity: 'error',
    fact: ({ out, held, name }) =>
      `the output directory ${quote(out)} contains the platform ${quote(held)}, but the config is for ${quote(name)}`,
    hint: ({ held }) =>
      `name another directory with --out, or add --replace-platform ${escapeUnprintable(held)} if this one replaces it`,
    meaning:
      "The lock file there names another platform, so a variable or the directory is probably wrong. If Fjord replaced it, the next apply.sh would turn the machines of one stage into the other's.",
    example: {
      situation: 'fjord synth --out dist/production with the variables of staging',
      says: { out: 'dist/production', held: 'production', name: 'staging' },
    },
  }),
  'write/output-not-its-own': define<{ readonly out: string; readonly holds: string }>({
    severity: 'error',
    fact: ({ out, holds }) =>
      `the output directory ${quote(out)} contains ${holds}, so Fjord cannot replace it as a whole`,
    hint: () => 'choose a directory that contains only output of Fjord, such as --out dist',
    meaning: 'Fjord replaces the whole directory, so it must not contain a project or a home directory.',
    example: { situation: 'fjord synth --out .', says: { out: '.', holds: 'the config file' } },
  }),
  'write/cannot-swap': define<{ readonly out: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ out, reason }) => `the output directory ${quote(out)} cannot be renamed (${reason})`,
    hint: () => 'choose a directory below it with --out, or delete it and run again; nothing was changed',
    meaning:
      'Fjord replaces the directory by renaming, so that nobody ever sees half of it. A mount point, or a directory from a lower layer of a container image, cannot be renamed.',
    example: { situation: 'a volume is mounted at dist', says: { out: 'dist', reason: 'EBUSY' } },
  }),
  'write/not-writable': define<{ readonly path: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `${quote(path)} cannot be read or written (${reason})`,
    hint: () => 'give yourself access to it, or choose another directory with --out; nothing was changed',
    meaning: 'Fjord writes either everything or nothing.',
    example: { situation: 'dist belongs to somebody else', says: { path: 'dist', reason: 'EACCES' } },
  }),
  'write/no-space': define<{ readonly path: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `there is no space to write ${quote(path)} (${reason})`,
    hint: () => 'free some space, or choose another directory with --out; nothing was changed',
    meaning: 'The new tree is written in full before it replaces the old one, so for a moment there are two.',
    example: { situation: 'the disk is full', says: { path: 'dist', reason: 'ENOSPC' } },
  }),
  'write/busy': define<{ readonly out: string; readonly owner: string; readonly claim: string }>({
    severity: 'error',
    fact: ({ out, owner }) => `another run of Fjord (${owner}) is writing ${quote(out)}`,
    hint: ({ claim }) => `run again when it has finished; if it no longer runs, delete ${quote(claim)}`,
    meaning: "Two runs at the same time would delete each other's output.",
    example: {
      situation: 'two fjord synth at the same time',
      says: { out: 'dist', owner: 'process 4711', claim: '.dist.fjord-claim' },
    },
  }),
  'write/interrupted': define<{ readonly out: string; readonly previous: string; readonly staged: string }>({
    severity: 'error',
    fact: ({ out }) =>
      `an earlier run was killed while it replaced ${quote(out)}, which something else has since recreated`,
    hint: ({ previous, staged }) =>
      `copy what you need from the old directory, ${quote(previous)}, then delete it and ${quote(staged)}`,
    meaning:
      'Fjord repairs this itself when it can tell which directory is the right one. Here it could be either, so you have to choose.',
    example: {
      situation: 'an earlier run was killed, and somebody created dist again by hand',
      says: { out: 'dist', previous: '.dist.fjord-previous', staged: '.dist.fjord-staged' },
    },
  }),
  'write/failed': define<{ readonly path: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `writing ${quote(path)} failed (${reason})`,
    hint: () => 'check that path and its disk, or choose another directory with --out',
    meaning: 'The system refused for a reason that Fjord cannot explain better.',
    example: { situation: 'a disk that is failing', says: { path: 'dist', reason: 'EIO' } },
  }),
};

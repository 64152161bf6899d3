import { define } from '../definition.ts';

export const writeCodes = {
  'write/foreign-file': define<{ path: string }>({
    severity: 'error',
    fact: ({ path }) => `"${path}" stands where a file must be written, and Fjord did not write it.`,
    hint: () => 'Move or delete it, or choose another directory with --out. Nothing was changed.',
  }),
  'write/output-is-file': define<{ out: string }>({
    severity: 'error',
    fact: ({ out }) => `The output directory "${out}" is not a directory.`,
    hint: () => 'Move or delete it, or choose another directory with --out.',
  }),
  'write/output-is-link': define<{ out: string; target: string }>({
    severity: 'error',
    fact: ({ out, target }) => `The output directory "${out}" is a symbolic link to "${target}".`,
    hint: ({ target }) => `Name the directory itself: --out ${target}`,
  }),
  'write/output-not-its-own': define<{ out: string; holds: string }>({
    severity: 'error',
    fact: ({ out, holds }) =>
      `The output directory "${out}" contains ${holds}. Writing replaces the whole directory, so it must be one of its own.`,
    hint: () => 'Choose a directory that holds only what Fjord writes: --out dist',
  }),
  'write/cannot-swap': define<{ out: string; reason: string }>({
    severity: 'error',
    fact: ({ out, reason }) =>
      `The output directory "${out}" cannot be renamed (${reason}): it is a mount point or part of a container image's lower layer.`,
    hint: ({ out }) => `Choose a directory below it (--out ${out}/dist), or delete it first.`,
  }),
  'write/not-writable': define<{ path: string; reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `"${path}" cannot be read and written (${reason}).`,
    hint: () => 'Give yourself access to it, or choose another directory with --out. Nothing was changed.',
  }),
  'write/no-space': define<{ path: string; reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `There is no room to write "${path}" (${reason}).`,
    hint: () => 'Free some space, or choose another directory with --out. Nothing was changed.',
  }),
  'write/busy': define<{ out: string; owner: string; claim: string }>({
    severity: 'error',
    fact: ({ out, owner }) => `Another Fjord (${owner}) is writing "${out}".`,
    hint: ({ claim }) => `Wait for it and run again. If there is none any more, delete "${claim}".`,
  }),
  'write/interrupted': define<{ out: string; previous: string; staged: string }>({
    severity: 'error',
    fact: ({ out, previous }) =>
      `An earlier run was killed while it swapped "${out}", and something else has made "${out}" since. The one from before is in "${previous}".`,
    hint: ({ previous, staged }) => `Take what you need from "${previous}", then delete it and "${staged}".`,
  }),
  'write/failed': define<{ path: string; reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `Writing "${path}" failed (${reason}).`,
    hint: () => 'Nothing was changed. Run again, or choose another directory with --out.',
  }),
};

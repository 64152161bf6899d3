import { define } from '../../diagnostics/definition.ts';
import { escapeUnprintable } from '../../diagnostics/escape.ts';

const quote = (path: string): string => `'${escapeUnprintable(path)}'`;

/** Codes that `verify` reports while it reads a directory. */
export const readDirectoryDiagnostics = {
  'verify/no-directory': define<{ readonly directory: string }>({
    severity: 'error',
    fact: ({ directory }) => `there is no directory ${quote(directory)}`,
    hint: () => 'name the output directory: fjord verify DIR',
    meaning: 'The check reads the output from disk, so it must be there.',
    example: { situation: 'fjord verify, before the first fjord synth', says: { directory: 'dist' } },
  }),
  'verify/not-read': define<{ readonly path: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `${quote(path)} was not read: ${reason}`,
    hint: () => 'remove it, or run fjord synth again',
    meaning:
      'Fjord never writes links, devices, bytes that are not UTF-8 or huge files, so it does not read them.',
    example: {
      situation: 'dist/stack.yaml is a symbolic link',
      says: { path: 'stack.yaml', reason: 'it is a symbolic link' },
    },
  }),
  'verify/too-much': define<{ readonly directory: string; readonly what: string }>({
    severity: 'error',
    fact: ({ directory, what }) => `${quote(directory)} ${what}, so it is not an output of Fjord`,
    hint: () => 'name the output directory itself: fjord verify DIR',
    meaning: 'This is probably the wrong directory, or somebody put files there to make reading slow.',
    example: {
      situation: 'fjord verify /',
      says: { directory: '/', what: 'holds more than 10000 files and directories' },
    },
  }),
};

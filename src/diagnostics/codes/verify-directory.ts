import { define } from '../definition.ts';
import { escapeUnprintable } from '../escape.ts';

const quote = (path: string): string => `'${escapeUnprintable(path)}'`;

/** Problems of reading a `dist/` from disk. */
export const verifyDirectoryCodes = {
  'verify/no-directory': define<{ readonly directory: string }>({
    severity: 'error',
    fact: ({ directory }) => `there is no directory ${quote(directory)}`,
    hint: () => 'name the output directory: fjord verify DIR',
  }),
  'verify/not-read': define<{ readonly path: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ path, reason }) => `${quote(path)} was not read: ${reason}`,
    hint: () => 'remove it, or run fjord synth again',
  }),
  'verify/too-much': define<{ readonly directory: string; readonly what: string }>({
    severity: 'error',
    fact: ({ directory, what }) => `${quote(directory)} ${what}, which no output of Fjord does`,
    hint: () => 'name the output directory itself: fjord verify DIR',
  }),
};

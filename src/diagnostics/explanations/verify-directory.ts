import type { verifyDirectoryCodes } from '../codes/verify-directory.ts';
import type { Explanations } from './explanation.ts';

export const verifyDirectoryExplanations: Explanations<keyof typeof verifyDirectoryCodes> = {
  'verify/no-directory': {
    meaning: 'The check reads the output from disk, so it must be there.',
    example: { situation: 'fjord verify, before the first fjord synth', says: { directory: 'dist' } },
  },
  'verify/not-read': {
    meaning:
      'Fjord never writes a link, a device, bytes that are not UTF-8 or a huge file, so it cannot vouch for what they hold.',
    example: {
      situation: 'dist/stack.yaml is a symbolic link',
      says: { path: 'stack.yaml', reason: 'it is a symbolic link' },
    },
  },
  'verify/too-much': {
    meaning: 'This is probably the wrong directory, or somebody put files there to keep the reader busy.',
    example: {
      situation: 'fjord verify /',
      says: { directory: '/', what: 'holds more than 10000 files and directories' },
    },
  },
};

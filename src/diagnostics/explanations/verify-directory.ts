import type { verifyDirectoryCodes } from '../codes/verify-directory.ts';
import type { Explanations } from './explanation.ts';

export const verifyDirectoryExplanations: Explanations<keyof typeof verifyDirectoryCodes> = {
  'verify/no-directory': {
    meaning: 'What was emitted is judged as it lies on disk, so it must lie there.',
    example: { situation: 'fjord verify, before the first fjord synth', says: { directory: 'dist' } },
  },
  'verify/not-read': {
    meaning:
      'A link, a device, bytes that are not UTF-8 or a huge file are nothing that Fjord emits, and what they hold cannot be vouched for.',
    example: {
      situation: 'dist/stack.yaml is a symbolic link',
      says: { path: 'stack.yaml', reason: 'it is a symbolic link' },
    },
  },
  'verify/too-much': {
    meaning: 'It is probably another directory, or something was put there to keep the reader busy.',
    example: {
      situation: 'fjord verify /',
      says: { directory: '/', what: 'holds more than 10000 files and directories' },
    },
  },
};

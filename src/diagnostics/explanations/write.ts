import type { writeCodes } from '../codes/write.ts';
import type { Explanations } from './explanation.ts';

export const writeExplanations: Explanations<keyof typeof writeCodes> = {
  'write/foreign-file': {
    meaning: 'Fjord never touches a file that it did not write, so nothing of yours is lost.',
    example: { situation: 'a stack.yaml of your own in dist/', says: { path: 'dist/stack.yaml' } },
  },
  'write/output-is-file': {
    meaning: 'Fjord writes its files into a directory.',
    example: { situation: 'fjord synth --out notes.txt', says: { out: 'notes.txt' } },
  },
  'write/output-is-link': {
    meaning:
      'Fjord replaces the whole directory by renaming, which would replace the link instead of its target.',
    example: { situation: 'dist is a symbolic link', says: { out: 'dist', target: '../shared/dist' } },
  },
  'write/other-platform': {
    meaning:
      "The lock file there names another platform: a stage's variable or a directory is not what you meant. Written over it, the next apply.sh would make one stage's machines the other's.",
    example: {
      situation: 'fjord synth --out dist/production with the variables of staging',
      says: { out: 'dist/production', held: 'production', name: 'staging' },
    },
  },
  'write/output-not-its-own': {
    meaning:
      'The directory is replaced as a whole, by a rename. So it must not hold a project or a home directory.',
    example: { situation: 'fjord synth --out .', says: { out: '.', holds: 'the config file' } },
  },
  'write/cannot-swap': {
    meaning:
      'The directory is replaced in one step, a rename, so that nobody ever sees half of it. A mount point, or a directory from a lower layer of a container image, cannot be renamed.',
    example: { situation: 'dist is where a volume is mounted', says: { out: 'dist', reason: 'EBUSY' } },
  },
  'write/not-writable': {
    meaning: 'Fjord writes either everything or nothing.',
    example: { situation: 'dist belongs to somebody else', says: { path: 'dist', reason: 'EACCES' } },
  },
  'write/no-space': {
    meaning: 'The new tree is written in full before it replaces the old one, so for a moment there are two.',
    example: { situation: 'the disk is full', says: { path: 'dist', reason: 'ENOSPC' } },
  },
  'write/busy': {
    meaning: 'Two runs at once would each throw away what the other wrote.',
    example: {
      situation: 'two fjord synth at the same time',
      says: { out: 'dist', owner: 'process 4711', claim: '.dist.fjord-claim' },
    },
  },
  'write/interrupted': {
    meaning:
      'Fjord repairs this itself when it can tell which directory is the right one. Here it could be either, so you have to choose.',
    example: {
      situation: 'an earlier run was killed, and somebody made dist anew by hand',
      says: { out: 'dist', previous: '.dist.fjord-previous', staged: '.dist.fjord-staged' },
    },
  },
  'write/failed': {
    meaning: 'The system refused for a reason that Fjord cannot explain better.',
    example: { situation: 'a disk that is failing', says: { path: 'dist', reason: 'EIO' } },
  },
};

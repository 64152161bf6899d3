import type { writeCodes } from '../codes/write.ts';
import type { Explanations } from './explanation.ts';

export const writeExplanations: Explanations<keyof typeof writeCodes> = {
  'write/foreign-file': {
    meaning: 'What Fjord did not write is never touched, so that nothing of yours is lost.',
    example: { situation: 'a stack.yaml of your own in dist/', says: { path: 'dist/stack.yaml' } },
  },
  'write/output-is-file': {
    meaning: 'Artifacts need a directory to lie in.',
    example: { situation: 'fjord synth --out notes.txt', says: { out: 'notes.txt' } },
  },
  'write/output-is-link': {
    meaning:
      'The directory is swapped whole by renaming, which would replace the link and not what it leads to.',
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
    meaning: 'The directory is replaced as a whole. One that holds a project or a home must not be.',
    example: { situation: 'fjord synth --out .', says: { out: '.', holds: 'the config file' } },
  },
  'write/cannot-swap': {
    meaning:
      'A new tree takes the place of the old one in one step, so that nobody ever sees half of it; that step is a rename.',
    example: { situation: 'dist is where a volume is mounted', says: { out: 'dist', reason: 'EBUSY' } },
  },
  'write/not-writable': {
    meaning: 'Nothing is written by halves: either all of it is, or nothing.',
    example: { situation: 'dist belongs to somebody else', says: { path: 'dist', reason: 'EACCES' } },
  },
  'write/no-space': {
    meaning: 'The new tree is made whole beside the old one first, so for a moment there are two.',
    example: { situation: 'the disk is full', says: { path: 'dist', reason: 'ENOSPC' } },
  },
  'write/busy': {
    meaning: 'Two at once would each throw away what the other wrote.',
    example: {
      situation: 'two fjord synth at the same time',
      says: { out: 'dist', owner: 'process 4711', claim: '.dist.fjord-claim' },
    },
  },
  'write/interrupted': {
    meaning:
      'Fjord repairs what it can tell apart. Here both could be the right one, so a person has to choose.',
    example: {
      situation: 'an earlier run was killed, and somebody made dist anew by hand',
      says: { out: 'dist', previous: '.dist.fjord-previous', staged: '.dist.fjord-staged' },
    },
  },
  'write/failed': {
    meaning: 'The system refused for a reason that Fjord has no better words for.',
    example: { situation: 'a disk that is failing', says: { path: 'dist', reason: 'EIO' } },
  },
};

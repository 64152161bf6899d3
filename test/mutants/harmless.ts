import type { Mutant } from './mutants-of.ts';
import type { Part } from './part-of.ts';

/** A kind of change that no rule looks at, because nobody would lose anything by it. */
interface Harmless {
  readonly what: string;
  readonly is: (line: string, how: Mutant['how'], part: Part) => boolean;
}

/** Read in this order; a change that is of none of these harms somebody. */
const harmless: readonly Harmless[] = [
  {
    what: 'a number that is larger by one, where nothing else must fit it',
    is: (line, how) => how === 'number' && !/\bport|Port|cidr|address|uid|User|Group/i.test(line),
  },
  {
    what: 'an amount of memory, processor or disk swapped with another that fits as well',
    is: (line, how) => how === 'swap values' && /^\s*(cpu|memory|ephemeral-storage):/.test(line),
  },
  {
    what: 'words that only people read: in answers, logs, names of ports and of policies',
    is: (line, how, part) =>
      ['word', 'swap values'].includes(how) &&
      (part === 'nginx'
        ? /^\s*(\d{3} |default "|"?~.*" \w+;|log_format|return \d{3} ')|^\s*'/.test(line)
        : /^\s*-?\s*(name|description|summary|lang|handler|title):/.test(line)),
  },
  {
    what: 'a line of nginx given twice that means the same once',
    is: (line, how, part) => how === 'twice' && part === 'nginx' && /^\s*(volatile;|types \{\})/.test(line),
  },
  {
    what: 'how much nginx writes to its logs',
    is: (line, how, part) =>
      part === 'nginx' &&
      how !== 'number' &&
      /^\s*(access_log|limit_\w+_log_level|log_not_found)\b/.test(line),
  },
  {
    what: 'how much nginx reads of a body at a time, where it keeps none of it',
    is: (line, how) => how === 'drop' && /^\s*client_body_buffer_size\b/.test(line),
  },
  {
    what: "the digest of a file's text, which follows the text again",
    is: (line) => /^meaning=/.test(line),
  },
];

/** Why nobody is harmed by a change; undefined if somebody is. */
export function whyHarmless(line: string, how: Mutant['how'], part: Part): string | undefined {
  return harmless.find((kind) => kind.is(line, how, part))?.what;
}

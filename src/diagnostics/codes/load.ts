import { define } from '../definition.ts';
import { quote, quoteKey } from '../quote.ts';
import { alternatives } from '../wording.ts';

/** Config files that lie where one was looked for. */
export interface Candidates {
  readonly file: string;
  readonly candidates: readonly string[];
}

export const loadCodes = {
  'load/not-found': define<Candidates>({
    severity: 'error',
    fact: ({ file }) => `there is no file ${quote(file)}`,
    hint: ({ candidates }) => nameCandidates(candidates),
  }),
  'load/not-a-file': define<Candidates & { readonly kind: string }>({
    severity: 'error',
    fact: ({ file, kind }) => `${quote(file)} is ${kind}, not a file`,
    hint: ({ candidates }) => nameCandidates(candidates),
  }),
  'load/unreadable': define<{ readonly file: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ file, reason }) => `${quote(file)} cannot be read: ${reason}`,
    hint: () => 'make it a readable UTF-8 text file',
  }),
  'load/unknown-format': define<{ readonly file: string; readonly known: readonly string[] }>({
    severity: 'error',
    fact: ({ file }) => `${quote(file)} has an unsupported extension`,
    hint: ({ known }) => `write the config in a file whose name ends in ${alternatives(known)}`,
  }),
  'load/syntax-error': define<{ readonly problem: string }>({
    severity: 'error',
    fact: ({ problem }) => `the file cannot be parsed: ${problem}`,
    hint: () => 'correct the syntax here, or just before',
  }),
  'load/import-not-found': define<{ readonly specifier: string }>({
    severity: 'error',
    fact: ({ specifier }) => `the import ${quote(specifier)} cannot be found`,
    hint: ({ specifier }) =>
      /^[./]|^file:/.test(specifier)
        ? 'correct the path, or create that file'
        : `run: npm install ${/^[\w@./-]+$/.test(specifier) ? specifier : quote(specifier)}`,
  }),
  'load/throws': define<{ readonly problem: string }>({
    severity: 'error',
    fact: ({ problem }) => `the config throws an error when it is evaluated: ${problem}`,
    hint: () => 'fix this line; a config should only build a value',
  }),
  'load/changes-built-in': define<{ readonly name: string }>({
    severity: 'error',
    fact: ({ name }) => `the config, or what it imports, changes ${name} for the whole program`,
    hint: () => 'write a function instead; a config only puts a value together',
  }),
  'load/no-default-export': define<{ readonly exports: readonly string[] }>({
    severity: 'error',
    fact: ({ exports }) =>
      exports.length === 0
        ? 'the file exports nothing'
        : `the file has no default export, only ${exports.map(quoteKey).join(', ')}`,
    hint: ({ exports }) =>
      exports.length === 1
        ? `add: export default ${exports[0]};`
        : 'write: export default definePlatform({ domain: …, nodes: …, functions: … });',
  }),
  'load/not-an-object': define<{ readonly value: unknown }>({
    severity: 'error',
    fact: ({ value }) => `the default export is ${kindOf(value)}, not an object`,
    hint: ({ value }) => {
      if (typeof value === 'function') return 'export what the function returns: export default build();';
      if (value instanceof Promise) return 'wait for it: export default await …;';
      return 'write: export default definePlatform({ domain: …, nodes: …, functions: … });';
    },
  }),
  'load/not-data': define<{ readonly what: string }>({
    severity: 'error',
    fact: ({ what }) => `a config is plain data, but this is ${what}`,
    hint: () => 'write a string, number, boolean, list or object here, or remove the key',
  }),
  'load/duplicate-key': define<{ readonly key: string }>({
    severity: 'error',
    fact: ({ key }) => `the key ${quote(key)} is set twice in this object, so its first value is lost`,
    hint: () => 'merge the two, or rename one of them',
  }),
  'load/circular': define<{ readonly to: string }>({
    severity: 'error',
    fact: ({ to }) => `the value contains itself: it is the same object as ${to}`,
    hint: () => 'write a copy that does not refer back',
  }),
  'load/too-deep': define<{ readonly limit: number }>({
    severity: 'error',
    fact: ({ limit }) => `the value is nested more than ${limit} levels deep`,
    hint: () => 'remove this; no part of a config is nested that deep',
  }),
  'load/too-long': define<{ readonly value: string; readonly limit: number }>({
    severity: 'error',
    fact: ({ value, limit }) => `${quote(value)} has ${value.length} characters, but the maximum is ${limit}`,
    hint: () => 'remove this; large data belongs in an image or a Secret',
  }),
  'load/too-large': define<{ readonly limit: number }>({
    severity: 'error',
    fact: ({ limit }) => `the config has more than ${limit} values`,
    hint: () => 'remove what repeats; an object that holds another object twice doubles it',
  }),
};

function nameCandidates(candidates: readonly string[]): string {
  if (candidates.length === 0) return 'name the config file with --config, or create platform.config.ts';
  return `name the config file with --config: there is ${alternatives(candidates.map((file) => quote(file)))}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Promise) return 'a promise';
  return typeof value === 'function' ? 'a function' : quote(value);
}

import { define } from '../../diagnostics/definition.ts';
import { quote, quoteKey } from '../../diagnostics/quote.ts';
import { alternatives } from '../../diagnostics/wording.ts';

/** Config files that lie where one was looked for. */
export interface Candidates {
  readonly file: string;
  readonly candidates: readonly string[];
  /** How the command takes the config's name. @default 'with --config' */
  readonly how?: string;
}

/** What `load` reports. */
export const loadDiagnostics = {
  'load/not-found': define<Candidates>({
    severity: 'error',
    fact: ({ file }) => `there is no file ${quote(file)}`,
    hint: nameCandidates,
    meaning: 'Everything is compiled from one file. Without it, nothing is compiled and no file is changed.',
    example: {
      situation: 'fjord synth, in a directory without a config',
      says: { file: 'platform.config.ts', candidates: [] },
    },
  }),
  'load/not-a-file': define<Candidates & { readonly kind: string }>({
    severity: 'error',
    fact: ({ file, kind }) => `${quote(file)} is ${kind}, not a file`,
    hint: nameCandidates,
    meaning: 'A directory, a socket or a device cannot be a config.',
    example: {
      situation: 'fjord synth --config platform, where platform is a directory',
      says: { file: 'platform', kind: 'a directory', candidates: ['platform.config.ts'] },
    },
  }),
  'load/unreadable': define<{ readonly file: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ file, reason }) => `${quote(file)} cannot be read: ${reason}`,
    hint: () => 'make it a readable UTF-8 text file',
    meaning:
      'The file exists but cannot be read as text, because of its permissions, its size, or bytes that are not UTF-8.',
    example: {
      situation: 'a config that was saved as Latin-1',
      says: { file: 'platform.config.ts', reason: 'it is not UTF-8' },
    },
  }),
  'load/manifest-unreadable': define<{ readonly file: string; readonly reason: string }>({
    severity: 'error',
    fact: ({ file, reason }) => `the manifests ${quote(file)} cannot be read: ${reason}`,
    hint: () => "correct the path, which starts in the config's folder, or remove it",
    meaning:
      'The objects of the file would be missing from the platform, and K3s would delete them from a running one.',
    example: {
      situation: 'a config whose delivery.manifests names a file that does not exist',
      says: { file: 'kubernetes/redis.yaml', reason: 'there is no such file' },
    },
  }),
  'load/manifest-not-yaml': define<{ readonly problem: string }>({
    severity: 'error',
    fact: ({ problem }) => `the manifests cannot be read as YAML: ${problem}`,
    hint: () => 'correct the YAML here, or just before; quote texts such as "yes" and "0644"',
    meaning: 'Nothing in the file can be checked or applied.',
    example: {
      situation: 'a file of manifests in which a bracket is missing',
      says: { problem: 'Flow sequence in block collection must be sufficiently indented and end with a ]' },
    },
  }),
  'load/unknown-format': define<{ readonly file: string; readonly known: readonly string[] }>({
    severity: 'error',
    fact: ({ file }) => `${quote(file)} has an unsupported extension`,
    hint: ({ known }) => `write the config in a file whose name ends in ${alternatives(known)}`,
    meaning: 'A config is TypeScript, JavaScript or JSON, and the extension of the file says which.',
    example: {
      situation: 'fjord synth --config platform.yaml',
      says: { file: 'platform.yaml', known: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'] },
    },
  }),
  'load/syntax-error': define<{ readonly problem: string }>({
    severity: 'error',
    fact: ({ problem }) => `the file cannot be parsed: ${problem}`,
    hint: () => 'correct the syntax here, or just before',
    meaning: 'The file is not valid TypeScript, JavaScript or JSON, so nothing in it can be checked yet.',
    example: { source: "export default {\n  domain: 'functions.example.no'\n  nodes: {},\n};\n" },
  }),
  'load/import-not-found': define<{ readonly specifier: string }>({
    severity: 'error',
    fact: ({ specifier }) => `the import ${quote(specifier)} cannot be found`,
    hint: ({ specifier }) =>
      /^[./]|^file:/.test(specifier)
        ? 'correct the path, or create that file'
        : `run: npm install ${/^[\w@./-]+$/.test(specifier) ? specifier : quote(specifier)}`,
    meaning: 'A config can import other modules, as any module can, but they must exist.',
    example: { source: "import { pay } from './functions.ts';\n\nexport default { functions: { pay } };\n" },
  }),
  'load/throws': define<{ readonly problem: string }>({
    severity: 'error',
    fact: ({ problem }) => `the config throws an error when it is evaluated: ${problem}`,
    hint: () => 'fix this line; a config should only build a value',
    meaning: 'A config is evaluated once. If its code fails, there is no value to compile.',
    example: { source: 'const domain = process.env.NO_SUCH_NAME.trim();\n\nexport default { domain };\n' },
  }),
  'load/changes-built-in': define<{ readonly name: string }>({
    severity: 'error',
    fact: ({ name }) => `the config, or what it imports, changes ${name} for the whole program`,
    hint: () => 'write a function instead; a config should only build a value',
    meaning:
      'Fjord runs in the same program and would compile with the changed functions, so its output could not be trusted.',
    example: {
      source: "Object.prototype.get = () => 'x';\n\nexport default { domain: 'functions.example.no' };\n",
    },
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
    meaning: "The config is the file's default export. All other exports are ignored.",
    example: { source: "export const platform = { domain: 'functions.example.no' };\n" },
  }),
  'load/not-an-object': define<{ readonly value: unknown }>({
    severity: 'error',
    fact: ({ value }) => `the default export is ${kindOf(value)}, not an object`,
    hint: ({ value }) => {
      if (typeof value === 'function') return 'export what the function returns: export default build();';
      if (value instanceof Promise) return 'wait for it: export default await …;';
      return 'write: export default definePlatform({ domain: …, nodes: …, functions: … });';
    },
    meaning: 'A config is a value: a function is not called, and a promise is not awaited.',
    example: { source: "export default () => ({ domain: 'functions.example.no' });\n" },
  }),
  'load/not-data': define<{ readonly what: string }>({
    severity: 'error',
    fact: ({ what }) => `a config is plain data, but this is ${what}`,
    hint: () => 'write a string, number, boolean, list or object here, or remove the key',
    meaning:
      'Only plain data compiles to the same bytes every time. A date, a function or an instance of a class can be written in more than one way.',
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1', env: { SINCE: new Date(0) } } }" },
    },
  }),
  'load/duplicate-key': define<{ readonly key: string }>({
    severity: 'error',
    fact: ({ key }) => `the key ${quote(key)} is set twice in this object, so its first value is lost`,
    hint: () => 'merge the two, or rename one of them',
    meaning:
      'JavaScript and JSON silently keep the last of two keys with the same name: a function that was copied but not renamed replaces the original.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1' }, pay: { image: 'ghcr.io/acme/mail:1' } }",
      },
    },
  }),
  'load/circular': define<{ readonly to: string }>({
    severity: 'error',
    fact: ({ to }) => `the value contains itself: it is the same object as ${to}`,
    hint: () => 'write a copy that does not refer back',
    meaning: 'A value that contains itself is endless, so it cannot be written to a file.',
    example: {
      source:
        "const pay: Record<string, unknown> = { image: 'ghcr.io/acme/pay:1' };\npay.env = pay;\n\nexport default { functions: { pay } };\n",
    },
  }),
  'load/too-deep': define<{ readonly limit: number }>({
    severity: 'error',
    fact: ({ limit }) => `the value is nested more than ${limit} levels deep`,
    hint: () => 'remove this; no part of a config is nested that deep',
    meaning:
      'No part of a config is nested nearly this deep, so something probably wraps a value again and again.',
    example: {
      source:
        'let env: unknown = {};\nfor (let depth = 0; depth < 100; depth++) env = { env };\n\nexport default { env };\n',
    },
  }),
  'load/too-long': define<{ readonly value: string; readonly limit: number }>({
    severity: 'error',
    fact: ({ value, limit }) => `${quote(value)} has ${value.length} characters, but the maximum is ${limit}`,
    hint: () => 'remove this; large data belongs in an image or a Secret',
    meaning: "A text that is longer than any node's user-data cannot reach a node.",
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1', env: { TABLE: 'x'.repeat(100_000) } } }" },
    },
  }),
  'load/too-large': define<{ readonly limit: number }>({
    severity: 'error',
    fact: ({ limit }) => `the config has more than ${limit} values`,
    hint: () => 'remove repeated values; an object that contains another object twice doubles it',
    meaning: 'This is probably a mistake, such as an object that is spread into itself in a loop.',
    example: { config: { functions: '{ pay: { secrets: Array(200_000).fill(1) } }' } },
  }),
};

function nameCandidates({ candidates, how = 'with --config' }: Candidates): string {
  if (candidates.length === 0) return `name the config file ${how}, or create platform.config.ts`;
  return `name the config file ${how}: there is ${alternatives(candidates.map((file) => quote(file)))}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Promise) return 'a promise';
  return typeof value === 'function' ? 'a function' : quote(value);
}

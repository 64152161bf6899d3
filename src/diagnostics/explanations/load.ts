import type { loadCodes } from '../codes/load.ts';
import type { Explanations } from './explanation.ts';

export const loadExplanations: Explanations<keyof typeof loadCodes> = {
  'load/not-found': {
    meaning:
      'Everything starts from one file. Nothing is compiled, and nothing on disk is changed, without it.',
    example: {
      situation: 'fjord synth, in a directory without a config',
      says: { file: 'platform.config.ts', candidates: [] },
    },
  },
  'load/not-a-file': {
    meaning: 'A directory, a socket or a device cannot be a config.',
    example: {
      situation: 'fjord synth --config platform, where platform is a directory',
      says: { file: 'platform', kind: 'a directory', candidates: ['platform.config.ts'] },
    },
  },
  'load/unreadable': {
    meaning:
      'The file is there and cannot be read as text: its rights, its size, or bytes that are not UTF-8.',
    example: {
      situation: 'a config that was saved as Latin-1',
      says: { file: 'platform.config.ts', reason: 'it is not UTF-8' },
    },
  },
  'load/unknown-format': {
    meaning: "A config is TypeScript, JavaScript or JSON, and the file's name says which.",
    example: {
      situation: 'fjord synth --config platform.yaml',
      says: { file: 'platform.yaml', known: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'] },
    },
  },
  'load/syntax-error': {
    meaning: 'The file is not valid TypeScript, JavaScript or JSON, so it says nothing yet.',
    example: { source: "export default {\n  domain: 'functions.example.no'\n  nodes: {},\n};\n" },
  },
  'load/import-not-found': {
    meaning: 'A config may import, as any module; what it imports must be there.',
    example: { source: "import { pay } from './functions.ts';\n\nexport default { functions: { pay } };\n" },
  },
  'load/throws': {
    meaning: 'A config is evaluated once, and code in it that fails leaves no value to compile.',
    example: { source: 'const domain = process.env.NO_SUCH_NAME.trim();\n\nexport default { domain };\n' },
  },
  'load/changes-built-in': {
    meaning:
      'Fjord runs in the same program and would compile with what was changed: nobody could say what comes out.',
    example: {
      source: "Object.prototype.get = () => 'x';\n\nexport default { domain: 'functions.example.no' };\n",
    },
  },
  'load/no-default-export': {
    meaning: "The config is the file's default export. Nothing else of it is looked at.",
    example: { source: "export const platform = { domain: 'functions.example.no' };\n" },
  },
  'load/not-an-object': {
    meaning: 'A config is a value, not what makes one: a function or a promise is not called or waited for.',
    example: { source: "export default () => ({ domain: 'functions.example.no' });\n" },
  },
  'load/not-data': {
    meaning:
      'Only data can be compiled to the same bytes each time. A date, a function or an instance of a class has no one way to be written.',
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1', env: { SINCE: new Date(0) } } }" },
    },
  },
  'load/circular': {
    meaning: 'A value that contains itself has no end, and no file can hold it.',
    example: {
      source:
        "const pay: Record<string, unknown> = { image: 'ghcr.io/acme/pay:1' };\npay.env = pay;\n\nexport default { functions: { pay } };\n",
    },
  },
  'load/too-deep': {
    meaning: 'No part of a config is anywhere near this deep; something has wrapped a value over and over.',
    example: {
      source:
        'let env: unknown = {};\nfor (let depth = 0; depth < 100; depth++) env = { env };\n\nexport default { env };\n',
    },
  },
  'load/duplicate-key': {
    meaning:
      'JavaScript and JSON take the last of two keys with one name and say nothing: a function that was copied and not renamed replaces the one that it was copied from.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1' }, pay: { image: 'ghcr.io/acme/mail:1' } }",
      },
    },
  },
  'load/too-long': {
    meaning: "A text longer than any node's user-data cannot arrive anywhere.",
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1', env: { TABLE: 'x'.repeat(100_000) } } }" },
    },
  },
  'load/too-large': {
    meaning: 'So many values are an accident, usually an object that is spread into itself in a loop.',
    example: { config: { functions: '{ pay: { secrets: Array(200_000).fill(1) } }' } },
  },
};

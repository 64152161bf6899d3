import type { loadCodes } from '../codes/load.ts';
import type { Explanations } from './explanation.ts';

export const loadExplanations: Explanations<keyof typeof loadCodes> = {
  'load/not-found': {
    meaning: 'Everything is compiled from one file. Without it nothing is compiled or changed on disk.',
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
      'The file exists but cannot be read as text, because of its permissions, its size, or bytes that are not UTF-8.',
    example: {
      situation: 'a config that was saved as Latin-1',
      says: { file: 'platform.config.ts', reason: 'it is not UTF-8' },
    },
  },
  'load/unknown-format': {
    meaning: 'A config is TypeScript, JavaScript or JSON, and the extension of the file says which.',
    example: {
      situation: 'fjord synth --config platform.yaml',
      says: { file: 'platform.yaml', known: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'] },
    },
  },
  'load/syntax-error': {
    meaning: 'The file is not valid TypeScript, JavaScript or JSON, so nothing in it can be checked yet.',
    example: { source: "export default {\n  domain: 'functions.example.no'\n  nodes: {},\n};\n" },
  },
  'load/import-not-found': {
    meaning: 'A config can import other modules, as any module can, but they must exist.',
    example: { source: "import { pay } from './functions.ts';\n\nexport default { functions: { pay } };\n" },
  },
  'load/throws': {
    meaning: 'A config is evaluated once. If its code fails, there is no value to compile.',
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
    meaning: "The config is the file's default export. All other exports are ignored.",
    example: { source: "export const platform = { domain: 'functions.example.no' };\n" },
  },
  'load/not-an-object': {
    meaning: 'A config is a value: a function is not called, and a promise is not awaited.',
    example: { source: "export default () => ({ domain: 'functions.example.no' });\n" },
  },
  'load/not-data': {
    meaning:
      'Only plain data compiles to the same bytes every time. A date, a function or an instance of a class can be written in more than one way.',
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1', env: { SINCE: new Date(0) } } }" },
    },
  },
  'load/circular': {
    meaning: 'A value that contains itself has no end, so no file can hold it.',
    example: {
      source:
        "const pay: Record<string, unknown> = { image: 'ghcr.io/acme/pay:1' };\npay.env = pay;\n\nexport default { functions: { pay } };\n",
    },
  },
  'load/too-deep': {
    meaning:
      'No part of a config is nested nearly this deep, so something probably wraps a value again and again.',
    example: {
      source:
        'let env: unknown = {};\nfor (let depth = 0; depth < 100; depth++) env = { env };\n\nexport default { env };\n',
    },
  },
  'load/duplicate-key': {
    meaning:
      'JavaScript and JSON silently keep the last of two keys with the same name: a function that was copied but not renamed replaces the original.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1' }, pay: { image: 'ghcr.io/acme/mail:1' } }",
      },
    },
  },
  'load/too-long': {
    meaning: "A text that is longer than any node's user-data cannot arrive anywhere.",
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1', env: { TABLE: 'x'.repeat(100_000) } } }" },
    },
  },
  'load/too-large': {
    meaning: 'So many values are an accident, usually an object that is spread into itself in a loop.',
    example: { config: { functions: '{ pay: { secrets: Array(200_000).fill(1) } }' } },
  },
};

import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load } from '../../../src/config/load/load.ts';
import { formatPath } from '../../../src/diagnostics/config-path.ts';
import { configFolder } from '../config-folder.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Loads `name` (or the first file) of a folder with these files. */
async function loadFrom(files: Files, name = Object.keys(files)[0] ?? '') {
  const folder = configFolder(files);
  const [loaded, diagnostics] = await load(join(folder, name));
  return { folder, loaded, value: loaded?.value, diagnostics };
}

/** What a load said: code, place below the folder, underlined text, path, fact, hint. */
async function refusal(files: Files, name?: string) {
  const { folder, loaded, diagnostics } = await loadFrom(files, name);
  expect(loaded).toBeUndefined();
  return diagnostics.map(({ code, location, path, message, hint }) => ({
    code,
    at: location && `${location.file.replace(`${folder}/`, '')}:${location.line}:${location.column}`,
    under: location?.text.slice(location.column - 1, location.column - 1 + location.length),
    ...(location && !location.exact && { exact: false }),
    ...(path.length > 0 && { path: formatPath(path) }),
    message: message.replaceAll(`${folder}/`, ''),
    hint: hint.replaceAll(`${folder}/`, ''),
  }));
}

describe('a config that loads', () => {
  it('is evaluated in each language', async () => {
    const value = { domain: 'a.example' };
    const esm = `export default ${JSON.stringify(value)}`;
    const languages = {
      'a.ts': 'const d: string = "a.example";\nexport default { domain: d } satisfies object;',
      'a.mts': esm,
      'a.js': esm,
      'a.mjs': esm,
      'a.cjs': `module.exports = ${JSON.stringify(value)};`,
      'b.js': `module.exports = ${JSON.stringify(value)};`,
      'a.json': JSON.stringify(value),
    };
    for (const [name, source] of Object.entries(languages)) {
      const { value: loaded, diagnostics } = await loadFrom({ [name]: source });
      expect([name, loaded, diagnostics]).toEqual([name, value, []]);
    }
  });

  it('gets fjord without having it installed, also in a helper', async () => {
    const { value } = await loadFrom({
      'platform.config.ts':
        "import { definePlatform } from 'fjord';\nimport { domain } from './helper.ts';\nexport default definePlatform({ domain });",
      'helper.ts': "import * as fjord from 'fjord';\nexport const domain = typeof fjord.definePlatform;",
    });
    expect(value).toEqual({ domain: 'function' });
  });

  it('keeps what was evaluated: file, source without byte order mark, value', async () => {
    const { folder, loaded } = await loadFrom({ 'a.ts': '\ufeffexport default { a: 1 };\n' });
    expect(loaded).toEqual({
      file: join(folder, 'a.ts'),
      source: 'export default { a: 1 };\n',
      value: { a: 1 },
    });
  });

  it('is evaluated again each time, with its helpers', async () => {
    const folder = configFolder({
      'a.ts': "import b from './b.ts';\nexport default { b };",
      'b.ts': 'export default 1;',
    });
    const [first] = await load(join(folder, 'a.ts'));
    writeFileSync(join(folder, 'b.ts'), 'export default 2;');
    const [second] = await load(join(folder, 'a.ts'));
    expect([first?.value, second?.value]).toEqual([{ b: 1 }, { b: 2 }]);
  });

  it('writes nothing to disk', async () => {
    const before = readdirSync(tmpdir());
    const { folder } = await loadFrom({ 'a.ts': 'export default { a: 1 };' });
    expect(readdirSync(folder)).toEqual(['a.ts']);
    const made = readdirSync(tmpdir()).filter((name) => !before.includes(name) && name.includes('jiti'));
    expect(made).toEqual([]);
  });

  it('may wait, import JSON and import a namespace', async () => {
    const { value } = await loadFrom({
      'a.ts':
        "import data from './data.json';\nimport * as parts from './parts.ts';\nexport default { data, parts, late: await Promise.resolve(3) };",
      'data.json': '{ "x": 1 }',
      'parts.ts': 'export const y = 2;',
    });
    expect(value).toEqual({ data: { x: 1 }, parts: { y: 2 }, late: 3 });
  });

  it('may be passed on from another file', async () => {
    const { value } = await loadFrom({
      'a.ts': "export { default } from './b.ts';",
      'b.ts': 'export default { a: 1 };',
    });
    expect(value).toEqual({ a: 1 });
  });

  it('is frozen all through', async () => {
    const { value } = await loadFrom({ 'a.ts': 'export default { a: { b: [{ c: 1 }] } };' });
    const { a } = value as { a: { b: object[] } };
    expect([value, a, a.b, a.b[0]].every(Object.isFrozen)).toBe(true);
  });

  it('has each getter read once', async () => {
    const { value } = await loadFrom({
      'a.ts':
        'let n = 0;\nconst shared = { get n() { n += 1; return n; } };\nexport default { shared, get late() { return n; } };',
    });
    expect(value).toEqual({ shared: { n: 1 }, late: 1 });
  });

  it('loses the keys whose value is undefined', async () => {
    const { value } = await loadFrom({
      'a.ts': 'export default { a: undefined, b: { c: undefined, d: null } };',
    });
    expect(value).toStrictEqual({ b: { d: null } });
  });

  it('has an own key __proto__ as data, not as prototype', async () => {
    const { value } = await loadFrom({ 'a.json': '{ "__proto__": { "polluted": true } }' });
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('may say the same object twice', async () => {
    const { value } = await loadFrom({
      'a.ts': 'const x = { y: 1 };\nexport default { a: x, b: x, c: [x, x] };',
    });
    expect(value).toEqual({ a: { y: 1 }, b: { y: 1 }, c: [{ y: 1 }, { y: 1 }] });
  });
});

describe('a file that is no config', () => {
  it('is missing', async () => {
    expect(
      await refusal(
        { 'platform.config.mjs': '', 'platfrom.config.ts': '', 'other.ts': '' },
        'platform.config.ts',
      ),
    ).toEqual([
      {
        code: 'load/not-found',
        at: undefined,
        under: undefined,
        message: "there is no file 'platform.config.ts'",
        hint: "name the config file with --config: there is 'platform.config.mjs' or 'platfrom.config.ts'",
      },
    ]);
    const [nothing] = await refusal({}, 'platform.config.ts');
    expect(nothing?.hint).toBe('name the config file with --config, or create platform.config.ts');
  });

  it('is missing with its folder', async () => {
    const [refused] = await refusal({}, 'no/such/platform.config.ts');
    expect(refused?.code).toBe('load/not-found');
  });

  it('is a folder', async () => {
    const [refused] = await refusal({ 'here/platform.config.ts': '' }, 'here');
    expect(refused).toMatchObject({
      code: 'load/not-a-file',
      message: "'here' is a folder, not a file",
      hint: "name the config file with --config: there is 'here/platform.config.ts'",
    });
  });

  it('is a device', async () => {
    const [, diagnostics] = await load('/dev/null');
    expect(diagnostics.map(({ message }) => message)).toEqual(["'/dev/null' is a device, not a file"]);
  });

  it('cannot be read', async () => {
    const folder = configFolder({ 'a.ts': '' });
    symlinkSync('loop.ts', join(folder, 'loop.ts'));
    mkdirSync(join(folder, 'd'));
    const messages = [];
    for (const file of ['loop.ts', 'a.ts/b.ts', 'd/\0.ts', `${'x'.repeat(300)}.ts`]) {
      const [, [refused]] = await load(join(folder, file));
      expect(refused?.code).toBe('load/unreadable');
      messages.push(refused?.message.replace(/.*: /, ''));
    }
    expect(messages).toEqual([
      'its symbolic links lead in a circle',
      'a part of its path is not a folder',
      'its path contains a NUL character',
      'its path is too long',
    ]);
  });

  it('is not text', async () => {
    const [refused] = await refusal({ 'a.ts': new Uint8Array([0xff, 0xfe, 0x00]) });
    expect(refused).toMatchObject({
      code: 'load/unreadable',
      message: "'a.ts' cannot be read: it is not UTF-8 text",
    });
  });

  it('is in another language', async () => {
    const [refused] = await refusal({ 'platform.config.yaml': 'domain: a.example' });
    expect(refused).toMatchObject({
      code: 'load/unknown-format',
      hint: 'write the config in a file whose name ends in .ts, .mts, .js, .mjs, .cjs or .json',
    });
  });
});

describe('a config that cannot be evaluated', () => {
  it('has a syntax error', async () => {
    expect(await refusal({ 'a.ts': 'export default {\n  domain: ,\n};\n' })).toEqual([
      {
        code: 'load/syntax-error',
        at: 'a.ts:2:11',
        under: ',',
        message: 'the file cannot be parsed: Unexpected token',
        hint: 'correct the syntax here, or just before',
      },
    ]);
  });

  it('has a syntax error in a helper, at the end, or that only the engine finds', async () => {
    expect(await refusal({ 'a.ts': "import './b.ts';", 'b.ts': '\nconst = 1;' })).toMatchObject([
      { code: 'load/syntax-error', at: 'b.ts:2:7' },
    ]);
    expect(await refusal({ 'a.ts': 'export default {' })).toMatchObject([
      { code: 'load/syntax-error', at: 'a.ts:1:17' },
    ]);
    expect(await refusal({ 'a.ts': '\nconst a = 1;\nconst a = 2;\nexport default { a };' })).toMatchObject([
      {
        code: 'load/syntax-error',
        at: 'a.ts:3:7',
        message: expect.stringContaining("'a' has already been declared"),
      },
    ]);
  });

  it('imports what is not there', async () => {
    expect(await refusal({ 'a.ts': "import x from './nope.ts';\nexport default { x };" })).toEqual([
      {
        code: 'load/import-not-found',
        at: 'a.ts:1:15',
        under: "'./nope.ts'",
        message: "the import './nope.ts' cannot be found",
        hint: 'correct the path, or create that file',
      },
    ]);
    expect(await refusal({ 'a.ts': '\nimport "no-such-package";\nexport default {};' })).toMatchObject([
      { code: 'load/import-not-found', at: 'a.ts:2:8', hint: 'run: npm install no-such-package' },
    ]);
    expect(
      await refusal({ 'a.ts': "import './b.ts';\nexport default {};", 'b.ts': "import '../c.ts';" }),
    ).toMatchObject([{ code: 'load/import-not-found', at: 'b.ts:1:8' }]);
    expect(
      await refusal({ 'a.mjs': "import './b.mjs';\nexport default {};", 'b.mjs': "\nimport './c.mjs';" }),
    ).toMatchObject([{ code: 'load/import-not-found', at: 'b.mjs:2:8' }]);
  });

  it('throws', async () => {
    expect(
      await refusal({
        'a.ts':
          "function domain(): string {\n    throw new TypeError('none\\nat all');\n}\nexport default { domain: domain() };",
      }),
    ).toEqual([
      {
        code: 'load/throws',
        at: 'a.ts:2:5',
        under: "throw new TypeError('none\\nat all');",
        message: 'the config throws an error when it is evaluated: TypeError: none',
        hint: 'fix this line; a config should only build a value',
      },
    ]);
  });

  it('throws in a helper, in a package, after waiting, or in a JSON.parse', async () => {
    expect(await refusal({ 'a.ts': "import './b.ts';", 'b.ts': '\n\nnope();' })).toMatchObject([
      {
        at: 'b.ts:3:1',
        message: 'the config throws an error when it is evaluated: ReferenceError: nope is not defined',
      },
    ]);
    expect(
      await refusal({
        'a.ts': "import p from 'p';\nexport default {\n  a: p(),\n};",
        'node_modules/p/package.json': '{ "main": "p.js" }',
        'node_modules/p/p.js': "module.exports = () => { throw new Error('from p'); };",
      }),
    ).toMatchObject([{ at: 'a.ts:3:3', under: 'a: p(),' }]);
    expect(await refusal({ 'a.ts': 'await Promise.resolve();\nthrow new Error();' })).toMatchObject([
      { at: 'a.ts:2:1', message: 'the config throws an error when it is evaluated: Error' },
    ]);
    expect(await refusal({ 'a.ts': "\nexport default JSON.parse('{');" })).toMatchObject([
      { code: 'load/throws', at: 'a.ts:2:1' },
    ]);
  });

  it('calls what fjord does not have', async () => {
    expect(
      await refusal({
        'a.ts': "import { definePlatfrom } from 'fjord';\n\nexport default definePlatfrom({});",
      }),
    ).toMatchObject([
      {
        at: 'a.ts:3:1',
        message:
          'the config throws an error when it is evaluated: TypeError: definePlatfrom is not a function',
      },
    ]);
  });

  it('throws what is no error', async () => {
    const strange = {
      "throw 'a\\x1b[31mb';": "'a\\x1b[31mb'",
      'throw undefined;': 'undefined',
      'throw { get x() { throw 1; } };': 'something that cannot be shown',
      "throw Object.defineProperty(new Error(), 'message', { get() { throw 1; } });": 'undefined',
    };
    for (const [source, problem] of Object.entries(strange)) {
      expect(await refusal({ 'a.ts': source })).toMatchObject([
        {
          code: 'load/throws',
          at: 'a.ts:1:1',
          exact: false,
          message: `the config throws an error when it is evaluated: ${problem}`,
        },
      ]);
    }
  });
});

describe('a config that exports the wrong thing', () => {
  it('has no default export', async () => {
    expect(await refusal({ 'a.ts': '' })).toMatchObject([
      {
        code: 'load/no-default-export',
        message: 'the file exports nothing',
        hint: 'write: export default definePlatform({ domain: …, nodes: …, functions: … });',
      },
    ]);
    expect(await refusal({ 'a.ts': 'export const config = { a: 1 };' })).toMatchObject([
      { message: 'the file has no default export, only config', hint: 'add: export default config;' },
    ]);
    expect(await refusal({ 'a.cjs': 'const a = 1;' })).toMatchObject([{ code: 'load/no-default-export' }]);
  });

  it('exports no object', async () => {
    const cases = {
      'export default () => ({});': [
        'a function',
        'export what the function returns: export default build();',
      ],
      'export default function build() {}': [
        'a function',
        'export what the function returns: export default build();',
      ],
      'export default Promise.resolve({});': ['a promise', 'wait for it: export default await …;'],
      'export default [];': [
        'a list',
        'write: export default definePlatform({ domain: …, nodes: …, functions: … });',
      ],
      'export default null;': ['null', expect.any(String)],
      "export default 'x';": ["'x'", expect.any(String)],
      'export default undefined;': ['undefined', expect.any(String)],
      'module.exports = () => ({});': ['a function', expect.any(String)],
      'module.exports = 5;': ['5', expect.any(String)],
    };
    for (const [source, [what, hint]] of Object.entries(cases)) {
      expect(await refusal({ 'a.js': source })).toMatchObject([
        {
          code: 'load/not-an-object',
          at: 'a.js:1:1',
          message: `the default export is ${what}, not an object`,
          hint,
        },
      ]);
    }
    expect(await refusal({ 'a.json': '[]' })).toMatchObject([
      { code: 'load/not-an-object', at: 'a.json:1:1' },
    ]);
  });
});

describe('a config that is not plain data', () => {
  it('is refused at the path', async () => {
    const cases = {
      '() => 1': 'a function',
      'Symbol()': 'a symbol',
      '1n': 'a bigint',
      'new Date(0)': 'a date (write it as a string)',
      'new Map()': 'an instance of Map',
      'new (class Node1 {})()': 'an instance of Node1',
      'Promise.resolve(1)': 'a promise (write await before it)',
      'Object.create({ b: 1 })': 'an object with a prototype of its own',
      '{ [Symbol()]: 1 }': 'an object with a symbol for a key',
    };
    for (const [source, what] of Object.entries(cases)) {
      expect(await refusal({ 'a.ts': `export default {\n  a: { 'x-y': ${source} },\n};` })).toMatchObject([
        {
          code: 'load/not-data',
          at: 'a.ts:2:15',
          under: source,
          path: "a['x-y']",
          message: `a config is plain data, but this is ${what}`,
        },
      ]);
    }
  });

  it('has undefined in a list', async () => {
    expect(await refusal({ 'a.ts': 'export default { a: [1, undefined] };' })).toMatchObject([
      { code: 'load/not-data', path: 'a[1]', at: 'a.ts:1:25' },
    ]);
  });

  it('contains itself', async () => {
    expect(
      await refusal({
        'a.ts': 'const a: { b?: object } = {};\na.b = { c: [a] };\nexport default { a, x: { a } };',
      }),
    ).toMatchObject([
      {
        code: 'load/circular',
        path: 'a.b.c[0]',
        message: 'the value contains itself: it is the same object as a',
      },
      { code: 'load/circular', path: 'x.a.b.c[0]' },
    ]);
  });

  it('has a getter that throws', async () => {
    expect(
      await refusal({ 'a.ts': "export default {\n  get a() { throw new Error('no'); },\n};" }),
    ).toMatchObject([
      {
        code: 'load/throws',
        path: 'a',
        at: 'a.ts:2:3',
        message: 'the config throws an error when it is evaluated: Error: no',
      },
    ]);
  });

  it('has a trap that throws', async () => {
    const trap = "new Proxy({}, { ownKeys() { throw new Error('no'); } })";
    expect(await refusal({ 'a.ts': `export default {\n  a: ${trap},\n};` })).toMatchObject([
      { code: 'load/throws' },
    ]);
  });

  it('is too deep or too large', async () => {
    const deep = 'let a: object = {};\nfor (let i = 0; i < 1e5; i++) a = { a };\nexport default { a };';
    expect(await refusal({ 'a.ts': deep })).toMatchObject([
      { code: 'load/too-deep', message: 'the value is nested more than 64 levels deep' },
    ]);
    const wide = 'let a: unknown = 1;\nfor (let i = 0; i < 40; i++) a = [a, a];\nexport default { a };';
    expect(await refusal({ 'a.ts': wide })).toMatchObject([{ code: 'load/too-large', at: 'a.ts:3:1' }]);
    expect(await refusal({ 'a.ts': 'export default { a: Array(1e9) };' })).toMatchObject([
      { code: 'load/too-large' },
    ]);
    expect(await refusal({ 'a.ts': 'export default { a: Array(1e4) };' })).toHaveLength(20);
  });
});

describe('a JSON config', () => {
  it('may name its schema for editors', async () => {
    const source = '{ "$schema": "./schemas/platform.schema.json", "a": { "$schema": 1 } }';
    expect((await loadFrom({ 'a.json': source })).value).toEqual({ a: { $schema: 1 } });
  });

  it('has its syntax errors found', async () => {
    const cases = {
      '{"a": x}': ['1:7', 'x', "Unexpected token 'x'"],
      '{"x": "x", "a": x}': ['1:17', 'x', "Unexpected token 'x'"],
      '{"a": 1,\n}': ['2:1', '}', 'Expected double-quoted property name'],
      '{"a": 1': ['1:8', '', "Expected ',' or '}' after property value"],
      '': ['1:1', '', 'Unexpected end of JSON input'],
      '{}\n{}': ['2:1', '{', 'Unexpected non-whitespace character after JSON'],
      '// no\n{"a": \'b\'}': ['1:1', '/', "Unexpected token '/'"],
    };
    for (const [source, [at, under, problem]] of Object.entries(cases)) {
      expect(await refusal({ 'a.json': source })).toMatchObject([
        {
          code: 'load/syntax-error',
          at: `a.json:${at}`,
          under,
          message: `the file cannot be parsed: ${problem}`,
        },
      ]);
    }
  });
});

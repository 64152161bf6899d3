import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load } from '../../../src/config/load/load.ts';
import { locate } from '../../../src/config/locate/locate.ts';
import type { ConfigPath } from '../../../src/diagnostics/diagnostic.ts';
import { configFolder } from '../config-folder.ts';

type Files = Readonly<Record<string, string>>;

/** Where a path of the first file's config is: `line:column text`, before it another file, after it `~` if not exact. */
async function placeIn(
  files: Files | string,
  path: ConfigPath,
  at: 'key' | 'value' = 'value',
): Promise<string> {
  const all = typeof files === 'string' ? { 'a.ts': files } : files;
  const folder = configFolder(all);
  const [main = ''] = Object.keys(all);
  const [loaded, problems] = await load(join(folder, main));
  expect(problems).toEqual([]);
  if (!loaded) return 'not loaded';
  const { file, line, column, length, text, exact } = locate(loaded, path, at);
  const name = file.slice(folder.length + 1);
  const under = text.slice(column - 1, column - 1 + length);
  expect(under.length).toBe(length);
  return `${name === main ? '' : `${name}:`}${line}:${column} ${under}${exact ? '' : ' ~'}`;
}

const pay: ConfigPath = ['functions', 'pay', 'timeout'];

describe('a config written out', () => {
  const plain = `import { definePlatform } from 'fjord';

export default definePlatform({
  domain: 'a.example',
  functions: {
    'pay': { timeout: '30', secrets: ['a', 'b'] },
  },
});
`;

  it('has its keys and values found', async () => {
    expect(await placeIn(plain, ['domain'])).toBe("4:11 'a.example'");
    expect(await placeIn(plain, ['domain'], 'key')).toBe('4:3 domain');
    expect(await placeIn(plain, pay)).toBe("6:23 '30'");
    expect(await placeIn(plain, ['functions', 'pay'], 'key')).toBe("6:5 'pay'");
    expect(await placeIn(plain, ['functions', 'pay', 'secrets', 1])).toBe("6:44 'b'");
    expect(await placeIn(plain, ['functions', 'pay', 'secrets', 1], 'key')).toBe("6:44 'b'");
    expect(await placeIn(plain, ['functions'])).toBe('5:14 {');
  });

  it('has its whole at the export', async () => {
    expect(await placeIn(plain, [])).toBe('3:1 export default definePlatform({');
    expect(await placeIn(plain, [], 'key')).toBe('3:1 export default definePlatform({');
  });

  it('has the nearest place shown for what is not in it', async () => {
    expect(await placeIn(plain, ['gateway', 'maxBody'])).toBe('3:1 export default definePlatform({ ~');
    expect(await placeIn(plain, ['functions', 'pay', 'image'], 'key')).toBe("6:5 'pay' ~");
    expect(await placeIn(plain, ['functions', 'pay', 'timeout', 'x', 'y'])).toBe("6:23 '30' ~");
    expect(await placeIn(plain, ['functions', 'pay', 'secrets', 7])).toBe('6:29 secrets ~');
  });

  it('is found without the wrapper, with casts, as CommonJS and as JSON', async () => {
    expect(await placeIn("export default { a: { b: '30' } };", ['a', 'b'])).toBe("1:26 '30'");
    expect(await placeIn("export default ({ a: { b: '30' } as const } satisfies object);", ['a', 'b'])).toBe(
      "1:27 '30'",
    );
    expect(await placeIn("export default <object>{ a: (<string>'30')! };", ['a'])).toBe("1:38 '30'");
    expect(await placeIn({ 'a.cjs': "\nmodule.exports = {\n  a: '30',\n};" }, ['a'])).toBe("3:6 '30'");
    expect(await placeIn({ 'a.cjs': "exports.a = 1;\nexports.default = { a: '30' };" }, ['a'])).toBe(
      "2:24 '30'",
    );
    expect(await placeIn({ 'a.json': '{\n  "a": {\n    "b": [1, "30"]\n  }\n}' }, ['a', 'b', 1])).toBe(
      '3:14 "30"',
    );
    expect(await placeIn({ 'a.json': '{\n  "a": { "b": 1 }\n}' }, ['a', 'b'], 'key')).toBe('2:10 "b"');
    expect(await placeIn({ 'a.json': '{\n  "a": 1\n}' }, [])).toBe('1:1 {');
  });

  it('may wait and be passed through', async () => {
    expect(await placeIn("export default Object.freeze(await { a: '30' });", ['a'])).toBe("1:41 '30'");
    expect(await placeIn("export default (0, { a: '30' });", ['a'])).toBe("1:25 '30'");
  });
});

describe('keys', () => {
  it('are found however they are written', async () => {
    const source =
      "const name = 'pay';\nexport default { [name]: 1, ['b']: 2, 8080: 3, [`c`]: 4, 'd e': 5, get g() { return 6; } };";
    expect(await placeIn(source, ['pay'], 'key')).toBe('2:19 name');
    expect(await placeIn(source, ['pay'])).toBe('2:26 1');
    expect(await placeIn(source, ['b'], 'key')).toBe("2:30 'b'");
    expect(await placeIn(source, ['8080'], 'key')).toBe('2:39 8080');
    expect(await placeIn(source, ['c'])).toBe('2:55 4');
    expect(await placeIn(source, ['d e'], 'key')).toBe("2:58 'd e'");
    expect(await placeIn(source, ['g'])).toBe('2:85 6');
  });

  it('written twice are found where they count: the last time', async () => {
    expect(await placeIn({ 'a.cjs': "module.exports = {\n  a: '1',\n  a: '2',\n};" }, ['a'])).toBe("3:6 '2'");
    expect(await placeIn({ 'a.json': '{ "a": 1,\n"a": 2 }' }, ['a'])).toBe('2:6 2');
  });

  it('that are computed are only near', async () => {
    expect(await placeIn("const k = () => 'x';\nexport default { [k()]: '30' };", ['x'])).toBe('2:19 k() ~');
  });
});

describe('variables', () => {
  it('are followed to where they are declared', async () => {
    expect(
      await placeIn(
        "const t = '30';\nconst config = { functions: { pay: { timeout: t } } };\nexport default config;",
        pay,
      ),
    ).toBe("1:11 '30'");
    expect(await placeIn("const timeout = '30';\nexport default { timeout };", ['timeout'])).toBe(
      "1:17 '30'",
    );
    expect(await placeIn("const timeout = '30';\nexport default { timeout };", ['timeout'], 'key')).toBe(
      '2:18 timeout',
    );
    expect(await placeIn("const t = { a: { b: '30' } };\nexport default { x: t.a['b'] };", ['x'])).toBe(
      "1:21 '30'",
    );
    expect(
      await placeIn(
        "const { a: { b = 1, c: [, d] } } = { a: { c: ['29', '30'] } };\nexport default { b, d };",
        ['d'],
      ),
    ).toBe("1:53 '30'");
    expect(await placeIn("const config = { a: '30' };\nexport { config as default };", ['a'])).toBe(
      "1:21 '30'",
    );
  });

  it('that have changed are not taken for exact', async () => {
    expect(await placeIn("let t = '29';\nt = '30';\nexport default { t };", ['t'])).toBe("1:9 '29' ~");
    expect(await placeIn("let t = '30';\nexport default { t };", ['t'])).toBe("1:9 '30'");
    expect(await placeIn("const c = { t: '29' };\nc.t = '30';\nexport default c;", ['t'])).toBe(
      "1:16 '29' ~",
    );
    expect(
      await placeIn('const c: Record<string, string> = {};\nc.t = "30";\nexport default { c };', ['c', 't']),
    ).toBe('3:18 c ~');
  });
});

describe('spreads', () => {
  it('of constants are followed', async () => {
    const source = `const shared = {
  timeout: '30',
  memory: { limit: '1' },
};
export default {
  functions: { pay: { image: 'x', ...shared, memory: { ...shared.memory } } },
};`;
    expect(await placeIn(source, pay)).toBe("2:12 '30'");
    expect(await placeIn(source, pay, 'key')).toBe('2:3 timeout');
    expect(await placeIn(source, ['functions', 'pay', 'memory', 'limit'])).toBe("3:20 '1'");
    expect(await placeIn(source, ['functions', 'pay', 'memory'], 'key')).toBe('6:46 memory');
    expect(await placeIn(source, ['functions', 'pay', 'image'])).toBe("6:30 'x'");
  });

  it('of what cannot be seen are the nearest place', async () => {
    const source = `const make = (n: number) => Object.fromEntries([['timeout', String(n)]]);
export default {
  a: { ...make(30) },
  b: { timeout: '29', ...make(30) },
  c: { timeout: '30', ...make(30) },
  d: { ...make(29), timeout: '30' },
};`;
    expect(await placeIn(source, ['a', 'timeout'])).toBe('3:11 make(30) ~');
    expect(await placeIn(source, ['b', 'timeout'])).toBe('4:26 make(30) ~');
    expect(await placeIn(source, ['c', 'timeout'])).toBe("5:17 '30'");
    expect(await placeIn(source, ['d', 'timeout'])).toBe("6:30 '30'");
  });

  it('in lists are counted', async () => {
    const source = `const first = ['a', 'b'];
const make = () => ['x'];
export default { l: ['0', ...first, '3'], m: ['0', ...make(), '2'] };`;
    expect(await placeIn(source, ['l', 2])).toBe("1:21 'b'");
    expect(await placeIn(source, ['l', 3])).toBe("3:37 '3'");
    expect(await placeIn(source, ['m', 0])).toBe("3:47 '0'");
    expect(await placeIn(source, ['m', 2])).toBe('3:55 make() ~');
  });
});

describe('conditions', () => {
  it('are looked into for keys', async () => {
    const source = `const prod = process.argv.length > 0;
export default {
  a: { ...(prod ? { timeout: '30' } : { other: 1 }) },
  b: { ...(prod && { timeout: '30' }) },
  c: prod ? '30' : '29',
  d: (prod ? { timeout: '29' } : { timeout: '30' }),
  e: (!prod ? { timeout: '31' } : { timeout: '32' }),
};`;
    expect(await placeIn(source, ['a', 'timeout'])).toBe("3:30 '30'");
    expect(await placeIn(source, ['b', 'timeout'])).toBe("4:31 '30'");
    expect(await placeIn(source, ['c'])).toBe("5:6 prod ? '30' : '29' ~");
    expect(await placeIn(source, ['d', 'timeout'])).toBe("6:25 '29'");
    expect(await placeIn(source, ['e', 'timeout'])).toBe("7:46 '32'");
  });
});

describe('calls', () => {
  it('are the nearest place', async () => {
    expect(await placeIn('const t = () => String(30);\nexport default { t: t() };', ['t'])).toBe(
      '2:21 t() ~',
    );
    expect(await placeIn("export default { l: ['a'].map((x) => ({ t: x })) };", ['l', 0, 't'])).toBe(
      "1:21 ['a'].map((x) => ({ t: x })) ~",
    );
    expect(await placeIn("export default { a: Object.assign({}, { t: '30' }, { u: 1 }) };", ['a', 't'])).toBe(
      "1:44 '30'",
    );
  });

  it('of own functions are looked into', async () => {
    const source = `const service = (image: string, { t } = { t: '5s' }) => ({ image, timeout: '30', t });
function wrapped(part: object) {
  const memory = { limit: '1' };
  return { memory, ...part };
}
const image = 'wrong';
export default {
  a: service('x:1'),
  b: wrapped({ timeout: '29' }),
  c: [service(image)],
};`;
    expect(await placeIn(source, ['a', 'timeout'])).toBe("1:76 '30'");
    expect(await placeIn(source, ['a', 'image'])).toBe("8:14 'x:1'");
    expect(await placeIn(source, ['a', 't'])).toBe('1:82 t ~');
    expect(await placeIn(source, ['a', 'none'])).toBe("8:6 service('x:1') ~");
    expect(await placeIn(source, ['b', 'timeout'])).toBe("9:25 '29'");
    expect(await placeIn(source, ['b', 'memory', 'limit'])).toBe("3:27 '1'");
    expect(await placeIn(source, ['c', 0, 'image'])).toBe("6:15 'wrong'");
  });
});

describe('templates and expressions', () => {
  it('are the value themselves', async () => {
    const source = `const n = 30;\nexport default { a: \`30\`, b: \`\${n}s\`, c: -5, d: '3' + '0' };`;
    expect(await placeIn(source, ['a'])).toBe('2:21 `30`');
    expect(await placeIn(source, ['b'])).toBe(`2:30 \`\${n}s\``);
    expect(await placeIn(source, ['c'])).toBe('2:42 -5');
    expect(await placeIn(source, ['d'])).toBe("2:49 '3' + '0'");
  });
});

describe('helper files', () => {
  const helper =
    "export const timeout = '30';\nexport const shared = { timeout, memory: { limit: '1' } };\nexport default { timeout: '31' };\n";

  it('are opened', async () => {
    const files = (main: string): Files => ({ 'a.ts': main, 'helper.ts': helper });
    expect(
      await placeIn(files("import { timeout } from './helper.ts';\nexport default { timeout };"), [
        'timeout',
      ]),
    ).toBe("helper.ts:1:24 '30'");
    expect(
      await placeIn(files("import { shared as s } from './helper';\nexport default { ...s };"), [
        'memory',
        'limit',
      ]),
    ).toBe("helper.ts:2:51 '1'");
    expect(
      await placeIn(
        files("import { shared as s } from './helper';\nexport default { ...s };"),
        ['memory'],
        'key',
      ),
    ).toBe('helper.ts:2:34 memory');
    expect(
      await placeIn(files("import d from './helper.js';\nexport default { d };"), ['d', 'timeout']),
    ).toBe("helper.ts:3:27 '31'");
    expect(
      await placeIn(files("import * as h from './helper.ts';\nexport default { h, t: h.timeout };"), [
        'h',
        'shared',
        'timeout',
      ]),
    ).toBe("helper.ts:1:24 '30'");
    expect(
      await placeIn(files("import * as h from './helper.ts';\nexport default { t: h.timeout };"), ['t']),
    ).toBe("helper.ts:1:24 '30'");
    expect(await placeIn(files("export { default } from './helper.ts';"), ['timeout'])).toBe(
      "helper.ts:3:27 '31'",
    );
  });

  it('pass on what others export', async () => {
    const files = {
      'a.ts': "import { x, y } from './lib/index.ts';\nexport default { x, y };",
      'lib/index.ts': "export * from './x.ts';\nexport { default as y } from './data.json';",
      'lib/x.ts': "export const x = { t: '30' };",
      'lib/data.json': '{\n  "t": "31"\n}',
    };
    expect(await placeIn(files, ['x', 't'])).toBe("lib/x.ts:1:23 '30'");
    expect(await placeIn(files, ['y', 't'])).toBe('lib/data.json:2:8 "31"');
  });

  it('are required', async () => {
    const files = {
      'a.cjs': "const h = require('./h.cjs');\nmodule.exports = { ...h, x: require('./x.cjs').x };",
      'h.cjs': "module.exports = { t: '30' };",
      'x.cjs': "exports.x = '31';",
    };
    expect(await placeIn(files, ['t'])).toBe("h.cjs:1:23 '30'");
    expect(await placeIn(files, ['x'])).toBe("x.cjs:1:13 '31'");
  });

  it('of packages stay closed', async () => {
    const files = {
      'a.ts': "import { t } from 'p';\nexport default { t, u: t };",
      'node_modules/p/package.json': '{ "main": "p.js" }',
      'node_modules/p/p.js': "exports.t = '30';",
    };
    expect(await placeIn(files, ['t'])).toBe('2:18 t ~');
    expect(await placeIn(files, ['u'])).toBe('2:24 t ~');
  });
});

it('finds every scalar of any JSON', () => {
  const json = fc.jsonValue({ maxDepth: 4 }).map((value) => ({ value }));
  fc.assert(
    fc.property(json, fc.constantFrom('/a.json', '/a.ts'), fc.nat(4), (value, file, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const loaded = { file, source: file === '/a.ts' ? `export default ${text};` : text, value };
      for (const [path, scalar] of scalars(value)) {
        const { text: line, column, length, exact } = locate(loaded, path, 'value');
        const found = line.slice(column - 1, column - 1 + length);
        expect([path, found, exact]).toEqual([path, JSON.stringify(scalar), true]);
      }
    }),
    { numRuns: 200 },
  );
});

/** Every scalar in a value, with its path. A key `__proto__` sets a prototype in JavaScript, so it is left out. */
function scalars(value: unknown, path: ConfigPath = []): [ConfigPath, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, index) => scalars(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) =>
    key === '__proto__' ? [] : scalars(item, [...path, key]),
  );
}

describe('sources that are hard to read', () => {
  const lost = (source: string, file = '/nowhere/a.ts') =>
    locate({ file, source, value: {} }, ['a', 'b'], 'value');

  it('give their first line', () => {
    const first = { line: 1, column: 1, exact: false };
    expect(lost('export default {')).toMatchObject(first);
    expect(lost('')).toMatchObject(first);
    expect(lost('\u0000')).toMatchObject(first);
    expect(lost('{', '/nowhere/a.json')).toMatchObject(first);
    expect(lost(`export default ${'['.repeat(100_000)}`)).toMatchObject(first);
  });

  it('lead in a circle', () => {
    for (const source of [
      'const a = a;\nexport default a;',
      'const a = { ...b };\nconst b = { ...a };\nexport default a;',
      'const { a } = a;\nexport default { a };',
      'const f = () => f();\nexport default { a: f() };',
      'const f = (x) => ({ ...f(x), ...f(x), ...f(x) });\nexport default { a: f(1) };',
      'const l = [...l, ...l];\nexport default { a: l };',
      "export * from './a.ts';\nimport { x } from './a.ts';\nexport default { a: x };",
    ]) {
      expect(lost(source)).toMatchObject({ exact: false });
    }
  });

  it('have other line ends, tabs and wide characters', async () => {
    expect(await placeIn("export default {\r\n\t'é😀': '30',\r\n};", ['é😀'])).toBe("2:9 '30'");
    expect(await placeIn('// \u2028export default {\r  a: 1 };'.replace('// ', ''), ['a'])).toBe('3:6 1');
  });
});

import { expect, it } from 'vitest';
import { loadSource } from '../../../src/config/load/load.ts';

const lines = [
  "Object.prototype.get = () => 'x';",
  "Object.defineProperty(Object.prototype, 'value', { value: 1, configurable: true });",
  'Array.prototype.map = function () { return []; };',
  'delete Array.prototype.flatMap;',
  "Object.defineProperty(Array.prototype, '0', { set() {}, configurable: true });",
  'Array.prototype[Symbol.iterator] = function* () {};',
  'String.prototype.replaceAll = () => "";',
  'JSON.stringify = () => "{}";',
  'Object.entries = () => [];',
  'Reflect.ownKeys = () => [];',
  'RegExp.prototype.test = () => true;',
  '({}).__proto__.polluted = true;',
];

it.each(lines)('%s is refused at its line, and taken back', async (line) => {
  const source = `const a = 1;\n${line}\nexport default { domain: 'functions.example.no', a };\n`;
  const [value, problems] = await loadSource('/tmp/platform.config.mjs', source);
  expect(value).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual(['load/changes-built-in']);
  if (!line.includes('__proto__')) expect(problems[0]?.location?.line).toBe(2);
  expect([1, 2].map((one) => one + 1).flatMap((one) => [...[one]])).toEqual([2, 3]);
  expect(Object.keys(Object.getOwnPropertyDescriptors(Object.prototype))).not.toContain('polluted');
});

it('a config that changes nothing loads as ever', async () => {
  const [value] = await loadSource(
    '/tmp/platform.config.ts',
    "export default { domain: 'a.no' as string };\n",
  );
  expect(value?.value).toEqual({ domain: 'a.no' });
});

import { describe, expect, it } from 'vitest';
import { findDuplicateKeys } from '../../../src/config/load/duplicate-keys.ts';

/** `name line:column` of each key that stands twice. */
function found(source: string, file = '/x/platform.config.ts'): string[] {
  return findDuplicateKeys(file, source).map(
    ({ message, location }) => `${/'(.*?)'/.exec(message)?.[1]} ${location?.line}:${location?.column}`,
  );
}

describe('keys that stand twice', () => {
  it.each([
    ['in an object', 'export default { a: 1, b: 2, a: 3 };', ['a 1:30']],
    ['in quotes and without', "export default { a: 1,\n  'a': 2 };", ['a 2:3']],
    ['three times', 'export default { a: 1, a: 2, a: 3 };', ['a 1:24', 'a 1:30']],
    ['further in', 'const f = { x: { y: 1, y: 2 } };\nexport default f;', ['y 1:24']],
    ['as a method', 'export default { a: 1, a() {} };', ['a 1:24']],
  ])('are found %s', (_, source, expected) => expect(found(source)).toEqual(expected));

  it('are found in JSON', () => expect(found('{ "a": 1,\n"a": 2 }', '/x/platform.json')).toEqual(['a 2:1']));

  it.each([
    ['one of a spread', 'const a = { x: 1 };\nexport default { ...a, x: 2 };'],
    ['one of another object', 'export default { a: { x: 1 }, b: { x: 2 } };'],
    ['one that is worked out', 'const k = "a";\nexport default { [k]: 1, a: 2, b: { a: 1 } };'],
    ['a getter with its setter', 'export default { get a() { return 1; }, set a(v) {} };'],
    ['no code at all', 'a: { a: '],
  ])('are not %s', (_, source) => expect(found(source)).toEqual([]));

  it('are looked for however deep', () => {
    const deep = `export default ${'{ a: '.repeat(2000)}1${' }'.repeat(2000)};`;
    expect(found(deep)).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { readYaml } from '../../../src/verify/read/yaml.ts';

const text = 'a: 1\n---\nkind: Pod\nspec:\n  list:\n    - name: x\n    - {name: y, b/c: 1}\n';

it.each([
  ['', 3],
  ['/kind', 3],
  ['/spec/list', 5],
  ['/spec/list/1', 7],
  ['/spec/list/1/b~1c', 7],
  ['/spec/missing', 4],
  ['/spec/list/9/name', 5],
])('knows the line of %j', (pointer, line) => {
  expect(readYaml(text).placed([{ pointer, message: '' }], 1)).toEqual([{ pointer, message: '', line }]);
});

it('knows the line on which each document begins, and on which a mistake stands', () => {
  const { lineOf } = readYaml(text);
  expect([lineOf(0), lineOf(1), lineOf(2)]).toEqual([1, 3, undefined]);
  expect(readYaml('a: 1\na: 2\n').problems).toMatchObject([{ line: 2 }]);
});

it('refuses aliases that would grow without end', () => {
  const lines = Array.from({ length: 12 }, (_, n) =>
    n === 0
      ? 'a0: &a0 [x]'
      : `a${n}: &a${n} [${Array(9)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
  );
  expect(readYaml(lines.join('\n')).problems).toEqual([
    { pointer: '', message: 'its aliases stand for far more than is written' },
  ]);
});

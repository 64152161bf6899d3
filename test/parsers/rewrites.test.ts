import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diagnoseRewrites } from '../../src/platform/k3s/rewrites.ts';
import { parseGoPattern } from '../../src/units/go-pattern.ts';
import { describeWithTool } from '../conformance/real-tool.ts';
import { askParsers, targetParsers } from './target-parsers.ts';

interface Rewrite {
  readonly pattern: string;
  readonly replacement: string;
}

const literal = fc.constantFrom(
  'library/',
  'a',
  'z0',
  '-',
  '_',
  'quay.io/',
  '/',
  '[.]',
  '.',
  '^',
  '$',
  '@',
  '#',
);
const characterClass = fc.constantFrom(
  '[a-z0-9]',
  '[^/]',
  '[]a]',
  '[a-]',
  '[[:alnum:]_-]',
  '[z-a]',
  '[',
  '[[:word]',
);
const strange = fc.constantFrom(
  '\\.',
  '\\d',
  '\\',
  '"',
  '(',
  ')',
  '{',
  '}',
  '*',
  '+?',
  'é',
  ' ',
  '(?=a)',
  '(?i)',
  '\n',
);
const quantifier = fc.constantFrom(
  '',
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '{2}',
  '{1,3}',
  '{2,}',
  '{3,1}',
  '**',
  '{40}',
);

const pattern = fc.letrec<{ part: string; all: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 8, arbitrary: literal },
    { weight: 3, arbitrary: characterClass },
    { weight: 1, arbitrary: strange },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom('(', '(', '(?:', '(?P<name>', '(?<rest>', '(?!'), tie('all'))
        .map(([start, inner]) => `${start}${inner})`),
    },
  ),
  all: fc
    .array(fc.tuple(tie('part'), quantifier, fc.constantFrom('', '', '', '', '|')), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => parts.map(([part, count, bar]) => part + count + bar).join('')),
})).all;

const replacement = fc
  .array(
    fc.constantFrom(
      '$1',
      `\${1}`,
      '$2',
      '$1_x',
      '$0',
      'mirror/',
      'a',
      '-',
      '/',
      `\${name}`,
      '$rest',
      '$$',
      '\\1',
      '"',
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

const repository = fc.constantFrom('library/nginx', 'acme/pay', 'quay.io/a', 'a/b/c-0', 'z0');

function compiles({ pattern: key, replacement: value }: Rewrite): boolean {
  const mirrors = { 'docker.io': { endpoints: ['https://mirror.example.no'], rewrite: { [key]: value } } };
  return diagnoseRewrites({ registries: { mirrors } }).length === 0;
}

describeWithTool(targetParsers, "K3s' file of a mirror, and Go's regular expressions", (path) => {
  it('take every pattern and replacement that compiles, and find every group that it names', () => {
    const all = fc.sample(fc.record({ pattern, replacement, repository }), 4000);
    const compiled = all.filter(compiles);
    const answers = askParsers(
      path,
      compiled.map((one) => ({ parser: 'rewrite', ...one })),
    );
    expect(compiled.filter((_, index) => answers[index]?.error !== undefined)).toEqual([]);
    expect(compiled.length).toBeGreaterThan(300);
    // What is left of a path is a path.
    const paths = answers.flatMap(({ rewritten }) => rewritten ?? []);
    expect(paths.filter((each) => /[^a-z0-9._/-]/.test(each))).toEqual([]);
  });

  it('refuse nearly all patterns that are refused, and none for its form alone', () => {
    const patterns = fc.sample(pattern, 6000);
    const answers = askParsers(
      path,
      patterns.map((each) => ({ parser: 'rewrite', pattern: each, replacement: 'a', repository: 'a' })),
    );
    const differing = patterns.filter(
      (each, index) => typeof parseGoPattern(each) === 'string' && answers[index]?.error === undefined,
    );
    // Go takes flags, braces that count nothing, brackets in classes, and characters that no path of an image has.
    expect(differing.filter((each) => !/\(\?i\)|[{}]|[^!-~]|\[[^\]]*\[/.test(each))).toEqual([]);
    const wrongly = patterns.filter(
      (each, index) => typeof parseGoPattern(each) === 'object' && answers[index]?.error !== undefined,
    );
    expect(wrongly).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import { isDirective } from '../../../src/nginx/directive.ts';
import { parseConf } from '../../../src/nginx/parse.ts';
import { cases } from '../../cases/index.ts';
import { plainForms, refusedForms } from '../../gateway/path-forms.ts';

/** The patterns of the map of refused paths, in nginx's order: the ordinary path, then those that are refused. */
const [ordinary, ...refused] = patterns();

function patterns(): RegExp[] {
  const { artifacts } = compileConfig(cases.reference, 'platform.config.ts');
  const parsed = parseConf(artifacts.find(({ path }) => path === 'nginx/openfaas.conf')?.text ?? '');
  const statements = 'statements' in parsed ? parsed.statements : [];
  const map = statements.filter(isDirective).find(({ args }) => args[1] === '$openfaas_path_refused');
  return (map?.block ?? [])
    .filter(isDirective)
    .flatMap(({ directive, args: [reason] }) => {
      const [, insensitive, source] = /^~(\*?)(.*)$/s.exec(directive) ?? [];
      if (source === undefined) return [];
      return [{ reason, pattern: new RegExp(source, insensitive === '*' ? 'i' : '') }];
    })
    .map(({ reason, pattern }, index) => {
      if ((reason === '') !== (index === 0)) throw new Error('only the first pattern lets a path through');
      return pattern;
    });
}

const isOrdinary = (path: string) => ordinary?.test(path) ?? false;
const isRefused = (path: string) => refused.some((pattern) => pattern.test(path));

/** Every sequence of so many of the pieces. */
function sequences(pieces: readonly string[], length: number): string[] {
  if (length === 0) return [''];
  return sequences(pieces, length - 1).flatMap((before) => pieces.map((piece) => before + piece));
}

const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
const pieces = [
  '/',
  '.',
  '%',
  '2',
  'e',
  'f',
  'a',
  '5',
  'c',
  '\\',
  ';',
  '#',
  '?',
  '\n',
  '\u00c0',
  '\u0080',
  '~',
];

it('a path that the first pattern accepts is not refused by any other', () => {
  const paths = [
    ...bytes.flatMap((a) => bytes.flatMap((b) => [a + b, `/${a}${b}`, `/a${a}${b}/`])),
    ...[1, 2, 3, 4].flatMap((length) => sequences(pieces, length).flatMap((path) => [path, `/${path}`])),
    ...refusedForms.flatMap((form) => ['', '/function/a', '/a'.repeat(15)].map((before) => before + form)),
  ];
  expect(paths.filter(isOrdinary).length).toBeGreaterThan(1000);
  expect(paths.filter((path) => isOrdinary(path) && isRefused(path))).toEqual([]);
});

it('most paths are ordinary, whatever their query', () => {
  const calls = ['/', '/healthz', '/function/a', '/function/a/', '/function/a/b.json', '/v1/@me/a:b,c=d+e~'];
  for (const path of calls) {
    expect([path, isOrdinary(path), isOrdinary(`${path}?a=..//%2e;#\\`)]).toEqual([path, true, true]);
  }
  // The others are looked at one by one, and let through all the same.
  const others = plainForms.filter((form) => !isOrdinary(`/function/a${form}`));
  expect(others.length).toBeGreaterThan(5);
  expect(others.filter((form) => isRefused(`/function/a${form}`))).toEqual([]);
});

it('a path of many segments is left to the others, so that PCRE keeps no memory for it', () => {
  expect(isOrdinary('/a'.repeat(16))).toBe(true);
  expect(isOrdinary('/a'.repeat(17))).toBe(false);
});

import { expect, it } from 'vitest';
import { compareDiagnostics, place } from '../../../src/config/locate/place.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { report } from '../../../src/diagnostics/report.ts';

const loaded = {
  file: '/nowhere/a.ts',
  source: "export default {\n  b: 1, a: 'x',\n  c: 3,\n};\n",
  value: { b: 1, a: 'x', c: 3 },
};

const wrong = (...path: string[]): Diagnostic => report('load/not-data', path, { what: 'wrong' });

it('adds places and sorts by them, then by code', () => {
  const missing = report('check/missing-key', ['c'], { key: 'd', example: '1' });
  const placed = place(loaded, [wrong('c'), missing, wrong('a'), wrong(), wrong('b')]);
  expect(placed.map(({ code, location }) => `${location?.line}:${location?.column} ${code}`)).toEqual([
    '1:1 load/not-data',
    '2:6 load/not-data',
    '2:12 load/not-data',
    '3:6 check/missing-key',
    '3:6 load/not-data',
  ]);
});

it('keeps a place that is known already, and everything else', () => {
  const location = { file: '/nowhere/b.ts', line: 9, column: 9, length: 1, text: '', exact: true };
  const artifact = { path: 'stack.yaml', line: 3 };
  const [placed] = place(loaded, [{ ...wrong('a'), location, artifact }]);
  expect(placed).toEqual({ ...wrong('a'), location, artifact });
});

it('puts those without a place first, then files by name', () => {
  const at = (file: string, line: number): Diagnostic => ({
    ...wrong(),
    location: { file, line, column: 1, length: 1, text: '', exact: true },
  });
  const sorted = [at('/b.ts', 1), at('/a.ts', 10), at('/a.ts', 9), wrong()].sort(compareDiagnostics);
  expect(sorted.map(({ location }) => location && `${location.file}:${location.line}`)).toEqual([
    undefined,
    '/a.ts:9',
    '/a.ts:10',
    '/b.ts:1',
  ]);
});

it('orders what is at one place by artifact and message', () => {
  const of = (path: string, line: number, message: string): Diagnostic => ({
    ...wrong('a'),
    message,
    artifact: { path, line },
  });
  const all = [of('b', 1, 'x'), of('a', 2, 'x'), of('a', 1, 'y'), of('a', 1, 'x')];
  expect(
    place(loaded, all).map(({ artifact, message }) => `${artifact?.path}${artifact?.line}${message}`),
  ).toEqual(['a1x', 'a1y', 'a2x', 'b1x']);
});

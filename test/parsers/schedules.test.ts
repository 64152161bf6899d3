import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cronProblem, snapshotScheduleProblem } from '../../src/units/cron.ts';
import { describeWithTool } from '../conformance/real-tool.ts';
import { askParsers, targetParsers } from './target-parsers.ts';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'sun mon tue wed thu fri sat'.split(' ');

/** Values of a field, now and then one that is out of its range. */
function value(first: number, last: number, names: readonly string[] = []): fc.Arbitrary<string> {
  const number = fc.integer({ min: first, max: last }).map(String);
  const name = fc.constantFrom(
    ...(names.length > 0 ? names : ['0']),
    ...names.map((each) => each.toUpperCase()),
  );
  return fc.oneof(
    { weight: 12, arbitrary: number },
    { weight: names.length > 0 ? 4 : 0, arbitrary: name },
    { weight: 1, arbitrary: fc.constantFrom(String(last + 1), String(first - 1), 'x') },
  );
}

function field(last: number, one: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const range = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('*', '*', '?') },
    { weight: 4, arbitrary: one },
    { weight: 2, arbitrary: fc.tuple(one, one).map((ends) => ends.join('-')) },
  );
  // Larger steps are taken too, and refused by us, because they leave only the first value.
  const step = fc.option(fc.integer({ min: 0, max: last }), { freq: 6, nil: undefined });
  const part = fc.tuple(range, step).map(([text, by]) => (by === undefined ? text : `${text}/${by}`));
  return fc.oneof(
    { weight: 5, arbitrary: part },
    { weight: 1, arbitrary: fc.array(part, { minLength: 2, maxLength: 3 }).map((parts) => parts.join(',')) },
  );
}

const expression = fc
  .tuple(
    field(59, value(0, 59)),
    field(23, value(0, 23)),
    field(31, value(1, 31)),
    field(12, value(1, 12, months)),
    field(6, value(0, 6, weekdays)),
  )
  .map((fields) => fields.join(' '));

const descriptor = fc.oneof(
  fc.constantFrom('@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly', '@reboot'),
  fc.constantFrom('@Daily', '@every', '@every ', '@every day', '@', '@every 6', '@every 6h', '@every 1h30m'),
  fc
    .tuple(fc.integer({ min: 1, max: 100 }), fc.constantFrom('h', 'm', 'd', 'w', '', 'H'))
    .map(([count, unit]) => `@every ${count}${unit}`),
);

/** Texts that are almost schedules. */
const broken = fc
  .tuple(expression, fc.nat(), fc.constantFrom('', ' ', '*', '-', ',', '/', '7', 'L', '#', '?', '@'))
  .map(([text, at, piece]) => text.slice(0, at % text.length) + piece + text.slice((at % text.length) + 1));

describeWithTool(targetParsers, "K3s' and Kubernetes' parser of schedules", (path) => {
  const taken = (texts: readonly string[]): boolean[] =>
    askParsers(
      path,
      texts.map((text) => ({ parser: 'cron', text })),
    ).map(({ error, next }) => error === undefined && next !== undefined);

  it('takes what compiles, and only that', () => {
    const texts = fc.sample(
      fc.oneof({ weight: 20, arbitrary: expression }, { weight: 1, arbitrary: descriptor }),
      12_000,
    );
    const written = taken(texts.map((text) => `CRON_TZ=UTC ${text}`));
    const differing = texts.filter(
      (text, index) => (snapshotScheduleProblem(text) === undefined) !== written[index],
    );
    expect(differing).toEqual([]);
    const count = written.filter((each) => each).length;
    expect(count).toBeGreaterThan(3000);
    expect(texts.length - count).toBeGreaterThan(3000);
  });

  it('takes the schedules of functions that compile', () => {
    const texts = fc.sample(fc.oneof(expression, descriptor, broken), 9000);
    const compiled = texts.filter((text) => cronProblem(text) === undefined);
    const answers = taken(compiled);
    expect(compiled.filter((_, index) => !answers[index])).toEqual([]);
    expect(compiled.length).toBeGreaterThan(1000);
  });

  it('takes a broken one only if it is a schedule', () => {
    const texts = fc.sample(broken, 6000).filter((text) => snapshotScheduleProblem(text) === undefined);
    const answers = taken(texts.map((text) => `CRON_TZ=UTC ${text}`));
    expect(texts.filter((_, index) => !answers[index])).toEqual([]);
    expect(texts.length).toBeGreaterThan(100);
  });
});

import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Diagnostic, SourceLocation } from '../../../src/diagnostics/diagnostic.ts';
import { count, print } from '../../../src/diagnostics/print/print.ts';

const plain = { colors: pc.createColors(false), cwd: '/srv' };

const wrongUnit: Diagnostic = {
  code: 'check/wrong-unit',
  severity: 'error',
  path: ['functions', 'pay', 'timeout'],
  at: 'value',
  message: "'30' is not a length of time",
  hint: "write a value such as '30s', '5m' or '1h30m'",
};

/** A place with the caret under `mark` in a line. */
function under(text: string, mark: string, rest: Partial<SourceLocation> = {}): SourceLocation {
  const column = text.indexOf(mark) + 1;
  expect(column).toBeGreaterThan(0);
  return {
    file: '/srv/platform.config.ts',
    line: 14,
    column,
    length: mark.length,
    text,
    exact: true,
    ...rest,
  };
}

function printed(location: SourceLocation, diagnostic: Partial<Diagnostic> = {}): string[] {
  return print([{ ...wrongUnit, ...diagnostic, location }], plain).split('\n');
}

/** The line of the excerpt, and what of it stands over the carets. */
function excerptOf(location: SourceLocation): { shown: string; marked: string } {
  const [, , , source = '', carets = ''] = printed(location);
  const from = carets.indexOf('^');
  return { shown: source.slice('14 | '.length), marked: source.slice(from, carets.lastIndexOf('^') + 1) };
}

describe('a diagnostic', () => {
  it('is printed with its place, its line and what to do', () => {
    expect(print([{ ...wrongUnit, location: under("    timeout: '30',", "'30'") }], plain)).toBe(
      `error[check/wrong-unit] functions.pay.timeout: '30' is not a length of time
  --> platform.config.ts:14:14
   |
14 |     timeout: '30',
   |              ^^^^
   = write a value such as '30s', '5m' or '1h30m'

1 error
`,
    );
  });

  it('reports that its place is only the nearest', () => {
    const [, place] = printed(under('...make(30)', 'make(30)', { exact: false, line: 7 }));
    expect(place).toBe(' --> platform.config.ts:7:4 (the nearest place; the value comes from elsewhere)');
  });

  it('leaves out everything that is not known', () => {
    expect(print([{ ...wrongUnit, path: [], severity: 'warning' }], plain)).toBe(
      `warning[check/wrong-unit] '30' is not a length of time
  = write a value such as '30s', '5m' or '1h30m'

1 warning
`,
    );
  });

  it('names the artifact that is wrong', () => {
    const artifact = { path: 'cloud-init/oslo-1.yaml#/write_files', line: 12 };
    expect(print([{ ...wrongUnit, artifact, location: under('a: 1', '1') }], plain)).toContain(
      '\n  --> platform.config.ts:14:4\n  ::: cloud-init/oslo-1.yaml#/write_files:12\n',
    );
    expect(print([{ ...wrongUnit, artifact: { path: 'stack.yaml' } }], plain)).toContain(
      '\n ::: stack.yaml\n',
    );
  });

  it('has its hint in several lines', () => {
    const lines = printed(under('a: 1', '1'), { hint: 'one\ntwo' });
    expect(lines.slice(5, 7)).toEqual(['   = one', '     two']);
  });

  it('shows near files by relative paths, and far ones by absolute paths', () => {
    const place = (file: string): string | undefined => printed(under('a', 'a', { file, line: 1 }))[1];
    expect(place('/srv/lib/a.ts')).toBe(' --> lib/a.ts:1:1');
    expect(place('/other/a.ts')).toBe(' --> ../other/a.ts:1:1');
    expect(
      print([{ ...wrongUnit, location: under('a', 'a', { file: '/tmp/a.ts' }) }], {
        ...plain,
        cwd: '/srv/deep/er',
      }),
    ).toContain('--> /tmp/a.ts:14:1');
  });
});

describe('the source line', () => {
  it('is measured with its tabs and wide characters', () => {
    expect(printed(under("\t'日本': '30'", "'30'")).slice(3, 5)).toEqual([
      "14 |     '日本': '30'",
      `   |             ${'^'.repeat(4)}`,
    ]);
    expect(printed(under("e\u0301: '😀'", "'😀'")).slice(3, 5)).toEqual([
      "14 | e\u0301: '😀'",
      '   |    ^^^^',
    ]);
  });

  it('shows its hidden characters', () => {
    expect(excerptOf(under("a: '\u001b[2J\u202e', b: 30", '30'))).toEqual({
      shown: "a: '\\x1b[2J\\u202e', b: 30",
      marked: '30',
    });
    expect(excerptOf(under("a: '\u001b'", "'\u001b'")).marked).toBe("'\\x1b'");
  });

  it('is cut around the place when it is long', () => {
    const x = 'x'.repeat(300);
    const start = excerptOf(under(`'30' ${x}`, "'30'"));
    expect(start).toEqual({ shown: `'30' ${'x'.repeat(95)}…`, marked: "'30'" });
    const middle = excerptOf(under(`${x}'30'${x}`, "'30'"));
    expect(middle.marked).toBe("'30'");
    expect(middle.shown).toMatch(/^…x{34}'30'x{62}…$/);
    const end = excerptOf(under(`${x}'30'`, "'30'"));
    expect(end).toEqual({ shown: `…${'x'.repeat(34)}'30'`, marked: "'30'" });
    const long = excerptOf(under(`a: ${x}`, x));
    expect(long.marked).toMatch(/^x+$/);
  });

  it('may be empty, or end before the place', () => {
    const empty = { file: '/srv/a.ts', line: 1, column: 1, length: 1, text: '', exact: false };
    expect(printed(empty).slice(2, 5)).toEqual(['  |', '1 |', '  | ^']);
    expect(printed({ ...empty, text: 'ab', column: 3 }).slice(3, 5)).toEqual(['1 | ab', '  |   ^']);
    expect(printed({ ...empty, text: 'ab', column: 99, length: 5 }).slice(3, 5)).toEqual([
      '1 | ab',
      '  |   ^',
    ]);
  });
});

describe('several', () => {
  it('are separated and counted', () => {
    const warning = { ...wrongUnit, severity: 'warning' } as const;
    const info = { ...wrongUnit, severity: 'info' } as const;
    const lines = print([wrongUnit, wrongUnit, warning], plain).split('\n');
    expect(lines[2]).toBe('');
    expect(lines.at(-2)).toBe('2 errors, 1 warning');
    expect(count([wrongUnit, warning, warning, info, info])).toBe('1 error, 2 warnings, 2 info');
    expect(print([], plain)).toBe('');
  });
});

describe('colours', () => {
  const coloured = { colors: pc.createColors(true), cwd: '/srv' };

  it('are the only control characters', () => {
    const text = print([{ ...wrongUnit, location: under("    timeout: '30',", "'30'") }], coloured);
    expect(text).toContain('\u001b[');
    expect(stripVTControlCharacters(text)).toBe(
      print([{ ...wrongUnit, location: under("    timeout: '30',", "'30'") }], plain),
    );
  });

  it('depend on the severity', () => {
    const first = (severity: Diagnostic['severity']): string =>
      print([{ ...wrongUnit, severity }], coloured).slice(0, 12);
    expect(new Set([first('error'), first('warning'), first('info')]).size).toBe(3);
  });

  it('cannot be forged by any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(
        text,
        text,
        text,
        text,
        fc.nat(60),
        fc.integer({ min: 1, max: 60 }),
        (a, b, c, d, column, length) => {
          const line = d.replace(/[\r\n\u2028\u2029]/g, '');
          const location = {
            file: `/srv/${a}`,
            line: 1,
            column: column + 1,
            length,
            text: line,
            exact: true,
          };
          const out = print(
            [{ ...wrongUnit, path: [a, b], message: b, hint: c, location, artifact: { path: d } }],
            plain,
          );
          expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestToken, printArgument, userText } from '../../src/nginx/argument.ts';
import { isDirective, type Statement } from '../../src/nginx/directive.ts';
import { parseConf } from '../../src/nginx/parse.ts';
import { argument } from '../nginx/arbitrary-conf.ts';
import { describeWithTool } from './real-tool.ts';
import { refusal, startNginx } from './running-nginx.ts';

const seed = 1;

const hostile = [
  '',
  ' ',
  ';',
  '{',
  '}',
  '"',
  "'",
  '\\',
  '\\\\',
  '\\"',
  "\\'",
  '\\n',
  '\\;',
  '#',
  '# x',
  '..',
  '"; } location / { return 200 owned; } #',
  "'; } location / { return 200 owned; } #",
  '\\"; } #',
  'a\\',
  'ends in quote"',
  `both " and '`,
  'blåbær 漢字 \u{1F980}',
  '\u00A0\u2028\uFEFF',
  '%00%0d%0a',
  ')',
  '=404',
  '@name',
  '{"error":"too many requests"}',
  'a'.repeat(longestToken - 2),
  `a ${'b'.repeat(longestToken - 4)}`,
];

describeWithTool('nginx', 'nginx reads our confs as we do', (nginx) => {
  test('what userText lets through and printArgument writes is what nginx answers', async () => {
    expect(hostile.map(userText)).toEqual(hostile);
    const sample = fc.sample(
      argument.filter((value) => !value.includes('$')),
      { numRuns: 400, seed },
    );
    const values = [...hostile, 'a\nb', 'a\tb', '\r\n', '\u0001\u007F', ...sample];
    const running = await startNginx(
      nginx,
      values.map((value, index) => `location = /${index} { return 200 ${printArgument(value)}; }`).join('\n'),
    );
    try {
      for (const [index, value] of values.entries()) {
        expect((await running.get(`/${index}`)).toString()).toBe(value);
      }
    } finally {
      await running.stop();
    }
  });

  test('variables are read in bare and quoted arguments alike', async () => {
    const running = await startNginx(
      nginx,
      ['a$arg_x', `\${arg_x}b`, `c \${arg_x}{d}`]
        .map((value, index) => `location = /${index} { return 200 ${printArgument(value)}; }`)
        .join('\n'),
    );
    try {
      expect((await running.get('/0?x=1')).toString()).toBe('a1');
      expect((await running.get('/1?x=1')).toString()).toBe('1b');
      expect((await running.get('/2?x=1')).toString()).toBe('c 1{d}');
    } finally {
      await running.stop();
    }
  });

  test('what parseConf refuses nginx refuses, and what it reads nginx reads', async () => {
    const raw = fc.string({
      unit: fc.constantFrom(...'""\'\'\\\\  ;{}#)\nabnrt'),
      minLength: 1,
      maxLength: 12,
    });
    const accepted: { source: string; value: string }[] = [];
    let refused = 0;
    for (const source of fc.sample(raw, { numRuns: 400, seed })) {
      const conf = `events {}\nhttp {\nserver {\nlocation / {\nreturn 200 ${source}\n;\n}\n}\n}\n`;
      const parsed = parseConf(conf);
      if ('problem' in parsed) {
        refused += 1;
        expect(refusal(nginx, conf), source).toBeDefined();
        continue;
      }
      const value = answer(parsed.statements);
      if (value !== undefined) accepted.push({ source, value });
    }
    // Most random sources are refused; these say that the sample holds both kinds.
    expect(refused).toBeGreaterThan(50);
    expect(accepted.length).toBeGreaterThan(50);

    const running = await startNginx(
      nginx,
      accepted.map(({ source }, index) => `location = /${index} { return 200 ${source}\n; }`).join('\n'),
    );
    try {
      for (const [index, { source, value }] of accepted.entries()) {
        expect((await running.get(`/${index}`)).toString(), source).toBe(value);
      }
    } finally {
      await running.stop();
    }
  }, 180_000);

  test('the longest comment that we write is read, and a longer one than nginx takes is refused by both', () => {
    const conf = (length: number) => `events {}\n#${'a'.repeat(length - 1)}\n`;
    expect(refusal(nginx, conf(longestToken))).toBeUndefined();
    expect(parseConf(conf(longestToken))).not.toHaveProperty('problem');
    expect(refusal(nginx, conf(4096))).toContain('too long');
    expect(parseConf(conf(4096))).toHaveProperty('problem');
  });
});

/** The one argument of `return 200` when it is all that the source became; other sources changed the conf around it. */
function answer(statements: readonly Statement[]): string | undefined {
  let list = statements;
  for (const name of ['http', 'server', 'location', 'return']) {
    const found = list.filter(isDirective);
    const last = found.at(-1);
    if (last?.directive !== name || found.length !== (name === 'http' ? 2 : 1)) return undefined;
    if (name === 'return') return last.args.length === 2 ? last.args[1] : undefined;
    list = last.block ?? [];
  }
  return undefined;
}

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSyntax } from '../../scripts/nginx-syntax.ts';

const em = (name: string) => `<em><code>${name}</code></em>`;

test.each([
  ['', 0, 0, []],
  ['<p><code>on</code> | <code>off</code></p>', 1, 1, ['on|off']],
  [`<p>${em('number')} ${em('size')}</p>`, 2, 2, ['<number>', '<size>']],
  [`<p>${em('timeout')} [${em('header_timeout')}]</p>`, 1, 2, ['<time>', '<time>']],
  [`<p>${em('name')} ${em('value')} [<code>always</code>]</p>`, 2, 3, ['*', '*', 'always']],
  [`<p>${em('path')} [${em('level1')} [${em('level2')}]]</p>`, 1, 3, []],
  [`<p>${em('file')} &hellip; ${em('uri')}</p>`, 2, null, []],
  [`<p>${em('code')} &hellip; [<code>=</code>[${em('response')}]] ${em('uri')}</p>`, 2, null, []],
  ['<p><code>GET</code> | <code>HEAD</code> | <code>POST</code> &hellip;</p>', 1, null, ['GET|HEAD|POST…']],
  [
    `<p><code>zone</code>=${em('name')} [<code>burst</code>=${em('n')}] [<code>nodelay</code> | <code>delay</code>=${em('n')}]</p>`,
    1,
    3,
    [],
  ],
  [
    `<p><code>off</code> | [<code>builtin</code>[:${em('size')}]] [<code>shared</code>:${em('name')}:${em('size')}]</p>`,
    0,
    2,
    [],
  ],
  [`<p><code>on</code> | <code>threads</code>[<code>=</code>${em('pool')}]</p>`, 1, 1, []],
  [`<p>${em('number')} | <code>auto</code></p>`, 1, 1, ['<number>|auto']],
  [`<p>[ <code>=</code> | <code>~</code> ] ${em('uri')} <code>{...}</code></p>`, 1, 2, []],
] as const)('%s', (line, min, max, values) => {
  expect(readSyntax([line])).toEqual({ min, max, values });
});

test('several lines are choices', () => {
  const lines = ['<p><code>off</code></p>', `<p>${em('size')} ${em('path')}</p>`];
  expect(readSyntax(lines)).toEqual({ min: 1, max: 2, values: ['off|<size>'] });
});

test('schemas/nginx-directives.json is what the command makes', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const script = ['--import', 'tsx', 'scripts/nginx-directives.ts', '--check'];
  const { status, stderr } = spawnSync(process.execPath, script, { cwd: root, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

import { expect, it } from 'vitest';
import { compiledNodes } from './compiled-nodes.ts';
import { describeWithTool } from './real-tool.ts';
import { runTool } from './run-tool.ts';

const scripts = compiledNodes().flatMap(([name, { applyScript, files }]): [string, string][] => [
  [`${name}: apply.sh`, applyScript],
  ...files
    .filter(({ text }) => /^#!\s*\/\S*\b(bash|sh)\b/.test(text))
    .map(({ path, text }): [string, string] => [`${name}: ${path}`, text]),
]);

// With `pipefail`, a writer that the reader does not wait for fails, now and then.
it.each(scripts)('%s reads each pipe to its end', (_, text) => {
  const early = /[^|]\| *(head -n|head -\d|grep -\S*q|grep --quiet|sed (-n )?'?\d*q|awk .*\bexit\b)/;
  expect(text.split('\n').filter((line) => early.test(line))).toEqual([]);
});

describeWithTool('shellcheck', 'shellcheck passes the scripts', (shellcheck) => {
  it.each(scripts)('%s', (_, text) => {
    expect(runTool(shellcheck, ['--norc', '-'], text)).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

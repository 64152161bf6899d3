import { expect, it } from 'vitest';
import { distDirectories, scripts } from './dist-directories.ts';
import { describeWithTool } from './real-tool.ts';
import { runTool } from './run-tool.ts';

const emitted = distDirectories().flatMap((dist) =>
  Object.entries(scripts(dist)).map(([name, text]) => [`${dist.name}/${name}`, text] as const),
);

describeWithTool('shellcheck', 'shellcheck passes the scripts', (shellcheck) => {
  it.each(emitted)('%s', (_, text) => {
    expect(runTool(shellcheck, ['--norc', '-'], text)).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

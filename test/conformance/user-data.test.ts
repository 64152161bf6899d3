import { expect, it, vi } from 'vitest';
import { distDirectories, userDataFiles } from './dist-directories.ts';
import { describeWithTool } from './real-tool.ts';
import { runTool } from './run-tool.ts';

vi.setConfig({ testTimeout: 60_000 });

const userData = distDirectories().flatMap((dist) =>
  Object.entries(userDataFiles(dist)).map(([node, file]) => [`${dist.name}/${node}`, file] as const),
);

describeWithTool('cloud-init-oldest', 'the oldest cloud-init takes the user-data', (cloudInit) => {
  it.each(userData)('%s', (_, file) => {
    const run = runTool(cloudInit, ['schema', '--config-file', file]);
    expect(run).toEqual({ status: 0, stdout: `Valid cloud-config: ${file}\n`, stderr: '' });
  });
});

describeWithTool('cloud-init-newest', 'the newest cloud-init takes the user-data', (cloudInit) => {
  it.each(userData)('%s', (_, file) => {
    const run = runTool(cloudInit, ['schema', '--config-file', file]);
    // A deprecated key would be named here, with status 0.
    expect(run).toEqual({ status: 0, stdout: `Valid schema ${file}\n`, stderr: '' });
  });
});

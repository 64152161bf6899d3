import { expect, it, vi } from 'vitest';
import { compiledNodes } from './compiled-nodes.ts';
import { describeWithTool } from './real-tool.ts';
import { runTool } from './run-tool.ts';

vi.setConfig({ testTimeout: 60_000 });

describeWithTool('cloud-init-oldest', 'the oldest cloud-init takes the user-data', (cloudInit) => {
  it.each(compiledNodes())('%s', (_, { userData }) => {
    const run = runTool(cloudInit, ['schema', '--config-file', userData]);
    expect(run).toEqual({ status: 0, stdout: `Valid cloud-config: ${userData}\n`, stderr: '' });
  });
});

describeWithTool('cloud-init-newest', 'the newest cloud-init takes the user-data', (cloudInit) => {
  it.each(compiledNodes())('%s', (_, { userData }) => {
    const run = runTool(cloudInit, ['schema', '--config-file', userData]);
    // A deprecated key would be named here, with status 0.
    expect(run).toEqual({ status: 0, stdout: `Valid schema ${userData}\n`, stderr: '' });
  });
});

import { spawnSync } from 'node:child_process';

/** What a tool said, all of it, and how it ended. */
export interface ToolRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a tool to its end. */
export function runTool(tool: string, args: readonly string[], input = ''): ToolRun {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    encoding: 'utf8',
    input,
    maxBuffer: 64 * 2 ** 20,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

import type { SchemaProblem } from '../../diagnostics/schema-problem.ts';

/** A sysctl.d drop-in as keys and values. The last of two lines for one key wins, so a repeat is a problem. */
export function readSysctl(text: string): { settings: Record<string, string>; problems: SchemaProblem[] } {
  const settings: Record<string, string> = {};
  const problems: SchemaProblem[] = [];
  text.split('\n').forEach((line, index) => {
    if (/^\s*([#;]|$)/.test(line)) return;
    const [, key, value] = /^([^\s=]+) = (.*)$/.exec(line) ?? [];
    const problem = (message: string) => problems.push({ pointer: '', message, line: index + 1 });
    if (key === undefined || value === undefined) problem(`not a "key = value" line: ${line}`);
    else if (Object.hasOwn(settings, key)) problem(`${key} is set twice`);
    else settings[key] = value;
  });
  return { settings, problems };
}

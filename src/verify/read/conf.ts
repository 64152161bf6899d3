import type { SchemaProblem } from '../../diagnostics/schema-problem.ts';
import type { Statement } from '../../nginx/directive.ts';
import { parseConf } from '../../nginx/parse.ts';
import type { NginxTarget } from '../../nginx/targets.ts';
import { checkNginxConf } from '../nginx/schema.ts';

/**
 * An nginx conf as statements, held against the directives of every nginx that reads it.
 *
 * @param file whether it is a whole nginx.conf (`main`) or is included in one's http block
 */
export function readConf(
  text: string,
  file: 'main' | 'http',
  targets: readonly NginxTarget[],
): { statements: readonly Statement[]; problems: SchemaProblem[] } {
  const parsed = parseConf(text);
  if ('problem' in parsed) return { statements: [], problems: [{ pointer: '', ...parsed.problem }] };
  const { statements } = parsed;
  const problems = new Map<string, SchemaProblem>();
  for (const target of targets) {
    for (const problem of checkNginxConf(statements, { file, ...target })) {
      problems.set(JSON.stringify(problem), problem);
    }
  }
  return { statements, problems: [...problems.values()] };
}

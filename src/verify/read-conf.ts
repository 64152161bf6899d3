import type { OperatingSystem } from '../config/node-config.ts';
import type { Statement } from '../nginx/directive.ts';
import { parseConf } from '../nginx/parse.ts';
import { nginxTarget } from '../nginx/targets.ts';
import { checkNginxRules } from './nginx-rules.ts';
import { checkNginxConf } from './nginx-schema.ts';
import type { SchemaProblem } from './schema-problem.ts';

/**
 * An nginx conf as statements, held against the directives of every nginx that reads it and against our own rules.
 *
 * @param file whether it is a whole nginx.conf (`main`) or is included in one's http block
 */
export function readConf(
  text: string,
  file: 'main' | 'http',
  systems: readonly OperatingSystem[],
): { statements: readonly Statement[]; problems: SchemaProblem[] } {
  const parsed = parseConf(text);
  if ('problem' in parsed) return { statements: [], problems: [{ pointer: '', ...parsed.problem }] };
  const { statements } = parsed;
  const problems = new Map<string, SchemaProblem>();
  for (const os of systems) {
    const target = nginxTarget(os);
    const found = checkNginxConf(statements, { file, ...target });
    const rules = found.length > 0 ? [] : checkNginxRules(statements, { file, ...target });
    const broken = rules.map(({ rule, message, line }) => ({
      pointer: rule,
      message,
      ...(line && { line }),
    }));
    for (const problem of [...found, ...broken]) problems.set(JSON.stringify(problem), problem);
  }
  return { statements, problems: [...problems.values()] };
}

import type { Statement } from '../../nginx/directive.ts';
import { parseConf } from '../../nginx/parse.ts';
import type { NginxTarget } from '../../nginx/targets.ts';
import { currentForms } from '../nginx/rules/listeners.ts';
import { checkNginxRules, type NginxFinding } from '../nginx/rules.ts';
import { checkNginxConf } from '../nginx/schema.ts';
import type { SchemaProblem } from '../schema-problem.ts';

/**
 * An nginx conf as statements, held against the directives of every nginx that reads it and against our own rules.
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
  // One conf for several nginx is in the form of the oldest, which newer ones take with a warning.
  const forAll = allowance(statements, file, targets);
  for (const target of targets) {
    const found = checkNginxConf(statements, { file, ...target });
    const rules = found.length > 0 ? [] : checkNginxRules(statements, { file, ...target });
    const broken = rules.filter(forAll).map(({ rule, message, line }) => ({
      pointer: rule,
      message,
      ...(line && { line }),
    }));
    for (const problem of [...found, ...broken]) problems.set(JSON.stringify(problem), problem);
  }
  return { statements, problems: [...problems.values()] };
}

/** Whether a finding stands: one of an outdated form only where every nginx finds it so. */
function allowance(
  statements: readonly Statement[],
  file: 'main' | 'http',
  targets: readonly NginxTarget[],
): (finding: NginxFinding) => boolean {
  const outdated = targets.map((target) =>
    checkNginxRules(statements, { file, ...target }).filter(({ rule }) => rule === currentForms.name),
  );
  const everywhere = outdated.every((found) => found.length > 0);
  return ({ rule }) => rule !== currentForms.name || everywhere;
}

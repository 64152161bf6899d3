import type { Statement } from '../nginx/directive.ts';
import { parseConf } from '../nginx/parse.ts';
import type { SchemaProblem } from './schema-problem.ts';

/** An nginx conf as statements. */
export function readConf(text: string): { statements: readonly Statement[]; problems: SchemaProblem[] } {
  const parsed = parseConf(text);
  if ('problem' in parsed) return { statements: [], problems: [{ pointer: '', ...parsed.problem }] };
  return { statements: parsed.statements, problems: [] };
}

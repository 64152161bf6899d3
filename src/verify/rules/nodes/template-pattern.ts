import { templateText, templateTree } from '../../../renderers/template.ts';
import { literalPattern } from '../../literal-pattern.ts';
import { holePattern } from './template-holes.ts';

/** A template as a pattern of everything that can be made of it. */
export interface TemplatePattern {
  /** For all of a text. */
  readonly whole: RegExp;
  /** Each line of the template by itself. */
  readonly lines: readonly RegExp[];
}

/**
 * The pattern of templates that are printed one after the other. A value is of the kind that its place asks for, the same
 * wherever it has the same name; what stands under a condition or is repeated may be there or not.
 *
 * @param templates their paths below `src/renderers/`; `?` is at the end of one that may be left out
 */
export function templatePattern(templates: readonly string[]): TemplatePattern {
  const names = new Set<string>();
  const parts = templates.map((name, index) => {
    const optional = name.endsWith('?');
    const pattern = patternOf(templateTree(fileOf(name)), optional ? undefined : names);
    const separated = index === 0 ? pattern : `\n${pattern}`;
    return optional ? `(?:${separated})?` : separated;
  });
  return {
    whole: new RegExp(`^${parts.join('')}$`),
    lines: templates.flatMap((name) =>
      [...new Set(withoutBlocks(templateText(fileOf(name))))].map((line) => new RegExp(`^${line}$`)),
    ),
  };
}

function fileOf(name: string): string {
  return name.replace('?', '');
}

/** @param names those that have a value by now; undefined where a value may be another one each time */
function patternOf({ body }: hbs.AST.Program, names: Set<string> | undefined): string {
  return body.map((statement) => patternOfStatement(statement, names)).join('');
}

function patternOfStatement(statement: hbs.AST.Statement, names: Set<string> | undefined): string {
  switch (statement.type) {
    case 'ContentStatement':
      return literalPattern((statement as hbs.AST.ContentStatement).value);
    case 'MustacheStatement':
      return valuePattern((statement as hbs.AST.MustacheStatement).path, names);
    case 'BlockStatement': {
      const { path, program, inverse } = statement as hbs.AST.BlockStatement;
      const inside = patternOf(program, undefined);
      if ((path as hbs.AST.PathExpression).original === 'each') return `(?:${inside})*`;
      return `(?:${inside}|${inverse ? patternOf(inverse, undefined) : ''})`;
    }
    case 'CommentStatement':
      return '';
    default:
      throw new Error(`no pattern for a ${statement.type}`);
  }
}

function valuePattern(path: hbs.AST.Expression, names: Set<string> | undefined): string {
  const { original } = path as hbs.AST.PathExpression;
  const value = holePattern(String(original));
  const name = String(original).replace(/\W/g, '_');
  if (names === undefined) return value;
  if (names.has(name)) return `\\k<${name}>`;
  names.add(name);
  return `(?<${name}>${value})`;
}

/** Lines as they can come out: conditions within a line are anything. */
function withoutBlocks(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*\{\{([#/][^}]*|!.*|else)\}\}$/.test(line))
    .map(lineOf);
}

function lineOf(line: string): string {
  return line
    .split(/(\{\{#.*?\}\}.*?\{\{\/\w+\}\}|\{\{.*?\}\})/)
    .map((part) =>
      part.startsWith('{{#')
        ? '[^\\n]*'
        : part.startsWith('{{')
          ? holePattern(part.slice(2, -2))
          : literalPattern(part),
    )
    .join('');
}

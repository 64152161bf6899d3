import Handlebars from 'handlebars';

/** A template as a pattern of everything that can be made of it. */
export interface TemplatePattern {
  /** For all of a text. */
  readonly whole: RegExp;
  /** Each line of the template by itself. */
  readonly lines: readonly RegExp[];
}

/**
 * The pattern of templates that are printed one after the other. A value is whatever stands in one line, the same
 * wherever it has the same name; what stands under a condition or is repeated may be there or not.
 *
 * @param texts each a template, and whether it may be left out
 */
export function templatePattern(
  texts: readonly { readonly text: string; readonly optional?: boolean }[],
): TemplatePattern {
  const names = new Set<string>();
  const parts = texts.map(({ text, optional = false }, index) => {
    const pattern = patternOf(Handlebars.parse(text), optional ? undefined : names);
    const separated = index === 0 ? pattern : `\n${pattern}`;
    return optional ? `(?:${separated})?` : separated;
  });
  return {
    whole: new RegExp(`^${parts.join('')}$`),
    lines: texts.flatMap(({ text }) =>
      [...new Set(withoutBlocks(text))].map((line) => new RegExp(`^${line}$`)),
    ),
  };
}

/** Numbers and words that a view puts in: never a line end. */
const value = '[^\\n]*?';

/** @param names those that have a value by now; undefined where a value may be another one each time */
function patternOf({ body }: hbs.AST.Program, names: Set<string> | undefined): string {
  const pattern = body.map((statement) => patternOfStatement(statement, names)).join('');
  // Two values side by side could be parted in many ways, each of which would be tried.
  return pattern.replaceAll(`${value}${value}`, () => value);
}

function patternOfStatement(statement: hbs.AST.Statement, names: Set<string> | undefined): string {
  switch (statement.type) {
    case 'ContentStatement':
      return literal((statement as hbs.AST.ContentStatement).value);
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
    .map((line) => (/^(\{\{\w+\}\})+$/.test(line) ? aWord : lineOf(line)));
}

/** What is values alone would be any line. */
const aWord = '\\S*';

function lineOf(line: string): string {
  return line
    .replaceAll(/\{\{#.*?\}\}.*?\{\{\/\w+\}\}/g, '{{block}}')
    .split(/\{\{.*?\}\}/)
    .map(literal)
    .join('[^\\n]*');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

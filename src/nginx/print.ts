import { longestToken, printArgument } from './argument.ts';
import type { Statement } from './directive.ts';

const indent = '    ';

/**
 * Prints a conf in our format: four spaces per level, one directive per line, an opening brace at the end of its line.
 * `parseConf` reads the same statements back.
 *
 * @throws RangeError for an argument or comment that a conf cannot contain
 */
export function printConf(statements: readonly Statement[]): string {
  return lines(statements, '')
    .map((line) => `${line}\n`)
    .join('');
}

function lines(statements: readonly Statement[], margin: string): string[] {
  return statements.flatMap((statement) => {
    if ('blank' in statement) return [''];
    if ('comment' in statement) return [margin + printComment(statement.comment)];
    const head = margin + [statement.directive, ...statement.args].map(printArgument).join(' ');
    if (statement.block === undefined) return [`${head};`];
    if (statement.block.length === 0) return [`${head} {}`];
    return [`${head} {`, ...lines(statement.block, margin + indent), `${margin}}`];
  });
}

function printComment(text: string): string {
  if (/[\n\0]|\p{Surrogate}/u.test(text)) throw new RangeError('an nginx comment is one line of text');
  const line = text === '' ? '#' : `# ${text}`;
  // nginx refuses a longer one as "too long parameter".
  if (Buffer.byteLength(line) > longestToken) {
    throw new RangeError(`an nginx comment cannot be longer than ${longestToken} bytes`);
  }
  return line;
}

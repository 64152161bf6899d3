import type { SchemaProblem } from '../../diagnostics/schema-problem.ts';
import { type Directive, isDirective, type Statement } from '../../nginx/directive.ts';
import { type Context, directiveTable, type Form } from '../../nginx/directive-table.ts';
import { atLeast, since } from '../../nginx/versions.ts';
import { checkNginxValue } from './value.ts';

export interface NginxConfOptions {
  /** `main`: a whole nginx.conf. `http`: a file that is included in its http block, like those of conf.d. */
  readonly file: 'main' | 'http';
  /** The nginx that reads it: `1.22.1`. */
  readonly nginx: string;
  /** Directives that this nginx has though its version is too old for them. */
  readonly backports?: readonly string[];
}

/**
 * Holds a conf against nginx's own directives: each is known to this nginx, stands where it may, has as many arguments
 * as it takes, of the right kind, a block or none, and is not a duplicate. Pointers are into the statements:
 * `/3/block/0/args/1`.
 */
export function checkNginxConf(
  statements: readonly Statement[],
  options: NginxConfOptions,
): readonly SchemaProblem[] {
  const problems = checkBlock(statements, options.file, '', options);
  const whole = options.file === 'main';
  if (whole && !statements.some((statement) => isDirective(statement) && statement.directive === 'events')) {
    problems.push({ pointer: '', message: 'there is no "events" block, which nginx asks for' });
  }
  return problems;
}

function checkBlock(
  statements: readonly Statement[],
  context: Context,
  base: string,
  options: NginxConfOptions,
): SchemaProblem[] {
  const seen = new Set<string>();
  return [...statements.entries()].flatMap(([index, statement]) => {
    if (!isDirective(statement)) return [];
    const pointer = `${base}/${index}`;
    const [form, problem] = formOf(statement, context, options);
    if (form === undefined) return [at(statement, pointer, problem)];

    const messages = [
      checkBlockOrNone(statement, form),
      checkCount(statement, form),
      checkAge(statement, context, options),
    ];
    const key = duplicateKey(statement, form);
    if (key !== undefined && seen.has(key)) messages.push(`${key} is here already, and nginx takes it once`);
    if (key !== undefined) seen.add(key);
    return [
      ...messages
        .filter((message) => message !== undefined)
        .map((message) => at(statement, pointer, message)),
      ...checkValues(statement, form, pointer),
      ...checkInside(statement, context, pointer, options),
    ];
  });
}

function at({ line }: Statement, pointer: string, message: string): SchemaProblem {
  return { pointer, message, ...(line !== undefined && { line }) };
}

function formOf(
  { directive }: Directive,
  context: Context,
  options: NginxConfOptions,
): [form: Form, problem: undefined] | [form: undefined, problem: string] {
  const forms = directiveTable.get(directive);
  if (forms === undefined) return [undefined, `"${directive}" is not a directive that Fjord knows`];
  const form = forms.find(({ contexts }) => contexts.includes(context));
  if (form !== undefined) return [form, undefined];
  const where = context === options.file ? `the ${context} level` : `"${context}"`;
  return [undefined, `"${directive}" is not allowed in ${where}`];
}

function checkBlockOrNone({ directive, block }: Directive, form: Form): string | undefined {
  if (form.block && block === undefined) return `"${directive}" must have a block`;
  if (!form.block && block !== undefined) return `"${directive}" has no block`;
  return undefined;
}

function checkCount({ directive, args }: Directive, { min, max }: Form): string | undefined {
  if (args.length >= min && (max === null || args.length <= max)) return undefined;
  const range = max === null ? `at least ${min}` : min === max ? `${min}` : `${min} to ${max}`;
  return `"${directive}" takes ${range} ${max === 1 || (max === null && min === 1) ? 'argument' : 'arguments'}, not ${args.length}`;
}

function checkAge(
  { directive, args }: Directive,
  context: Context,
  { nginx, backports = [] }: NginxConfOptions,
): string | undefined {
  const missing = since.find(
    (row) =>
      row.directive === directive &&
      (row.context === undefined || row.context === context) &&
      (row.argument === undefined || args.includes(row.argument)) &&
      !atLeast(nginx, row.since),
  );
  if (missing === undefined || backports.includes(directive)) return undefined;
  const what = missing.argument === undefined ? `"${directive}"` : `"${directive} … ${missing.argument}"`;
  return `${what} is there since nginx ${missing.since}, and this is for ${nginx}`;
}

/** What may stand only once in a block, or `undefined` when a directive may always stand again. */
function duplicateKey({ directive, args }: Directive, { repeats }: Form): string | undefined {
  if (repeats === true) return undefined;
  if (repeats === false) return `"${directive}"`;
  return `"${[directive, ...tellingApart(directive, args)].join(' ')}"`;
}

/** The arguments by which nginx tells two of a name apart. */
function tellingApart(directive: string, args: readonly string[]): readonly string[] {
  if (distinctAsWhole.includes(directive)) return args;
  // A socket of QUIC is another one than that of TLS on the same port.
  if (directive === 'listen') return [args[0] ?? '', ...args.filter((word) => word === 'quic')];
  return args.slice(0, 1);
}

/** Zones and variables made from the same thing are different ones; that each has a name of its own is a rule. */
const distinctAsWhole = ['geo', 'limit_conn_zone', 'limit_req_zone', 'location', 'map'];

function checkValues(statement: Directive, { values = [] }: Form, pointer: string): SchemaProblem[] {
  return [...statement.args.entries()].flatMap(([index, value]) => {
    const last = values.at(-1);
    const allowed = values[index] ?? (last?.endsWith('…') ? last : '*');
    const message = checkNginxValue(value, allowed.replace(/…$/, '').split('|'));
    if (message === undefined) return [];
    return [at(statement, `${pointer}/args/${index}`, `"${statement.directive}": ${message}`)];
  });
}

function checkInside(
  statement: Directive,
  context: Context,
  pointer: string,
  options: NginxConfOptions,
): SchemaProblem[] {
  const { directive, block } = statement;
  if (block === undefined) return [];
  const base = `${pointer}/block`;
  switch (directive) {
    case 'events':
    case 'http':
    case 'server':
    case 'location':
    case 'upstream':
    case 'limit_except':
      return checkBlock(block, directive, base, options);
    case 'if':
      return checkBlock(block, context === 'server' ? 'if in server' : 'if in location', base, options);
    default:
      return checkEntries(statement, block, base);
  }
}

/** Words of their own in the blocks that hold entries instead of directives. */
const entryFlags: Readonly<Record<string, readonly string[]>> = {
  map: ['hostnames', 'volatile'],
  geo: ['ranges', 'proxy_recursive', 'volatile'],
};

/** `map`, `geo` and `types` hold entries: a key and its value, for `types` any number of values. */
function checkEntries(
  { directive }: Directive,
  entries: readonly Statement[],
  base: string,
): SchemaProblem[] {
  const keys = new Set<string>();
  return [...entries.entries()].flatMap(([index, entry]) => {
    if (!isDirective(entry)) return [];
    const { directive: key, args, block } = entry;
    const problem = (message: string) => [at(entry, `${base}/${index}`, message)];
    if (block !== undefined) return problem(`"${directive}" holds entries, not blocks`);
    if (entryFlags[directive]?.includes(key) && args.length === 0) return [];
    if (args.length !== 1 && directive !== 'types') {
      return problem(
        `an entry of "${directive}" is a key and a value, and this has ${args.length + 1} words`,
      );
    }
    if (keys.has(key) && directive !== 'types' && key !== 'include')
      return problem(`"${key}" is here already`);
    keys.add(key);
    return [];
  });
}

import { createRequire } from 'node:module';

/** A place for a directive: the file itself, or a block of that name. */
export type Context =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'upstream'
  | 'limit_except'
  | 'if in server'
  | 'if in location';

/** One meaning of a directive. Some have several: `server` in `http` is not the `server` in `upstream`. */
export interface Form {
  readonly contexts: readonly Context[];
  readonly min: number;
  /** `null`: any number of arguments. */
  readonly max: number | null;
  readonly block: boolean;
  /**
   * True if the same block may have it more than once; `differently`: only with another first argument (`location`: with
   * other arguments). nginx refuses a duplicate of any other directive.
   */
  readonly repeats: boolean | 'differently';
  /**
   * The values that each argument may have, by position: words and the kinds `<time>`, `<seconds>`, `<size>`, `<offset>`
   * and `<number>`, separated by `|`; `*` is anything. If the last one ends in `…`, it is for all further arguments too.
   * Absent: not checked.
   */
  readonly values?: readonly string[];
}

interface Table {
  readonly directives: Readonly<Record<string, readonly Form[]>>;
  readonly variables: readonly string[];
}

const table: Table = createRequire(import.meta.url)('../../schemas/nginx-directives.json');

/** All of nginx's directives that we could use, with their meanings. Made by `npm run schemas:nginx`. */
export const directiveTable: ReadonlyMap<string, readonly Form[]> = new Map(Object.entries(table.directives));

const variables = new Set(table.variables);

/** True if nginx itself has a variable of this name, without `$`: `host`, `http_user_agent`. */
export function isOwnVariable(name: string): boolean {
  return (
    variables.has(name) ||
    table.variables.some((own) => own.endsWith('*') && name.startsWith(own.slice(0, -1)))
  );
}

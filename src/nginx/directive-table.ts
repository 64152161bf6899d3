import { createRequire } from 'node:module';

/** Where a directive may stand: in the file itself, or in a block of that name. */
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

/** One meaning of a directive; `server`, for one, is another in `http` than in `upstream`. */
export interface Form {
  readonly contexts: readonly Context[];
  readonly min: number;
  /** `null`: as many arguments as one likes. */
  readonly max: number | null;
  readonly block: boolean;
  /**
   * Whether it may stand more than once in the same block; `differently`: with another first argument (`location`:
   * with other arguments). nginx refuses a second one of any other as a duplicate.
   */
  readonly repeats: boolean | 'differently';
  /**
   * What each argument may be, by position, as far as that is simply said: words and the kinds `<time>`, `<seconds>`,
   * `<size>`, `<offset>` and `<number>`, separated by `|`; `*` is anything. `…` at the end of the last one: it holds
   * for all that follow. Absent: anything.
   */
  readonly values?: readonly string[];
}

interface Table {
  readonly directives: Readonly<Record<string, readonly Form[]>>;
  readonly variables: readonly string[];
}

const table: Table = createRequire(import.meta.url)('../../schemas/nginx-directives.json');

/** Every directive of nginx that we could use, with its meanings. Made by `npm run schemas:nginx`. */
export const directiveTable: ReadonlyMap<string, readonly Form[]> = new Map(Object.entries(table.directives));

const variables = new Set(table.variables);

/** Whether nginx itself has a variable of this name, without `$`: `host`, `http_user_agent`. */
export function isOwnVariable(name: string): boolean {
  return (
    variables.has(name) ||
    table.variables.some((own) => own.endsWith('*') && name.startsWith(own.slice(0, -1)))
  );
}

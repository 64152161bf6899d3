import type { FunctionAccess } from '../../artifacts/intent.ts';
import { isDirective } from '../../nginx/directive.ts';
import { directivesBelow, directivesIn } from '../../nginx/find.ts';
import type { Dist } from '../dist.ts';
import type { Way } from './gateway-ways.ts';

/** The sites whose pages may read what some ways answer, in the words of the config. */
export function originsOf({ nginx }: Pick<Dist, 'nginx'>, ways: readonly Way[]): string[] {
  const values = ways
    .flatMap(({ location }) => directivesIn(location.block ?? [], 'add_header'))
    .filter(({ args }) => args[0]?.toLowerCase() === 'access-control-allow-origin')
    .flatMap(({ args }) => args[1] ?? []);
  const origins = values.flatMap((value) =>
    value.startsWith('$')
      ? nginx
          .flatMap(({ statements }) => directivesBelow(statements, 'map'))
          .filter(({ args }) => args[1] === value)
          .flatMap(({ block = [] }) => block.filter(isDirective).map(({ directive }) => written(directive)))
      : [value],
  );
  return [...new Set(origins)].filter((origin) => origin !== 'default').sort();
}

/** A pattern of names below a domain, as a config has it. */
function written(key: string): string {
  const [, scheme, below] = /^~\^(https?:\/\/)\(\?:\[a-z0-9-\]\+\[\.\]\)\+(.*)\$$/.exec(key) ?? [];
  return below === undefined ? key : `${scheme}*.${below.replaceAll('[.]', '.')}`;
}

/** The same as far as it can be compared: a lock file of before `*` could be written has no origins. */
export function comparedOrigins(
  found: readonly string[],
  meant: FunctionAccess['origins'],
): readonly string[] {
  return meant === undefined ? found.filter((origin) => /[*~]/.test(origin)) : found;
}

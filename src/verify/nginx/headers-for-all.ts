import { type Directive, isDirective } from '../../nginx/directive.ts';
import { directivesBelow } from '../../nginx/find.ts';
import type { Dist } from '../dist.ts';

/** The headers of all answers by name, as their maps have them; undefined for one that a client could choose. */
export function headersForAll({ nginx }: Pick<Dist, 'nginx'>): Record<string, string | undefined> {
  const all = nginx.flatMap(({ statements }) => statements);
  const maps = directivesBelow(all, 'map');
  return Object.fromEntries(
    directivesBelow(all, 'add_header')
      .filter(({ args: [, value = ''] }) => value.startsWith('$openfaas_header_'))
      .map(({ args: [name = '', variable] }) => [
        name,
        fallbackOf(
          name,
          maps.find(({ args }) => args[1] === variable),
        ),
      ]),
  );
}

/** What a header is where the function sends none: the function's own comes first. */
function fallbackOf(name: string, map: Directive | undefined): string | undefined {
  const entries = (map?.block ?? []).flatMap((entry) =>
    isDirective(entry) && entry.args.length > 0 ? [[entry.directive, entry.args[0]] as const] : [],
  );
  const source = `$upstream_http_${name.toLowerCase().replaceAll('-', '_')}`;
  const [[first, empty] = [], [second, value] = [], ...others] = entries;
  const isFallback = first === 'default' && empty === '' && second === '' && others.length === 0;
  return map?.args[0] === source && isFallback ? value : undefined;
}

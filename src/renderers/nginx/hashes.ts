import { directive, isDirective, type Statement } from '../../nginx/directive.ts';
import { directivesIn } from '../../nginx/find.ts';
import type { Platform } from '../../platform/platform.ts';
import { domainsOf } from '../node-files/tls.ts';

/** What nginx gives a name in its hashes by itself. */
const usual = 64;

/**
 * Room for long names; nginx refuses to start without it. Only where a name is longer than what there is.
 *
 * @param maps with every variable that we name by a function
 */
export function hashSizes(platform: Platform, maps: readonly Statement[]): Statement[] {
  const blocks = directivesIn(maps, 'map');
  const entries = blocks.flatMap(({ block = [] }) => block.filter(isDirective));
  const keys = entries.map(({ directive }) => directive);
  const captures = keys.flatMap((key) => [...key.matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name));
  return [
    ...sizeFor('server_names_hash_bucket_size', domainsOf(platform)),
    ...sizeFor(
      'map_hash_bucket_size',
      keys.filter((key) => !key.startsWith('~')),
    ),
    ...sizeFor('variables_hash_bucket_size', [
      ...blocks.map(({ args }) => args.at(-1)?.slice(1) ?? ''),
      ...captures,
    ]),
  ];
}

/** An entry is a pointer and a length of two bytes before the name, padded, and a bucket ends with a pointer. */
function sizeFor(name: string, entries: readonly string[]): Statement[] {
  const longest = Math.max(0, ...entries.map((entry) => entry.length));
  const needed = 8 + Math.ceil((longest + 2) / 8) * 8 + 8;
  let size = usual;
  while (size < needed) size *= 2;
  return size === usual ? [] : [directive(name, String(size))];
}

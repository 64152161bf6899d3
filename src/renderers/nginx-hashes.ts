import { directive, type Statement } from '../nginx/directive.ts';
import type { Platform } from '../platform/platform.ts';
import { inVariable } from './nginx-text.ts';
import { domainsOf } from './tls.ts';

/** What nginx gives a name in its hashes by itself. */
const usual = 64;

/** Room for long names; nginx refuses to start without it. Only where a name is longer than what there is. */
export function hashSizes(platform: Platform): Statement[] {
  const withCors = platform.functions.filter(({ http }) => http.cors !== undefined);
  return [
    ...sizeFor('server_names_hash_bucket_size', domainsOf(platform)),
    ...sizeFor(
      'map_hash_bucket_size',
      withCors.flatMap(({ http }) => http.cors?.origins ?? []),
    ),
    ...sizeFor(
      'variables_hash_bucket_size',
      withCors.map(({ name }) => `openfaas_refused_${inVariable(name)}`),
    ),
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

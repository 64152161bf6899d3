import { finding, heading, type NginxRule } from './nginx-rule.ts';

/** What is said twice in one block is left over from a merge; of two headers with one name both would be sent. */
export const saidOnce: NginxRule = {
  name: 'said-once',
  check: (scopes) =>
    scopes.flatMap(({ name, directives }) => {
      if (['map', 'geo', 'types'].includes(name)) return [];
      const seen = new Set<string>();
      // Blocks are told apart by what is in them; nginx itself minds two locations of one path.
      return directives
        .filter(({ block }) => block === undefined)
        .flatMap((directive) => {
          const key = keyOf(directive);
          if (!seen.has(key)) {
            seen.add(key);
            return [];
          }
          return [finding(`${heading(directive)}: is twice in this block`, directive)];
        });
    }),
};

function keyOf({
  directive,
  args,
}: {
  readonly directive: string;
  readonly args: readonly string[];
}): string {
  const isHeader = directive === 'proxy_set_header' || directive === 'add_header';
  return [directive, ...(isHeader ? [args[0]?.toLowerCase()] : args)].join(' ');
}

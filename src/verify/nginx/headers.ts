import type { Directive } from '../../nginx/directive.ts';
import { inherited, own, type Scope } from '../../nginx/scope.ts';

/** What a scope adds to its answers: its own, and without such or by `merge` those around it. */
export function headersOf(scope: Scope | undefined): readonly Directive[] {
  if (scope === undefined) return [];
  const here = own(scope, 'add_header');
  const merges = inherited(scope, 'add_header_inherit')[0]?.args[0] === 'merge';
  return merges || here.length === 0 ? [...here, ...headersOf(scope.parent)] : here;
}

/** The values of a header that a scope adds to all of its answers, errors included. */
export function alwaysAdded(scope: Scope, name: string): string[] {
  return headersOf(scope)
    .filter(({ args }) => args[0]?.toLowerCase() === name.toLowerCase() && args[2] === 'always')
    .map(({ args }) => args[1] ?? '');
}

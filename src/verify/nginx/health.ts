import { own, type Scope } from '../../nginx/scope.ts';
import type { Dist } from '../dist.ts';
import { blocksOf, confsOf, pathOf } from './conf.ts';

/** Whether a location only answers health checks: exactly its path, with 200 and nothing else. */
export function isHealthAnswer(location: Scope): boolean {
  const words = location.directives.map(({ directive, args }) => [directive, ...args].join(' '));
  return pathOf(location).startsWith('= /') && words.sort().join('; ') === 'access_log off; return 200';
}

/** The paths at which health checks are answered. */
export function healthPaths(dist: Pick<Dist, 'nginx' | 'lock'>): string[] {
  const found = confsOf(dist)
    .flatMap(({ scopes }) => blocksOf(scopes, 'location'))
    .filter((location) => own(location, 'return').length > 0 && isHealthAnswer(location))
    .map((location) => pathOf(location).replace(/^= /, ''));
  return [...new Set(found)].sort();
}

import { block, directive, type Statement } from '../nginx/directive.ts';
import type { Platform } from '../platform/platform.ts';
import { bodySettings } from './nginx-proxy.ts';

/** Locations of the functions that may be called through the queue. It takes POST alone. */
export function nginxAsync({ functions }: Platform): Statement[] {
  return functions.flatMap(({ name, asyncMaxBody }) => {
    if (asyncMaxBody === undefined) return [];
    const statements = [
      ...bodySettings(asyncMaxBody),
      block('limit_except', ['POST'], [directive('deny', 'all')]),
      directive('proxy_pass', 'http://openfaas_gateway'),
    ];
    return [
      block('location', ['=', `/async-function/${name}`], statements),
      block('location', ['^~', `/async-function/${name}/`], statements),
    ];
  });
}

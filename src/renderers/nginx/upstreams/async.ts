import { block, directive, type Statement } from '../../../nginx/directive.ts';
import type { Platform } from '../../../platform/platform.ts';
import { corsHeaders } from '../access/cors.ts';
import { guards } from '../functions.ts';
import { callbackHeaders } from './callbacks.ts';
import { bodySettings } from './proxy.ts';

/** Locations of the functions that may be called through the queue, with the guards of normal calls. Only POST. */
export function nginxAsync(platform: Platform): Statement[] {
  return platform.functions.flatMap((fn) => {
    if (fn.asyncMaxBody === undefined || !fn.exposed) return [];
    const statements = [
      ...bodySettings(platform, fn.asyncMaxBody),
      ...guards(platform, fn),
      ...corsHeaders(platform, fn),
      ...callbackHeaders(platform, fn),
      block('limit_except', ['POST'], [directive('deny', 'all')]),
      directive('proxy_pass', 'http://openfaas_gateway'),
    ];
    return [
      block('location', ['=', `/async-function/${fn.name}`], statements),
      block('location', ['^~', `/async-function/${fn.name}/`], statements),
    ];
  });
}

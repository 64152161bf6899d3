import { block, directive, type Statement } from '../nginx/directive.ts';
import type { Platform } from '../platform/platform.ts';
import { bodySettings } from './nginx-proxy.ts';

/** The locations of the declared functions: the name itself and what is below it, and nothing that only begins so. */
export function nginxFunctions({ functions, gateway }: Platform): Statement[] {
  return functions.flatMap((fn) => {
    const statements = [
      ...(fn.maxBody === gateway.maxBody ? [] : bodySettings(fn.maxBody)),
      directive('proxy_pass', 'http://openfaas_gateway'),
    ];
    return [
      block('location', ['=', `/function/${fn.name}`], statements),
      block('location', ['^~', `/function/${fn.name}/`], statements),
    ];
  });
}

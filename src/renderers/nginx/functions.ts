import { block, comment, directive, type Statement } from '../../nginx/directive.ts';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import type { Platform } from '../../platform/platform.ts';
import { authSettings } from './access/auth.ts';
import { corsHeaders, corsMethods, countOptions } from './access/cors.ts';
import { functionLimit } from './access/limits.ts';
import { functionErrors } from './answers/errors.ts';
import { proxyHeaders } from './headers.ts';
import { fromNetworks, said } from './text.ts';
import { proxyTarget } from './upstreams/direct.ts';
import { bodySettings, waitOf, waitSettings } from './upstreams/proxy.ts';

/** An exposed function's locations: exactly its name and everything below it, but not longer names with that prefix. */
export function functionLocations(platform: Platform, fn: PlatformFunction): Statement[] {
  const { name, http } = fn;
  if (!fn.exposed) return [];
  const settings = functionSettings(platform, fn);
  const below = directive('proxy_pass', proxyTarget(fn, 'below'));
  const pass = fn.direct ? below : directive('proxy_pass', proxyTarget(fn, 'same'));
  return [
    block('location', ['=', `/function/${name}`], [...settings, pass]),
    block('location', ['^~', `/function/${name}/`], [...settings, pass]),
    ...http.paths.flatMap((path) => [
      block('location', ['=', said(path)], [...settings, below]),
      block('location', ['^~', `${said(path)}/`], [...settings, below]),
    ]),
  ];
}

/** The location of a function with its own domain: every path. */
export function domainLocation(platform: Platform, fn: PlatformFunction): Statement {
  return block(
    'location',
    ['/'],
    [...functionSettings(platform, fn), directive('proxy_pass', proxyTarget(fn, 'all'))],
  );
}

function functionSettings(platform: Platform, fn: PlatformFunction): Statement[] {
  const { gateway, timeouts } = platform;
  const wait = waitOf(platform, fn);
  return [
    ...(fn.maxBody === gateway.maxBody ? [] : bodySettings(platform, fn.maxBody)),
    ...(wait === timeouts.nginx ? [] : waitSettings(wait)),
    ...guards(platform, fn),
    ...(fn.http.cors === undefined ? countOptions(platform) : corsHeaders(platform, fn)),
    ...corsMethods(fn),
    ...(fn.http.stream ? [comment('Server-sent events.'), directive('proxy_buffering', 'off')] : []),
    ...(fn.http.websocket
      ? proxyHeaders(platform, { Connection: '$openfaas_connection', Upgrade: '$openfaas_upgrade' })
      : []),
  ];
}

/** Limits, access rules, and the answers to refused requests. */
export function guards(platform: Platform, fn: PlatformFunction): Statement[] {
  return [
    ...functionLimit(fn),
    ...fromNetworks(fn.http.networks),
    ...authSettings(fn),
    ...functionErrors(platform, fn),
  ];
}

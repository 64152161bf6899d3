import { block, comment, directive, type Statement } from '../nginx/directive.ts';
import type { Platform } from '../platform/platform.ts';
import type { PlatformFunction } from '../platform/platform-function.ts';
import { fromNetworks } from './nginx-access.ts';
import { authSettings, certificateErrorPages } from './nginx-auth.ts';
import { corsErrorPages, corsHeaders, corsMethods } from './nginx-cors.ts';
import { proxyTarget } from './nginx-direct.ts';
import { proxyHeaders } from './nginx-headers.ts';
import { functionLimit, tooMany } from './nginx-limits.ts';
import { bodySettings, waitSettings } from './nginx-proxy.ts';
import { said } from './nginx-text.ts';
import { waitOf } from './nginx-waits.ts';

/** A function's locations: each name itself and what is below it, and nothing that only begins so. */
export function functionLocations(platform: Platform, fn: PlatformFunction): Statement[] {
  const { name, http } = fn;
  const settings = functionSettings(platform, fn);
  const pass = (path?: '' | '/') => directive('proxy_pass', proxyTarget(fn, path));
  return [
    block('location', ['=', `/function/${name}`], [...settings, pass()]),
    block('location', ['^~', `/function/${name}/`], [...settings, pass()]),
    ...http.paths.flatMap((path) => [
      block('location', ['=', said(path)], [...settings, pass('')]),
      block('location', ['^~', `${said(path)}/`], [...settings, pass('/')]),
    ]),
  ];
}

/** All of a domain of its own is the function. */
export function domainLocation(platform: Platform, fn: PlatformFunction): Statement {
  return block(
    'location',
    ['/'],
    [...functionSettings(platform, fn), directive('proxy_pass', proxyTarget(fn, '/'))],
  );
}

function functionSettings(platform: Platform, fn: PlatformFunction): Statement[] {
  const { gateway, timeouts } = platform;
  const wait = waitOf(platform, fn);
  return [
    ...(fn.maxBody === gateway.maxBody ? [] : bodySettings(platform, fn.maxBody)),
    ...(wait === timeouts.nginx ? [] : waitSettings(wait)),
    ...guards(platform, fn),
    ...corsHeaders(platform, fn),
    ...corsMethods(fn),
    ...(fn.http.stream ? [comment('Server-sent events.'), directive('proxy_buffering', 'off')] : []),
    ...(fn.http.websocket
      ? proxyHeaders(platform, { Connection: '$openfaas_connection', Upgrade: '$http_upgrade' })
      : []),
  ];
}

/** Limits, who is let in, and what the others are told. */
export function guards({ gateway }: Platform, fn: PlatformFunction): Statement[] {
  const serverLimit = gateway.rateLimit;
  const ownPages = [
    ...corsErrorPages(fn),
    ...(fn.http.auth?.kind === 'certificate' ? certificateErrorPages() : []),
  ];
  const limit = fn.http.rateLimit ?? serverLimit;
  return [
    ...functionLimit(fn),
    ...fromNetworks(fn.http.networks),
    ...authSettings(fn),
    // One error_page in a block drops those around it.
    ...(ownPages.length > 0 || limit.retryAfter !== serverLimit.retryAfter
      ? [directive('error_page', '429', tooMany(limit)), ...ownPages]
      : []),
  ];
}

import { block, comment, directive, type Statement } from '../../../nginx/directive.ts';
import type { PlatformFunction } from '../../../platform/functions/function.ts';
import type { Platform } from '../../../platform/platform.ts';
import { proxyHeaders } from '../headers.ts';
import { said } from '../text.ts';
import { proxyTarget } from '../upstreams/direct.ts';
import { waitOf, waitSettings } from '../upstreams/proxy.ts';

/** A map that turns auth_basic off for clients with a certificate. Empty if client certificates are not used. */
export function authMaps({ gateway, functions }: Platform): Statement[] {
  const asked = functions.some(({ http }) => http.auth?.kind === 'certificate');
  if (!asked && !gateway.admin?.clientCertificate) return [];
  return [
    comment('auth_basic asks for a password that nobody has, and is off for clients with a certificate.'),
    block(
      'map',
      ['$ssl_client_verify', '$openfaas_no_certificate'],
      [directive('default', 'certificate'), directive('SUCCESS', 'off')],
    ),
  ];
}

/** Asks for a certificate but does not require one: each location decides that. */
export function authServerSettings({ gateway }: Platform): Statement[] {
  const { clientCa } = gateway.tls;
  if (clientCa === undefined) return [];
  return [directive('ssl_client_certificate', said(clientCa)), directive('ssl_verify_client', 'optional')];
}

/** Lets in those with a client certificate. */
export function certificateNeeded(): Statement[] {
  return [
    directive('auth_basic', '$openfaas_no_certificate'),
    directive('auth_basic_user_file', '/dev/null'),
  ];
}

/** The authentication of a function's locations. */
export function authSettings({ name, http }: PlatformFunction): Statement[] {
  switch (http.auth?.kind) {
    case undefined:
      return [];
    case 'password':
      return [directive('auth_basic', said(name)), directive('auth_basic_user_file', said(http.auth.file))];
    case 'certificate':
      return certificateNeeded();
    case 'function':
      return [
        directive('auth_request', `/_fjord/auth/${name}`),
        directive('auth_request_set', '$openfaas_user', '$upstream_http_x_auth_request_user'),
      ];
  }
}

/** Locations that a server needs for the authentication of its functions. */
export function authLocations(platform: Platform, functions: readonly PlatformFunction[]): Statement[] {
  return functions.flatMap((fn) => askLocation(platform, fn));
}

function askLocation(platform: Platform, { name, http }: PlatformFunction): Statement[] {
  const { auth } = http;
  if (auth?.kind !== 'function') return [];
  const asked = platform.functions.find((fn) => fn.name === auth.name);
  if (asked === undefined) throw new Error(`no function ${auth.name}`);
  return [
    block(
      'location',
      ['=', `/_fjord/auth/${name}`],
      [
        directive('internal'),
        directive('proxy_pass_request_body', 'off'),
        ...proxyHeaders(platform, {
          'Content-Length': '',
          'X-Original-Uri': '$request_uri',
          'X-Original-Method': '$request_method',
        }),
        ...waitSettings(waitOf(platform, asked)),
        directive('proxy_pass', proxyTarget(asked, 'root')),
      ],
    ),
  ];
}

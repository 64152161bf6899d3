import { block, directive, type Statement } from '../../nginx/directive.ts';
import type { Platform } from '../../platform/platform.ts';
import { certificateNeeded } from './auth.ts';
import { certificateErrors } from './errors.ts';
import { fromNetworks } from './text.ts';

/** OpenFaaS' own interface and UI, where they are opened. The gateway asks for the password itself. */
export function adminLocations(platform: Platform): Statement[] {
  const { gateway } = platform;
  if (gateway.admin === undefined) return [];
  const { networks, clientCertificate } = gateway.admin;
  const statements = [
    ...fromNetworks(networks),
    ...(clientCertificate ? [...certificateNeeded(), ...certificateErrors(platform)] : []),
    // Logs come as they are written.
    directive('proxy_buffering', 'off'),
    directive('proxy_pass', 'http://openfaas_gateway'),
  ];
  return [
    block('location', ['^~', '/system/'], statements),
    block('location', ['=', '/ui'], statements),
    block('location', ['^~', '/ui/'], statements),
  ];
}

import { block, directive, type Statement } from '../../../nginx/directive.ts';
import type { Platform } from '../../../platform/platform.ts';
import { certificateErrors } from '../answers/errors.ts';
import { fromNetworks } from '../text.ts';
import { certificateNeeded } from './auth.ts';
import { countOptions } from './cors.ts';

/** Locations of OpenFaaS' API and UI, if they are opened. The gateway itself asks for the password. */
export function adminLocations(platform: Platform): Statement[] {
  const { gateway } = platform;
  if (gateway.admin === undefined) return [];
  const { networks, clientCertificate } = gateway.admin;
  const statements = [
    ...fromNetworks(networks),
    ...(clientCertificate ? [...certificateNeeded(), ...certificateErrors(platform)] : []),
    ...countOptions(platform),
    // Pass logs on as they are written.
    directive('proxy_buffering', 'off'),
    directive('proxy_pass', 'http://openfaas_gateway'),
  ];
  return [
    block('location', ['^~', '/system/'], statements),
    block('location', ['=', '/ui'], statements),
    block('location', ['^~', '/ui/'], statements),
  ];
}

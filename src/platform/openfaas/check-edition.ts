import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { checkCommunity } from './check-community.ts';
import { checkPro } from './check-pro.ts';
import type { OpenFaas } from './openfaas.ts';

/** What the chosen edition and the way of installing it do not go together with, and what they ask of people. */
export function checkEdition(config: PlatformConfig, openfaas: OpenFaas): Diagnostic[] {
  return openfaas.edition === 'pro' ? checkPro(config, openfaas) : checkCommunity(config, openfaas);
}

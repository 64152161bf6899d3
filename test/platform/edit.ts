import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { smallest } from '../cases/smallest.ts';

/** A machine on which everything has room, for what is about something else. */
export const large = { memory: '64Gi', cpus: 3 } as const;

/** The smallest platform with its licence and its start check dealt with, so that it has nothing to report, and changes on top. */
export function platformWith(changes: Partial<PlatformConfig>): PlatformConfig {
  return { ...smallest, openfaas: { licence: 'personal', startCheck: 'accepted' }, ...changes };
}

/** The smallest platform's function with other settings. */
export function functionWith(changes: Partial<PlatformConfig['functions'][string]>): PlatformConfig {
  return platformWith({ functions: { pay: { image: 'ghcr.io/acme/pay:1', ...changes } } });
}

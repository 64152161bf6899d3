import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { smallest } from '../cases/smallest.ts';

/** A machine on which everything has room, for what is about something else. */
export const large = { memory: '64Gi', cpus: 3 } as const;

/** Copies that nothing is reported of. */
export const backups: PlatformConfig['backups'] = {
  recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'],
  to: {
    s3: {
      endpoint: 'https://s3.example.no',
      region: 'oslo-1',
      bucket: 'fjord-backups',
      country: 'NO',
      provider: 'upcloud',
    },
  },
};

/**
 * The smallest platform with its licence, its start check and its backups dealt with, so that it has nothing to report,
 * and changes on top.
 */
export function platformWith(changes: Partial<PlatformConfig>): PlatformConfig {
  return { ...smallest, openfaas: { licence: 'personal', startCheck: 'accepted' }, backups, ...changes };
}

/** The smallest platform's function with other settings. */
export function functionWith(changes: Partial<PlatformConfig['functions'][string]>): PlatformConfig {
  return platformWith({ functions: { pay: { image: 'ghcr.io/acme/pay:1', ...changes } } });
}

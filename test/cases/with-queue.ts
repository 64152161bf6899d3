import reference from '../../platform.config.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** The reference platform with every part of OpenFaaS: also the queue, which none of its functions needs. */
export const withQueue: PlatformConfig = {
  ...reference,
  openfaas: { ...reference.openfaas, async: true },
};

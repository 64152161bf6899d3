import type { PlatformConfig } from './platform-config.ts';

/** Gives the editor the types of a platform config. It returns what it is given. */
export function definePlatform(config: PlatformConfig): PlatformConfig {
  return config;
}

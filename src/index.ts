export type { PlatformConfig } from './config/platform-config.ts';
export { definePlatform } from './config/platform-config.ts';

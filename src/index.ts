export { definePlatform } from './config/define-platform.ts';
export type { PlatformConfig } from './config/platform-config.ts';

import reference from '../../platform.config.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { everyOption } from './every-option.ts';
import { fifteen } from './fifteen.ts';
import { helm } from './helm.ts';
import { pro } from './pro.ts';
import { quiet } from './quiet.ts';
import { smallest } from './smallest.ts';
import { ubuntu } from './ubuntu.ts';

/** Platforms that compile, each with a folder of its name in `test/snapshots/`. Real tools judge all of them. */
export const cases: Readonly<Record<string, PlatformConfig>> = {
  'every-option': everyOption,
  fifteen,
  helm,
  pro,
  quiet,
  reference,
  smallest,
  ubuntu,
};

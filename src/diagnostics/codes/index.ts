import { checkCodes } from './check.ts';
import { loadCodes } from './load.ts';
import { resolveCodes } from './resolve.ts';
import { verifyCodes } from './verify.ts';
import { writeCodes } from './write.ts';

/** Every code there is, by stage. A code is never reused for another meaning. */
export const codes = {
  ...loadCodes,
  ...checkCodes,
  ...resolveCodes,
  ...verifyCodes,
  ...writeCodes,
};

export type Code = keyof typeof codes;

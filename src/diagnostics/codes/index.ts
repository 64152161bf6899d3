import { checkCodes } from './check.ts';
import { loadCodes } from './load.ts';
import { functionsCodes } from './resolve-functions.ts';
import { gatewayCodes } from './resolve-gateway.ts';
import { k3sCodes } from './resolve-k3s.ts';
import { nodesCodes } from './resolve-nodes.ts';
import { openfaasCodes } from './resolve-openfaas.ts';
import { sovereigntyCodes } from './resolve-sovereignty.ts';
import { verifyCodes } from './verify.ts';
import { writeCodes } from './write.ts';

/** Every code there is, by stage. A code is never reused for another meaning. */
export const codes = {
  ...loadCodes,
  ...checkCodes,
  ...functionsCodes,
  ...gatewayCodes,
  ...k3sCodes,
  ...nodesCodes,
  ...openfaasCodes,
  ...sovereigntyCodes,
  ...verifyCodes,
  ...writeCodes,
};

export type Code = keyof typeof codes;

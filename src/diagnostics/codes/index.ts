import { checkCodes } from './check.ts';
import { checkDiagnosticsCodes } from './check-diagnostics.ts';
import { checkFunctionsCodes } from './check-functions.ts';
import { checkK3sCodes } from './check-k3s.ts';
import { checkOpenfaasCodes } from './check-openfaas.ts';
import { loadCodes } from './load.ts';
import { deliveryCodes } from './resolve-delivery.ts';
import { functionExposureCodes } from './resolve-exposure.ts';
import { functionsCodes } from './resolve-functions.ts';
import { functionHttpCodes, gatewayCodes } from './resolve-gateway.ts';
import { k3sCodes } from './resolve-k3s.ts';
import { logsCodes } from './resolve-logs.ts';
import { metadataCodes } from './resolve-metadata.ts';
import { networksCodes } from './resolve-networks.ts';
import { nodesCodes } from './resolve-nodes.ts';
import { openfaasCodes } from './resolve-openfaas.ts';
import { sovereigntyCodes } from './resolve-sovereignty.ts';
import { verifyCodes } from './verify.ts';
import { verifyClusterCodes } from './verify-cluster.ts';
import { verifyDirectoryCodes } from './verify-directory.ts';
import { exposureCodes } from './verify-exposure.ts';
import { verifyFunctionsCodes } from './verify-functions.ts';
import { verifyGatewayCodes } from './verify-gateway.ts';
import { verifyIntentCodes } from './verify-intent.ts';
import { verifyNodesCodes } from './verify-nodes.ts';
import { verifyOpenfaasCodes } from './verify-openfaas.ts';
import { platformCodes } from './verify-platform.ts';
import { workloadCodes } from './verify-workloads.ts';
import { writeCodes } from './write.ts';

/** Every code there is, by stage. A code is never reused for another meaning. */
export const codes = {
  ...loadCodes,
  ...checkCodes,
  ...checkK3sCodes,
  ...checkOpenfaasCodes,
  ...checkDiagnosticsCodes,
  ...checkFunctionsCodes,
  ...deliveryCodes,
  ...functionExposureCodes,
  ...functionHttpCodes,
  ...functionsCodes,
  ...gatewayCodes,
  ...k3sCodes,
  ...logsCodes,
  ...metadataCodes,
  ...networksCodes,
  ...nodesCodes,
  ...openfaasCodes,
  ...sovereigntyCodes,
  ...verifyCodes,
  ...verifyClusterCodes,
  ...verifyFunctionsCodes,
  ...verifyGatewayCodes,
  ...verifyIntentCodes,
  ...exposureCodes,
  ...platformCodes,
  ...verifyOpenfaasCodes,
  ...workloadCodes,
  ...verifyNodesCodes,
  ...verifyDirectoryCodes,
  ...writeCodes,
};

export type Code = keyof typeof codes;

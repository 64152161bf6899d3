import type { Code } from '../codes/index.ts';
import { checkExplanations } from './check.ts';
import { checkDiagnosticsExplanations } from './check-diagnostics.ts';
import { checkFunctionsExplanations } from './check-functions.ts';
import { checkK3sExplanations } from './check-k3s.ts';
import { checkOpenfaasExplanations } from './check-openfaas.ts';
import type { Explanation } from './explanation.ts';
import { loadExplanations } from './load.ts';
import { deliveryExplanations } from './resolve-delivery.ts';
import { functionExposureExplanations } from './resolve-exposure.ts';
import { functionsExplanations } from './resolve-functions.ts';
import { gatewayExplanations } from './resolve-gateway.ts';
import { k3sExplanations } from './resolve-k3s.ts';
import { logsExplanations } from './resolve-logs.ts';
import { metadataExplanations } from './resolve-metadata.ts';
import { networksExplanations } from './resolve-networks.ts';
import { nodesExplanations } from './resolve-nodes.ts';
import { openfaasExplanations } from './resolve-openfaas.ts';
import { sovereigntyExplanations } from './resolve-sovereignty.ts';
import { verifyExplanations } from './verify.ts';
import { verifyClusterExplanations } from './verify-cluster.ts';
import { verifyDirectoryExplanations } from './verify-directory.ts';
import { exposureExplanations } from './verify-exposure.ts';
import { verifyFunctionsExplanations } from './verify-functions.ts';
import { verifyGatewayExplanations } from './verify-gateway.ts';
import { verifyIntentExplanations } from './verify-intent.ts';
import { verifyNodesExplanations } from './verify-nodes.ts';
import { verifyOpenfaasExplanations } from './verify-openfaas.ts';
import { verifyPlatformExplanations } from './verify-platform.ts';
import { verifyWorkloadsExplanations } from './verify-workloads.ts';
import { writeExplanations } from './write.ts';

/** What every code means, with an example that brings it about. A test fails for a code that has none. */
export const explanations: { readonly [C in Code]?: Explanation<C> } = {
  ...loadExplanations,
  ...checkExplanations,
  ...checkK3sExplanations,
  ...checkOpenfaasExplanations,
  ...checkDiagnosticsExplanations,
  ...deliveryExplanations,
  ...functionExposureExplanations,
  ...functionsExplanations,
  ...gatewayExplanations,
  ...k3sExplanations,
  ...logsExplanations,
  ...metadataExplanations,
  ...networksExplanations,
  ...nodesExplanations,
  ...openfaasExplanations,
  ...sovereigntyExplanations,
  ...verifyExplanations,
  ...checkFunctionsExplanations,
  ...exposureExplanations,
  ...verifyFunctionsExplanations,
  ...verifyGatewayExplanations,
  ...verifyIntentExplanations,
  ...verifyOpenfaasExplanations,
  ...verifyClusterExplanations,
  ...verifyDirectoryExplanations,
  ...verifyPlatformExplanations,
  ...verifyWorkloadsExplanations,
  ...verifyNodesExplanations,
  ...writeExplanations,
};

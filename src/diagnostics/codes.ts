import { readDirectoryDiagnostics } from '../artifacts/disk/diagnostics.ts';
import { writeDiagnostics } from '../artifacts/write/diagnostics.ts';
import { checkCountsDiagnostics } from '../config/check/counts-diagnostics.ts';
import { checkDiagnostics } from '../config/check/diagnostics.ts';
import { checkForeignDiagnostics } from '../config/check/foreign/diagnostics.ts';
import { adjustmentDiagnostics } from '../config/diagnostics/diagnostics.ts';
import { loadDiagnostics } from '../config/load/diagnostics.ts';
import { resolveAlertsDiagnostics } from '../platform/alerts/diagnostics.ts';
import { resolveBackupsDiagnostics } from '../platform/backups/diagnostics.ts';
import { resolveCostDiagnostics } from '../platform/cost/diagnostics.ts';
import { resolveDeliveryDiagnostics } from '../platform/delivery/diagnostics.ts';
import { resolveManifestsDiagnostics } from '../platform/delivery/manifests/diagnostics.ts';
import { resolveCallbacksDiagnostics } from '../platform/functions/callbacks-diagnostics.ts';
import { resolveFunctionsDiagnostics } from '../platform/functions/diagnostics.ts';
import { resolveFunctionsEnvironmentDiagnostics } from '../platform/functions/environment-diagnostics.ts';
import { resolveFunctionsHttpDiagnostics } from '../platform/functions/http-diagnostics.ts';
import { resolveFunctionsMetadataDiagnostics } from '../platform/functions/metadata-diagnostics.ts';
import { resolveTrafficDiagnostics } from '../platform/functions/traffic-diagnostics.ts';
import { resolveGatewayBalancerDiagnostics } from '../platform/gateway/balancer-diagnostics.ts';
import { resolveGatewayDiagnostics } from '../platform/gateway/diagnostics.ts';
import { resolveGatewayHeadersDiagnostics } from '../platform/gateway/headers-diagnostics.ts';
import { resolveGatewayNetworksDiagnostics } from '../platform/gateway/networks-diagnostics.ts';
import { resolveGatewayTlsDiagnostics } from '../platform/gateway/tls-diagnostics.ts';
import { resolveK3sDiagnostics } from '../platform/k3s/diagnostics.ts';
import { resolveImageNamesDiagnostics } from '../platform/k3s/image-names-diagnostics.ts';
import { resolveRewritesDiagnostics } from '../platform/k3s/rewrites-diagnostics.ts';
import { resolveSnapshotsDiagnostics } from '../platform/k3s/snapshots-diagnostics.ts';
import { resolveKernelDiagnostics } from '../platform/kernel/diagnostics.ts';
import { resolveLoadDiagnostics } from '../platform/load/diagnostics.ts';
import { resolveLogsDiagnostics } from '../platform/logs/diagnostics.ts';
import { resolveMaintenanceDiagnostics } from '../platform/maintenance/diagnostics.ts';
import { resolveCapacityDiagnostics } from '../platform/nodes/capacity/diagnostics.ts';
import { resolveNodesDiagnostics } from '../platform/nodes/diagnostics.ts';
import { resolveExternalDiagnostics } from '../platform/nodes/external/diagnostics.ts';
import { resolvePlanDiagnostics } from '../platform/nodes/plan-diagnostics.ts';
import { resolveProxyDiagnostics } from '../platform/nodes/proxy/diagnostics.ts';
import { resolveOpenfaasDiagnostics } from '../platform/openfaas/diagnostics.ts';
import { resolveSovereigntyDiagnostics } from '../platform/sovereignty/diagnostics.ts';
import { verifyExposureDiagnostics } from '../verify/exposure/diagnostics.ts';
import { verifyReadDiagnostics } from '../verify/read/diagnostics.ts';
import { verifyFunctionsDiagnostics } from '../verify/rules/functions/diagnostics.ts';
import { verifyGatewayCertificatesDiagnostics } from '../verify/rules/gateway/certificates-diagnostics.ts';
import { verifyGatewayDiagnostics } from '../verify/rules/gateway/diagnostics.ts';
import { verifyGatewayLimitsDiagnostics } from '../verify/rules/gateway/limits-diagnostics.ts';
import { verifyK3sDiagnostics } from '../verify/rules/k3s/diagnostics.ts';
import { verifyNetworksDiagnostics } from '../verify/rules/k3s/networks-diagnostics.ts';
import { verifyNginxDiagnostics } from '../verify/rules/nginx/diagnostics.ts';
import { verifyNginxEncryptionDiagnostics } from '../verify/rules/nginx/encryption/diagnostics.ts';
import { verifyNginxClientsDiagnostics } from '../verify/rules/nginx/strangers/diagnostics.ts';
import { verifyNodesDiagnostics } from '../verify/rules/nodes/diagnostics.ts';
import { verifyNodeExposureDiagnostics } from '../verify/rules/nodes/exposure-diagnostics.ts';
import { verifyKernelDiagnostics } from '../verify/rules/nodes/kernel-diagnostics.ts';
import { verifyProxyDiagnostics } from '../verify/rules/nodes/proxy-diagnostics.ts';
import { verifyNodesUserDataDiagnostics } from '../verify/rules/nodes/user-data-diagnostics.ts';
import { verifyOpenfaasDiagnostics } from '../verify/rules/openfaas/diagnostics.ts';
import { verifyPlatformDiagnostics } from '../verify/rules/platform/diagnostics.ts';
import { verifyFlowsDiagnostics } from '../verify/rules/platform/flows-diagnostics.ts';
import { verifyWorkloadsDiagnostics } from '../verify/rules/workloads/diagnostics.ts';
import { verifyWorkloadsPodsDiagnostics } from '../verify/rules/workloads/pods-diagnostics.ts';

/** All codes, by stage and section. A code is never reused for another meaning. */
export const codes = {
  ...loadDiagnostics,
  ...checkDiagnostics,
  ...checkCountsDiagnostics,
  ...checkForeignDiagnostics,
  ...adjustmentDiagnostics,
  ...resolveNodesDiagnostics,
  ...resolveExternalDiagnostics,
  ...resolveCapacityDiagnostics,
  ...resolvePlanDiagnostics,
  ...resolveProxyDiagnostics,
  ...resolveKernelDiagnostics,
  ...resolveK3sDiagnostics,
  ...resolveImageNamesDiagnostics,
  ...resolveRewritesDiagnostics,
  ...resolveSnapshotsDiagnostics,
  ...resolveOpenfaasDiagnostics,
  ...resolveFunctionsDiagnostics,
  ...resolveFunctionsEnvironmentDiagnostics,
  ...resolveFunctionsHttpDiagnostics,
  ...resolveFunctionsMetadataDiagnostics,
  ...resolveCallbacksDiagnostics,
  ...resolveTrafficDiagnostics,
  ...resolveLoadDiagnostics,
  ...resolveCostDiagnostics,
  ...resolveGatewayBalancerDiagnostics,
  ...resolveGatewayDiagnostics,
  ...resolveGatewayHeadersDiagnostics,
  ...resolveGatewayNetworksDiagnostics,
  ...resolveGatewayTlsDiagnostics,
  ...resolveSovereigntyDiagnostics,
  ...resolveDeliveryDiagnostics,
  ...resolveManifestsDiagnostics,
  ...resolveLogsDiagnostics,
  ...resolveAlertsDiagnostics,
  ...resolveBackupsDiagnostics,
  ...resolveMaintenanceDiagnostics,
  ...readDirectoryDiagnostics,
  ...verifyExposureDiagnostics,
  ...verifyReadDiagnostics,
  ...verifyPlatformDiagnostics,
  ...verifyFlowsDiagnostics,
  ...verifyWorkloadsDiagnostics,
  ...verifyWorkloadsPodsDiagnostics,
  ...verifyNodesDiagnostics,
  ...verifyKernelDiagnostics,
  ...verifyNodeExposureDiagnostics,
  ...verifyNodesUserDataDiagnostics,
  ...verifyProxyDiagnostics,
  ...verifyK3sDiagnostics,
  ...verifyNetworksDiagnostics,
  ...verifyOpenfaasDiagnostics,
  ...verifyFunctionsDiagnostics,
  ...verifyGatewayDiagnostics,
  ...verifyGatewayCertificatesDiagnostics,
  ...verifyGatewayLimitsDiagnostics,
  ...verifyNginxDiagnostics,
  ...verifyNginxClientsDiagnostics,
  ...verifyNginxEncryptionDiagnostics,
  ...writeDiagnostics,
};

export type Code = keyof typeof codes;

import { callbacksAsListed } from './functions/callbacks-as-listed.ts';
import { callsAsDeclared } from './functions/calls-as-declared.ts';
import { copiesKept } from './functions/copies-kept.ts';
import { directToItsFunction } from './functions/direct-to-its-function.ts';
import { functionsConfined } from './functions/functions-confined.ts';
import { functionsDeployed } from './functions/functions-deployed.ts';
import { functionsKept } from './functions/functions-kept.ts';
import { guardsAgree } from './functions/guards-agree.ts';
import { queueWhereUsed } from './functions/queue-where-used.ts';
import { scalersOwnReplicas } from './functions/scalers-own-replicas.ts';
import { stackAsDeployed } from './functions/stack-as-deployed.ts';
import { valuesLiteral } from './functions/values-literal.ts';
import { certificatesAsked } from './gateway/certificates-asked.ts';
import { certificatesMade } from './gateway/certificates-made.ts';
import { challengesPassedOn } from './gateway/challenges-passed-on.ts';
import { closedStayClosed } from './gateway/closed-stay-closed.ts';
import { durationsInOrder } from './gateway/durations-in-order.ts';
import { limitsInOrder } from './gateway/limits-in-order.ts';
import { memoryBounded } from './gateway/memory-bounded.ts';
import { nginxFromOnePlace } from './gateway/nginx-from-one-place.ts';
import { podsAreOutsiders } from './gateway/pods-are-outsiders.ts';
import { portsForNginx } from './gateway/ports-for-nginx.ts';
import { proxyProtocolAgrees } from './gateway/proxy-protocol-agrees.ts';
import { restartsHandOver } from './gateway/restarts-hand-over.ts';
import { stopsAfterCalls } from './gateway/stops-after-calls.ts';
import { upstreamsAreServices } from './gateway/upstreams-are-services.ts';
import { waysLeadToFunctions } from './gateway/ways-lead-to-functions.ts';
import { dnsFromItsPlace } from './k3s/dns-from-its-place.ts';
import { joinedAtFirstServer } from './k3s/joined-at-first-server.ts';
import { k3sKeysKnown } from './k3s/keys-known.ts';
import { lostNodesLeft } from './k3s/lost-nodes-left.ts';
import { manifestsOnOneNode } from './k3s/manifests-on-one-node.ts';
import { memoryReserved } from './k3s/memory-reserved.ts';
import { networksJoined } from './k3s/networks-joined.ts';
import { oneName } from './k3s/one-name.ts';
import { serversAgree } from './k3s/servers-agree.ts';
import { tokensInTheirPlace } from './k3s/tokens-in-their-place.ts';
import { answersReadable } from './nginx/calls/answers-readable.ts';
import { connectionsKept } from './nginx/calls/connections-kept.ts';
import { errorsStayErrors } from './nginx/calls/errors-stay-errors.ts';
import { triedOnce } from './nginx/calls/tried-once.ts';
import { waitsBounded } from './nginx/calls/waits-bounded.ts';
import { logsBounded } from './nginx/disk/logs-bounded.ts';
import { logsWithoutSecrets } from './nginx/disk/logs-without-secrets.ts';
import { nothingOnDisk } from './nginx/disk/nothing-on-disk.ts';
import { certificatesOwn } from './nginx/encryption/certificates-own.ts';
import { certificatesWanted } from './nginx/encryption/certificates-wanted.ts';
import { clearFromBalancerAlone } from './nginx/encryption/clear-from-balancer-alone.ts';
import { httpsRemembered } from './nginx/encryption/https-remembered.ts';
import { tlsModern } from './nginx/encryption/tls-modern.ts';
import { unencryptedLeadsHome } from './nginx/encryption/unencrypted-leads-home.ts';
import { pathTricksRefused } from './nginx/paths/path-tricks-refused.ts';
import { pathsPaired } from './nginx/paths/paths-paired.ts';
import { pathsUnchanged } from './nginx/paths/paths-unchanged.ts';
import { plainLocations } from './nginx/paths/plain-locations.ts';
import { bothAddressFamilies } from './nginx/starting/both-address-families.ts';
import { confIncluded } from './nginx/starting/conf-included.ts';
import { namesDefined } from './nginx/starting/names-defined.ts';
import { nginxStarts } from './nginx/starting/nginx-starts.ts';
import { sizesFit } from './nginx/starting/sizes-fit.ts';
import { everythingCounted } from './nginx/strangers/everything-counted.ts';
import { filesClosed } from './nginx/strangers/files-closed.ts';
import { guardsComplete } from './nginx/strangers/guards-complete.ts';
import { headersEverywhere } from './nginx/strangers/headers-everywhere.ts';
import { headersVouched } from './nginx/strangers/headers-vouched.ts';
import { internalsClosed } from './nginx/strangers/internals-closed.ts';
import { mapsHarmless } from './nginx/strangers/maps-harmless.ts';
import { strangersRefused } from './nginx/strangers/strangers-refused.ts';
import { websocketAlone } from './nginx/strangers/websocket-alone.ts';
import { wordsOfOurs } from './nginx/strangers/words-of-ours.ts';
import { alertsAsMeant } from './nodes/alerts-as-meant.ts';
import { backupsAsMeant } from './nodes/backups-as-meant.ts';
import { meaningsTold } from './nodes/meanings-told.ts';
import { nothingExposed } from './nodes/nothing-exposed.ts';
import { packagesForAll } from './nodes/packages-for-all.ts';
import { packetsConfined } from './nodes/packets-confined.ts';
import { permissionsFit } from './nodes/permissions-fit.ts';
import { portsReserved } from './nodes/ports-reserved.ts';
import { proxiedCalls } from './nodes/proxied-calls.ts';
import { releaseAsLocked } from './nodes/release-as-locked.ts';
import { restartsApart } from './nodes/restarts-apart.ts';
import { scriptsAsTemplates } from './nodes/scripts-as-templates.ts';
import { scriptsOfPlatform } from './nodes/scripts-of-platform.ts';
import { socketsAsDeclared } from './nodes/sockets-as-declared.ts';
import { userDataFits } from './nodes/user-data-fits.ts';
import { accountsMay } from './openfaas/accounts-may.ts';
import { chartSafe } from './openfaas/chart-safe.ts';
import { chartsAsLocked } from './openfaas/charts-as-locked.ts';
import { partsConfigured } from './openfaas/parts-configured.ts';
import { partsReach } from './openfaas/parts-reach.ts';
import { scalingSteady } from './openfaas/scaling-steady.ts';
import { startsAwaited } from './openfaas/starts-awaited.ts';
import { asMeant } from './platform/as-meant.ts';
import { embeddedAsBeside } from './platform/embedded-as-beside.ts';
import { fetchedAsBeside } from './platform/fetched-as-beside.ts';
import { flowsAllowed } from './platform/flows-allowed.ts';
import { flowsNamed } from './platform/flows-named.ts';
import { gitAsMeant } from './platform/git-as-meant.ts';
import { imagesFromAllowed } from './platform/images-from-allowed.ts';
import { listedAsPresent } from './platform/listed-as-present.ts';
import { lockAddsUp } from './platform/lock-adds-up.ts';
import { manifestsHeld } from './platform/manifests-held.ts';
import { noSecrets } from './platform/no-secrets.ts';
import { nothingUnused } from './platform/nothing-unused.ts';
import { objectsOfOurs } from './platform/objects-of-ours.ts';
import { ownedOnce } from './platform/owned-once.ts';
import { secretsMade } from './platform/secrets-made.ts';
import type { Rule } from './rule.ts';
import { addressesFit } from './workloads/addresses-fit.ts';
import { callsEnd } from './workloads/calls-end.ts';
import { disruptionsLimited } from './workloads/disruptions-limited.ts';
import { listsWithoutRepeats } from './workloads/lists-without-repeats.ts';
import { podsAdmitted } from './workloads/pods-admitted.ts';
import { podsFit } from './workloads/pods-fit.ts';
import { policiesNarrow } from './workloads/policies-narrow.ts';
import { referencesMade } from './workloads/references-made.ts';
import { servicesLeadToPods } from './workloads/services-lead-to-pods.ts';
import { workloadsComplete } from './workloads/workloads-complete.ts';

/** What holds for every `dist/`, whichever version of Fjord made it. */
export const rules: readonly Rule[] = [
  listedAsPresent,
  embeddedAsBeside,
  fetchedAsBeside,
  upstreamsAreServices,
  wordsOfOurs,
  namesDefined,
  nginxStarts,
  sizesFit,
  confIncluded,
  bothAddressFamilies,
  strangersRefused,
  certificatesOwn,
  certificatesWanted,
  tlsModern,
  unencryptedLeadsHome,
  clearFromBalancerAlone,
  httpsRemembered,
  plainLocations,
  pathTricksRefused,
  pathsUnchanged,
  pathsPaired,
  headersVouched,
  headersEverywhere,
  websocketAlone,
  guardsComplete,
  internalsClosed,
  filesClosed,
  mapsHarmless,
  everythingCounted,
  errorsStayErrors,
  answersReadable,
  logsBounded,
  logsWithoutSecrets,
  nothingOnDisk,
  waitsBounded,
  connectionsKept,
  triedOnce,
  objectsOfOurs,
  manifestsHeld,
  nothingUnused,
  policiesNarrow,
  waysLeadToFunctions,
  asMeant,
  gitAsMeant,
  nothingExposed,
  socketsAsDeclared,
  packetsConfined,
  restartsApart,
  portsForNginx,
  portsReserved,
  nginxFromOnePlace,
  joinedAtFirstServer,
  dnsFromItsPlace,
  networksJoined,
  serversAgree,
  memoryReserved,
  tokensInTheirPlace,
  lostNodesLeft,
  manifestsOnOneNode,
  ownedOnce,
  k3sKeysKnown,
  imagesFromAllowed,
  flowsNamed,
  flowsAllowed,
  secretsMade,
  noSecrets,
  referencesMade,
  certificatesMade,
  challengesPassedOn,
  addressesFit,
  functionsConfined,
  podsAdmitted,
  podsAreOutsiders,
  proxyProtocolAgrees,
  workloadsComplete,
  functionsKept,
  servicesLeadToPods,
  podsFit,
  disruptionsLimited,
  partsConfigured,
  partsReach,
  scalingSteady,
  startsAwaited,
  accountsMay,
  listsWithoutRepeats,
  stackAsDeployed,
  limitsInOrder,
  memoryBounded,
  chartSafe,
  chartsAsLocked,
  durationsInOrder,
  stopsAfterCalls,
  restartsHandOver,
  callsEnd,
  functionsDeployed,
  closedStayClosed,
  callbacksAsListed,
  callsAsDeclared,
  directToItsFunction,
  guardsAgree,
  queueWhereUsed,
  scalersOwnReplicas,
  copiesKept,
  valuesLiteral,
  userDataFits,
  packagesForAll,
  proxiedCalls,
  permissionsFit,
  releaseAsLocked,
  oneName,
  scriptsOfPlatform,
  backupsAsMeant,
  alertsAsMeant,
  meaningsTold,
  certificatesAsked,
  lockAddsUp,
];

/** What holds for one that this version made: it is the only one that knows its own templates. */
export const rulesOfThisVersion: readonly Rule[] = [scriptsAsTemplates];

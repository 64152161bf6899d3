import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Dist } from '../dist.ts';
import { accountsMay } from './accounts-may.ts';
import { addressesFit } from './addresses-fit.ts';
import { asMeant } from './as-meant.ts';
import { callsAsDeclared } from './calls-as-declared.ts';
import { callsEnd } from './calls-end.ts';
import { certificatesAsked } from './certificates-asked.ts';
import { certificatesMade } from './certificates-made.ts';
import { challengesPassedOn } from './challenges-passed-on.ts';
import { chartSafe } from './chart-safe.ts';
import { chartsAsLocked } from './charts-as-locked.ts';
import { closedStayClosed } from './closed-stay-closed.ts';
import { confOfAGateway } from './conf-of-a-gateway.ts';
import { copiesKept } from './copies-kept.ts';
import { directToItsFunction } from './direct-to-its-function.ts';
import { disruptionsLimited } from './disruptions-limited.ts';
import { durationsInOrder } from './durations-in-order.ts';
import { embeddedAsBeside } from './embedded-as-beside.ts';
import { functionsConfined } from './functions-confined.ts';
import { functionsDeployed } from './functions-deployed.ts';
import { functionsKept } from './functions-kept.ts';
import { guardsAgree } from './guards-agree.ts';
import { imagesFromAllowed } from './images-from-allowed.ts';
import { joinedAtFirstServer } from './joined-at-first-server.ts';
import { k3sKeysKnown } from './k3s-keys-known.ts';
import { limitsInOrder } from './limits-in-order.ts';
import { listedAsPresent } from './listed-as-present.ts';
import { listsWithoutRepeats } from './lists-without-repeats.ts';
import { lockAddsUp } from './lock-adds-up.ts';
import { manifestsOnOneNode } from './manifests-on-one-node.ts';
import { meaningsTold } from './meanings-told.ts';
import { memoryBounded } from './memory-bounded.ts';
import { nginxFromOnePlace } from './nginx-from-one-place.ts';
import { noSecrets } from './no-secrets.ts';
import { nodeFilesRight } from './node-files-right.ts';
import { nothingExposed } from './nothing-exposed.ts';
import { nothingUnused } from './nothing-unused.ts';
import { objectsOfOurs } from './objects-of-ours.ts';
import { ownedOnce } from './owned-once.ts';
import { packagesForAll } from './packages-for-all.ts';
import { packetsConfined } from './packets-confined.ts';
import { partsConfigured } from './parts-configured.ts';
import { partsReach } from './parts-reach.ts';
import { podsAdmitted } from './pods-admitted.ts';
import { podsAreOutsiders } from './pods-are-outsiders.ts';
import { policiesNarrow } from './policies-narrow.ts';
import { portsForNginx } from './ports-for-nginx.ts';
import { queueWhereUsed } from './queue-where-used.ts';
import { referencesMade } from './references-made.ts';
import { scalersOwnReplicas } from './scalers-own-replicas.ts';
import { scriptsAsTemplates } from './scripts-as-templates.ts';
import { scriptsOfPlatform } from './scripts-of-platform.ts';
import { secretsMade } from './secrets-made.ts';
import { serversAgree } from './servers-agree.ts';
import { servicesLeadToPods } from './services-lead-to-pods.ts';
import { socketsAsDeclared } from './sockets-as-declared.ts';
import { stackAsDeployed } from './stack-as-deployed.ts';
import { stepsInOrder } from './steps-in-order.ts';
import { tokensInTheirPlace } from './tokens-in-their-place.ts';
import { upstreamsAreServices } from './upstreams-are-services.ts';
import { userDataFits } from './user-data-fits.ts';
import { valuesLiteral } from './values-literal.ts';
import { waysLeadToFunctions } from './ways-lead-to-functions.ts';
import { workloadsComplete } from './workloads-complete.ts';

/** One invariant across the files of a platform. */
export type Rule = (dist: Dist) => readonly Diagnostic[];

/** Every cross-check between artifacts. */
export const rules: readonly Rule[] = [
  listedAsPresent,
  embeddedAsBeside,
  upstreamsAreServices,
  confOfAGateway,
  objectsOfOurs,
  nothingUnused,
  policiesNarrow,
  waysLeadToFunctions,
  asMeant,
  nothingExposed,
  socketsAsDeclared,
  packetsConfined,
  portsForNginx,
  nginxFromOnePlace,
  joinedAtFirstServer,
  serversAgree,
  tokensInTheirPlace,
  manifestsOnOneNode,
  ownedOnce,
  k3sKeysKnown,
  imagesFromAllowed,
  secretsMade,
  noSecrets,
  referencesMade,
  certificatesMade,
  challengesPassedOn,
  addressesFit,
  functionsConfined,
  podsAdmitted,
  podsAreOutsiders,
  workloadsComplete,
  functionsKept,
  servicesLeadToPods,
  disruptionsLimited,
  partsConfigured,
  partsReach,
  accountsMay,
  listsWithoutRepeats,
  stackAsDeployed,
  limitsInOrder,
  memoryBounded,
  chartSafe,
  chartsAsLocked,
  durationsInOrder,
  callsEnd,
  functionsDeployed,
  closedStayClosed,
  callsAsDeclared,
  directToItsFunction,
  guardsAgree,
  queueWhereUsed,
  scalersOwnReplicas,
  copiesKept,
  valuesLiteral,
  userDataFits,
  packagesForAll,
  nodeFilesRight,
  stepsInOrder,
  scriptsAsTemplates,
  scriptsOfPlatform,
  meaningsTold,
  certificatesAsked,
  lockAddsUp,
];

import {
  certificatesOwn,
  challengesServed,
  everythingAnswered,
  httpsRemembered,
  jsonWritten,
  methodsClosed,
  pathsPaired,
  redirectsHome,
  strangersRefused,
} from './rules/answers.ts';
import { everythingCounted, linesBounded } from './rules/counted.ts';
import { errorsAnswered } from './rules/errors.ts';
import { headersOverwritten, headersVouched, triedOnce } from './rules/forwarded.ts';
import { takesThePlace } from './rules/main-file.ts';
import { mapsHarmless } from './rules/maps.ts';
import type { NginxRule } from './rules/nginx-rule.ts';
import { clientsHurried, saidOutright, waitsAgree } from './rules/outright.ts';
import { pathsUnchanged, tricksRefused } from './rules/paths.ts';
import { saidOnce } from './rules/repeats.ts';
import { logsWithoutSecrets, wordsOfOurs } from './rules/vocabulary.ts';
import { websocketAlone } from './rules/websocket.ts';

/** What a gateway of ours does, as far as its conf says it; any other good conf may do otherwise. */
export const nginxHouseRules: readonly NginxRule[] = [
  everythingCounted,
  linesBounded,
  takesThePlace,
  saidOnce,
  saidOutright,
  waitsAgree,
  clientsHurried,
  headersOverwritten,
  headersVouched,
  triedOnce,
  strangersRefused,
  everythingAnswered,
  challengesServed,
  redirectsHome,
  httpsRemembered,
  methodsClosed,
  errorsAnswered,
  jsonWritten,
  pathsPaired,
  tricksRefused,
  pathsUnchanged,
  websocketAlone,
  certificatesOwn,
];

/** What no conf of ours says anywhere, not even among the nodes themselves. */
export const nginxClosedRules: readonly NginxRule[] = [wordsOfOurs, logsWithoutSecrets, mapsHarmless];

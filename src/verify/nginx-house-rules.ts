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
} from './nginx-rules/answers.ts';
import { everythingCounted, linesBounded } from './nginx-rules/counted.ts';
import { errorsAnswered } from './nginx-rules/errors.ts';
import { headersOverwritten, headersVouched, triedOnce } from './nginx-rules/forwarded.ts';
import { takesThePlace } from './nginx-rules/main-file.ts';
import { mapsHarmless } from './nginx-rules/maps.ts';
import type { NginxRule } from './nginx-rules/nginx-rule.ts';
import { clientsHurried, saidOutright, waitsAgree } from './nginx-rules/outright.ts';
import { pathsUnchanged, tricksRefused } from './nginx-rules/paths.ts';
import { saidOnce } from './nginx-rules/repeats.ts';
import { logsWithoutSecrets, wordsOfOurs } from './nginx-rules/vocabulary.ts';
import { websocketAlone } from './nginx-rules/websocket.ts';

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

import {
  certificatesOwn,
  challengesServed,
  everythingAnswered,
  httpsRemembered,
  jsonWritten,
  methodsClosed,
  pathsPaired,
  redirectsHome,
  refusalsExplained,
  strangersRefused,
} from './nginx-rules/answers.ts';
import { headersOverwritten, headersVouched, triedOnce } from './nginx-rules/forwarded.ts';
import { takesThePlace } from './nginx-rules/main-file.ts';
import { mapsHarmless } from './nginx-rules/maps.ts';
import type { NginxRule } from './nginx-rules/nginx-rule.ts';
import { clientsHurried, saidOutright, waitsAgree } from './nginx-rules/outright.ts';
import { saidOnce } from './nginx-rules/repeats.ts';
import { logsWithoutSecrets, wordsOfOurs } from './nginx-rules/vocabulary.ts';

/** What a gateway of ours does, as far as its conf says it; any other good conf may do otherwise. */
export const nginxHouseRules: readonly NginxRule[] = [
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
  refusalsExplained,
  jsonWritten,
  pathsPaired,
  certificatesOwn,
];

/** What no conf of ours says anywhere, not even among the nodes themselves. */
export const nginxClosedRules: readonly NginxRule[] = [wordsOfOurs, logsWithoutSecrets, mapsHarmless];

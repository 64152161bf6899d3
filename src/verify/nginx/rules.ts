import type { Statement } from '../../nginx/directive.ts';
import { scopesOf } from '../../nginx/scope.ts';
import {
  accessComplete,
  limitConnRange,
  plainLocations,
  realIpTrusted,
  statusPrivate,
} from './rules/access.ts';
import { definedAndUsed, definedOnce } from './rules/definitions.ts';
import { currentForms, listenPairs, oneDefaultServer } from './rules/listeners.ts';
import type { Finding, NginxRule, NginxRuleOptions } from './rules/nginx-rule.ts';
import {
  bodyInMemory,
  bufferRelations,
  connectionsKept,
  headerSets,
  hostMatched,
  noSplitting,
  timeoutsPositive,
} from './rules/proxying.ts';
import { curvesKnown, misdirectedAnswered, noStapling, protocolsAgree } from './rules/tls.ts';
import { descriptorsSuffice, leftToPackage, namesFit } from './rules/whole-file.ts';

/** What every nginx conf of ours is, and nginx itself does not ask for. */
export const nginxRules: readonly NginxRule[] = [
  definedOnce,
  definedAndUsed,
  listenPairs,
  oneDefaultServer,
  protocolsAgree,
  misdirectedAnswered,
  currentForms,
  bodyInMemory,
  bufferRelations,
  timeoutsPositive,
  connectionsKept,
  headerSets,
  hostMatched,
  noSplitting,
  plainLocations,
  limitConnRange,
  accessComplete,
  statusPrivate,
  realIpTrusted,
  noStapling,
  curvesKnown,
  descriptorsSuffice,
  namesFit,
  leftToPackage,
];

export interface NginxFinding extends Finding {
  /** The rule's name. */
  readonly rule: string;
}

/** Holds a conf that `checkNginxConf` has no problem with against our own rules. */
export function checkNginxRules(
  statements: readonly Statement[],
  options: NginxRuleOptions,
  rules: readonly NginxRule[] = nginxRules,
): NginxFinding[] {
  const scopes = scopesOf(statements, options.file);
  return rules.flatMap(({ name, check }) =>
    check(scopes, options).map((found) => ({ rule: name, ...found })),
  );
}

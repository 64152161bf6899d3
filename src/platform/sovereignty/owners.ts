import type { PlatformConfig } from '../../config/platform-config.ts';
import type { SovereigntyConfig } from '../../config/sovereignty/sovereignty.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { cdns } from '../gateway/cdns.ts';
import { providers } from '../nodes/providers.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { alertServiceOf } from './alert-services.ts';
import { allowsCountry, isForeign } from './foreign.ts';
import { publicResolvers } from './public-resolvers.ts';
import { exceptionFor, type FlowName } from './sovereignty.ts';

/**
 * Reports nodes, copies and targets of alerts in other countries, and providers, CDNs, DNS servers and services of owners
 * that are not allowed.
 */
export function diagnoseSovereignty(config: PlatformConfig): Diagnostic[] {
  const { sovereignty } = config;
  return sovereignty === undefined || sovereignty.policy === 'report'
    ? []
    : [
        ...diagnoseNodes(config, sovereignty),
        ...diagnoseCdn(config, sovereignty),
        ...diagnoseResolvers(config, sovereignty),
        ...diagnoseBackups(config, sovereignty),
        ...diagnoseAlerts(config, sovereignty),
      ];
}

const isExcepted = (sovereignty: SovereigntyConfig, name: FlowName): boolean =>
  exceptionFor(sovereignty, name) !== undefined;

/** A CDN reads what goes through it. */
function diagnoseCdn({ gateway }: PlatformConfig, sovereignty: SovereigntyConfig): Diagnostic[] {
  const name = gateway?.trustedProxies;
  if (sovereignty.foreignOwners === 'allow' || typeof name !== 'string') return [];
  if (isExcepted(sovereignty, { flow: `cdn/${name}` })) return [];
  const { title, ownerCountry: owner } = cdns[name];
  if (!isForeign(owner)) return [];
  return [report('resolve/cdn-foreign', ['gateway', 'trustedProxies'], { title, owner })];
}

/** Whoever has a copy cannot read it, but can keep it from you; and nothing says for how long ciphers hold. */
function diagnoseBackups({ backups }: PlatformConfig, sovereignty: SovereigntyConfig): Diagnostic[] {
  const { countries, foreignOwners } = sovereignty;
  return (['ssh', 's3'] as const).flatMap((kind) => {
    const target = backups?.to?.[kind];
    if (target === undefined) return [];
    const host = 'host' in target ? target.host : hostOfUrl(target.endpoint);
    if (isExcepted(sovereignty, { flow: `backups/${kind}`, host })) return [];
    const { country, provider = 'generic' } = target;
    const path = ['backups', 'to', kind];
    const name = `backups.to.${kind}`;
    const owner = providers[provider].ownerCountry;
    return [
      ...(country === undefined
        ? [report('resolve/backup-country-not-said', path, { name, countries })]
        : allowsCountry(countries, country)
          ? []
          : [
              report('resolve/backup-country-not-allowed', [...path, 'country'], {
                name,
                country,
                countries,
              }),
            ]),
      ...(foreignOwners === 'allow' || (owner !== undefined && !isForeign(owner))
        ? []
        : owner === undefined
          ? [report('resolve/backup-owner-unknown', [...path, 'provider'], { name, provider })]
          : [report('resolve/owner-foreign', [...path, 'provider'], { provider, owner })]),
    ];
  });
}

function hostOfUrl(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}

/** Messages name nodes, functions and what is wrong with them; the calls of a dead man's switch say nothing. */
function diagnoseAlerts({ alerts }: PlatformConfig, sovereignty: SovereigntyConfig): Diagnostic[] {
  if (alerts === undefined) return [];
  const { countries, foreignOwners } = sovereignty;
  const targets = sortedEntries(alerts.to)
    .map(([name, target]) => ({ path: ['alerts', 'to', name], flow: `alerts/${name}`, ...target }))
    .filter((target) => !isExcepted(sovereignty, target));
  const dead = alerts.deadMansSwitch && { flow: 'alerts/dead-mans-switch', ...alerts.deadMansSwitch };
  const hosts = [
    ...targets,
    ...(dead && !isExcepted(sovereignty, dead) ? [{ path: ['alerts', 'deadMansSwitch'], ...dead }] : []),
  ];
  return [
    ...hosts.flatMap(({ path, host }) => {
      const known = alertServiceOf(host);
      if (foreignOwners === 'allow' || known === undefined || !isForeign(known.ownerCountry)) return [];
      const { title, ownerCountry: owner } = known;
      return [report('resolve/alert-host-foreign', [...path, 'host'], { host, title, owner })];
    }),
    ...targets.flatMap(({ path, host, country }) => {
      if (country === undefined) {
        return [report('resolve/alert-country-not-said', path, { host, countries })];
      }
      return allowsCountry(countries, country)
        ? []
        : [report('resolve/alert-country-not-allowed', [...path, 'country'], { host, country, countries })];
    }),
  ];
}

/** A DNS server learns every name that functions call, and its answers decide where the calls go. */
function diagnoseResolvers({ k3s }: PlatformConfig, sovereignty: SovereigntyConfig): Diagnostic[] {
  if (sovereignty.foreignOwners === 'allow') return [];
  return [...(k3s?.resolvers ?? []).entries()].flatMap(([index, resolver]) => {
    if (isExcepted(sovereignty, { flow: `dns/${resolver}`, host: resolver })) return [];
    const known = publicResolvers.find(({ addresses }) => addresses.includes(resolver));
    if (known === undefined || !isForeign(known.ownerCountry)) return [];
    const { title, ownerCountry: owner } = known;
    return [report('resolve/resolver-foreign', ['k3s', 'resolvers', index], { resolver, title, owner })];
  });
}

function diagnoseNodes(config: PlatformConfig, sovereignty: SovereigntyConfig): Diagnostic[] {
  return sortedEntries(config.nodes).flatMap(([name, node]) => {
    if (isExcepted(sovereignty, { flow: `nodes/${name}` })) return [];
    const diagnostics: Diagnostic[] = [];
    const { countries } = sovereignty;
    if (node.country === undefined) {
      diagnostics.push(report('resolve/country-not-said', ['nodes', name], { name, countries }));
    } else if (!allowsCountry(countries, node.country)) {
      const params = { name, country: node.country, countries };
      diagnostics.push(report('resolve/country-not-allowed', ['nodes', name, 'country'], params));
    }

    const provider = node.provider ?? 'generic';
    const owner = providers[provider].ownerCountry;
    if ((sovereignty.foreignOwners ?? 'deny') === 'deny') {
      if (owner === undefined) {
        diagnostics.push(report('resolve/owner-unknown', ['nodes', name, 'provider'], { name, provider }));
      } else if (isForeign(owner)) {
        diagnostics.push(report('resolve/owner-foreign', ['nodes', name, 'provider'], { provider, owner }));
      }
    }
    return diagnostics;
  });
}

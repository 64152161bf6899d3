import type { PlatformConfig } from '../../config/platform-config.ts';
import type { SovereigntyConfig } from '../../config/sovereignty/sovereignty.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { cdns } from '../gateway/cdns.ts';
import { providers } from '../nodes/providers.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { alertServiceOf } from './alert-services.ts';
import { isForeign } from './foreign.ts';
import { publicResolvers } from './public-resolvers.ts';

/**
 * Reports nodes, copies and targets of alerts in other countries, and providers, CDNs, DNS servers and services of owners
 * that are not allowed.
 */
export function diagnoseSovereignty(config: PlatformConfig): Diagnostic[] {
  const { sovereignty } = config;
  return sovereignty === undefined
    ? []
    : [
        ...diagnoseNodes(config, sovereignty),
        ...diagnoseCdn(config, sovereignty),
        ...diagnoseResolvers(config, sovereignty),
        ...diagnoseBackups(config, sovereignty),
        ...diagnoseAlerts(config, sovereignty),
      ];
}

/** A CDN reads what goes through it. */
function diagnoseCdn(
  { gateway }: PlatformConfig,
  { foreignOwners = 'deny' }: SovereigntyConfig,
): Diagnostic[] {
  const name = gateway?.trustedProxies;
  if (foreignOwners === 'allow' || typeof name !== 'string') return [];
  const { title, ownerCountry: owner } = cdns[name];
  if (!isForeign(owner)) return [];
  return [report('resolve/cdn-foreign', ['gateway', 'trustedProxies'], { title, owner })];
}

/** Whoever has a copy cannot read it, but can keep it from you; and nothing says for how long ciphers hold. */
function diagnoseBackups(
  { backups }: PlatformConfig,
  { countries, foreignOwners = 'deny' }: SovereigntyConfig,
): Diagnostic[] {
  return (['ssh', 's3'] as const).flatMap((kind) => {
    const target = backups?.to?.[kind];
    if (target === undefined) return [];
    const { country, provider = 'generic' } = target;
    const path = ['backups', 'to', kind];
    const name = `backups.to.${kind}`;
    const owner = providers[provider].ownerCountry;
    return [
      ...(country === undefined
        ? [report('resolve/backup-country-not-said', path, { name, countries })]
        : countries.includes(country)
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

/** Messages name nodes, functions and what is wrong with them; the calls of a dead man's switch say nothing. */
function diagnoseAlerts(
  { alerts }: PlatformConfig,
  { countries, foreignOwners = 'deny' }: SovereigntyConfig,
): Diagnostic[] {
  if (alerts === undefined) return [];
  const targets = sortedEntries(alerts.to).map(([name, target]) => ({
    path: ['alerts', 'to', name],
    ...target,
  }));
  const dead = alerts.deadMansSwitch;
  const hosts = [...targets, ...(dead ? [{ path: ['alerts', 'deadMansSwitch'], ...dead }] : [])];
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
      return countries.includes(country)
        ? []
        : [report('resolve/alert-country-not-allowed', [...path, 'country'], { host, country, countries })];
    }),
  ];
}

/** A DNS server learns every name that functions call, and its answers decide where the calls go. */
function diagnoseResolvers(
  { k3s }: PlatformConfig,
  { foreignOwners = 'deny' }: SovereigntyConfig,
): Diagnostic[] {
  if (foreignOwners === 'allow') return [];
  return [...(k3s?.resolvers ?? []).entries()].flatMap(([index, resolver]) => {
    const known = publicResolvers.find(({ addresses }) => addresses.includes(resolver));
    if (known === undefined || !isForeign(known.ownerCountry)) return [];
    const { title, ownerCountry: owner } = known;
    return [report('resolve/resolver-foreign', ['k3s', 'resolvers', index], { resolver, title, owner })];
  });
}

function diagnoseNodes(config: PlatformConfig, sovereignty: SovereigntyConfig): Diagnostic[] {
  return sortedEntries(config.nodes).flatMap(([name, node]) => {
    const diagnostics: Diagnostic[] = [];
    const { countries } = sovereignty;
    if (node.country === undefined) {
      diagnostics.push(report('resolve/country-not-said', ['nodes', name], { name, countries }));
    } else if (!countries.includes(node.country)) {
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

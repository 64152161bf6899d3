import type { SovereigntyRecord } from '../../artifacts/sovereignty.ts';
import { isProvider, providers } from '../../platform/nodes/providers.ts';
import { allowsCountry, isForeign } from '../../platform/sovereignty/foreign.ts';
import { knownHostOf } from '../../platform/sovereignty/known-hosts.ts';
import { exceptionFor } from '../../platform/sovereignty/sovereignty.ts';
import type { Dist } from '../dist.ts';
import type { Flow, NamedFlow, Verdict } from './flow.ts';
import { ownHostsOf } from './own-hosts.ts';
import { callerFlows } from './sources/callers.ts';
import { hostingFlows } from './sources/hosting.ts';
import { nameFlows } from './sources/names.ts';
import { operationFlows } from './sources/operations.ts';
import { imageFlows, softwareFlows } from './sources/software.ts';

/** Every flow out of the platform, with what is known of where it leads, sorted by name. */
export function flowsOf(dist: Dist): Flow[] {
  return namedFlows(dist).map((flow) => {
    const known = { ...flow, ...factsOf(flow, dist) };
    return { ...known, ...judge(known, dist.lock.sovereignty) };
  });
}

function namedFlows(dist: Dist): NamedFlow[] {
  const isOwn = ownHostsOf(dist);
  const all = [
    ...hostingFlows(dist),
    ...softwareFlows(dist),
    ...imageFlows(dist),
    ...nameFlows(dist),
    ...operationFlows(dist),
    ...callerFlows(dist, isOwn),
  ];
  return all
    .filter(({ isHost, to }) => !isHost || !isOwn(to))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

type Facts = Pick<Flow, 'country' | 'owner' | 'ownerCountry' | 'source' | 'asOf'>;

/** The config's own word first, then what it says of the place, then what Fjord knows. */
function factsOf({ id, to, isHost }: NamedFlow, { lock }: Dist): Facts {
  const written = lock.sovereignty?.hosts[to];
  const known = isHost ? knownHostOf(to) : knownPlace(id);
  const place = lock.places?.[hostedWith(id) ? `nodes/${lock.nodes[0]?.name}` : id];
  const provider = providerOf(id, lock) ?? place?.provider;
  const owner = provider !== undefined && isProvider(provider) ? providers[provider].ownerCountry : undefined;
  return {
    country: written?.country ?? place?.country ?? known?.country,
    owner: written?.owner ?? (owner === undefined ? known?.owner : provider),
    ownerCountry: written?.ownerCountry ?? owner ?? known?.ownerCountry,
    source: written || place?.country ? 'your config' : owner ? 'nodes.provider' : known?.source,
    asOf: written || place?.country ? undefined : known?.asOf,
  };
}

/** The provider's own services are where the first node is. */
function hostedWith(id: string): boolean {
  return id === 'dns/machine' || id === 'balancer/load-balancer';
}

function providerOf(id: string, { nodes }: Dist['lock']): string | undefined {
  if (hostedWith(id)) return nodes[0]?.provider;
  return nodes.find(({ name }) => id === `nodes/${name}`)?.provider;
}

/** Those that have no host of their own. */
function knownPlace(id: string) {
  return id.startsWith('cdn/') ? knownHostOf(`${id.slice('cdn/'.length)}.com`) : undefined;
}

function judge(
  flow: NamedFlow & Facts,
  rules: SovereigntyRecord | undefined,
): Pick<Flow, 'verdict' | 'exception'> {
  if (rules === undefined || flow.id === 'functions/anywhere')
    return { verdict: 'not-asked', exception: undefined };
  const index = exceptionFor(rules, { flow: flow.id, ...(flow.isHost && { host: flow.to }) });
  return {
    verdict: verdictOn(flow, rules),
    exception: index === undefined ? undefined : rules.exceptions[index]?.reason,
  };
}

function verdictOn({ country, ownerCountry }: NamedFlow & Facts, rules: SovereigntyRecord): Verdict {
  const isOutside = country !== undefined && !allowsCountry(rules.countries, country);
  const isForeignOwner =
    rules.foreignOwners === 'deny' && ownerCountry !== undefined && isForeign(ownerCountry);
  if (isOutside) return 'outside';
  if (isForeignOwner) return 'foreign';
  if (country === undefined) return 'place-unknown';
  if (rules.foreignOwners === 'deny' && ownerCountry === undefined) return 'owner-unknown';
  return 'inside';
}

/** True if the config does not want such a flow and no exception allows it. */
export function isRefused({ verdict, carries, exception }: Flow, rules: SovereigntyRecord): boolean {
  if (rules.policy === 'report' || exception !== undefined) return false;
  if (carries === 'request' && rules.downloads === 'allow') return false;
  return verdict !== 'inside' && verdict !== 'not-asked';
}

/** True for a flow that leads out of the EEA and Switzerland, or nobody knows where. */
export function isTransfer({ country, ownerCountry, id }: Flow): boolean {
  if (id === 'functions/anywhere') return true;
  return [country, ownerCountry].some((one) => one === undefined || isForeign(one));
}

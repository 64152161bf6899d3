import type { PlaceRecord, SovereigntyRecord } from '../../artifacts/sovereignty.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { SovereigntyConfig } from '../../config/sovereignty/sovereignty.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** The rules about where data may be, with all defaults; undefined for a platform without any. */
export function resolveSovereignty({ sovereignty }: PlatformConfig): SovereigntyRecord | undefined {
  if (sovereignty === undefined) return undefined;
  return {
    countries: sovereignty.countries,
    foreignOwners: sovereignty.foreignOwners ?? 'deny',
    downloads: sovereignty.downloads ?? 'allow',
    policy: sovereignty.policy ?? 'enforce',
    exceptions: (sovereignty.exceptions ?? []).map(({ host, flow, reason }: ExceptionRecord) => ({
      ...(host !== undefined && { host }),
      ...(flow !== undefined && { flow }),
      reason,
    })),
    hosts: Object.fromEntries(
      sortedEntries(sovereignty.hosts ?? {}).map(([name, { country, ownerCountry, owner }]) => [
        name,
        {
          country,
          ...(ownerCountry !== undefined && { ownerCountry }),
          ...(owner !== undefined && { owner }),
        },
      ]),
    ),
  };
}

type ExceptionRecord = SovereigntyRecord['exceptions'][number];

/** What a flow is called, and the host that it leads to, if it has a name. */
export interface FlowName {
  readonly flow: string;
  readonly host?: string;
}

type Exceptions = Pick<SovereigntyConfig, 'exceptions'> | Pick<SovereigntyRecord, 'exceptions'>;

/** The number of the exception that allows a flow; undefined if none does. */
export function exceptionFor({ exceptions = [] }: Exceptions, { flow, host }: FlowName): number | undefined {
  const index = exceptions.findIndex((one) =>
    'flow' in one && one.flow !== undefined
      ? one.flow === flow
      : host !== undefined && 'host' in one && one.host?.toLowerCase() === host.toLowerCase(),
  );
  return index === -1 ? undefined : index;
}

/** What the config says of the places that nodes, copies and alerts are at, by the name of the flow. */
export function resolvePlaces({ nodes, backups, alerts }: PlatformConfig): Record<string, PlaceRecord> {
  const named: [string, PlaceRecord][] = [
    ...sortedEntries(nodes).map(([name, { country }]): [string, PlaceRecord] => [
      `nodes/${name}`,
      { ...(country !== undefined && { country }) },
    ]),
    ...(['s3', 'ssh'] as const).flatMap((kind): [string, PlaceRecord][] => {
      const { country, provider = 'generic' } = backups?.to?.[kind] ?? {};
      const place = { ...(country && { country }), ...(provider !== 'generic' && { provider }) };
      return [[`backups/${kind}`, place]];
    }),
    ...sortedEntries(alerts?.to ?? {}).map(([name, { country }]): [string, PlaceRecord] => [
      `alerts/${name}`,
      { ...(country !== undefined && { country }) },
    ]),
  ];
  return Object.fromEntries(named.filter(([, place]) => Object.keys(place).length > 0));
}

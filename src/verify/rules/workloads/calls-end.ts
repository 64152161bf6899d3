import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { type Params, report } from '../../../diagnostics/report.ts';
import { directivesBelow, directivesIn } from '../../../nginx/find.ts';
import { parseDuration } from '../../../units/amounts.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { type Container, placeOf, podOf, serviceSpec, titleOf, variable } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/**
 * A pod that must go is told so when nothing begins a call with it any more, and ends by force only after that; and the
 * gateway, which dies of being told, when the last call has its answer. Else each new version, and each node that is
 * emptied, cuts calls.
 */
export const callsEnd: Rule = {
  name: 'calls-end',
  harm: 'lost calls',
  loss: 'Each new version, and each node that is emptied, would cut calls.',
  check: (dist) =>
    dist.objects
      .filter(({ kind }) => kind === 'Deployment')
      .flatMap((object) => {
        const { namespace, name } = object;
        if (namespace === 'openfaas-fn') return checkSleep(object, functionSleep(dist, object));
        if (namespace !== 'openfaas') return [];
        if (name === 'gateway') return checkSleep(object, gatewaySleep(dist, object));
        return name === 'queue-worker'
          ? checkSleep(object, { least: 1, until: 'its successor takes calls' })
          : [];
      }),
};

/** Seconds, and what is over then. */
interface Sleep {
  readonly least: number;
  readonly until: Params<'verify/calls-cut'>['until'];
}

/** A second is enough for the provider, which goes by addresses; nginx goes by connections. */
function functionSleep(dist: Dist, { namespace, name }: ManifestObject): Sleep {
  const service = dist.objects.find(
    (object) => object.kind === 'Service' && object.namespace === namespace && object.name === name,
  );
  const address = service && serviceSpec(service)?.clusterIP;
  return {
    least: 1 + (address === undefined ? 0 : connectionsOf(dist, address)),
    until: 'its callers have left',
  };
}

function gatewaySleep(dist: Dist, object: ManifestObject): Sleep {
  const service = dist.objects.find(
    ({ kind, namespace, name }) => kind === 'Service' && namespace === 'openfaas' && name === 'gateway',
  );
  const connections = connectionsOf(dist, (service && serviceSpec(service)?.clusterIP) ?? '');
  const call = podOf(object)?.containers.flatMap((container) =>
    secondsOf(variable(container, 'write_timeout')),
  );
  const [bound = Number.POSITIVE_INFINITY] = secondsOf(dist.lock.gateway.stopWithin);
  return {
    least: Math.min(connections + Math.max(0, ...(call ?? [])), bound),
    until: 'the last call through it has its answer',
  };
}

/** After how many seconds nginx begins its last call on a connection to an address. */
function connectionsOf({ nginx }: Dist, address: string): number {
  const blocks = nginx
    .flatMap(({ statements }) => directivesBelow(statements, 'upstream'))
    .map(({ block = [] }) => block)
    .filter((block) => directivesIn(block, 'server').some(({ args }) => args[0]?.startsWith(`${address}:`)));
  const time = (block: (typeof blocks)[number], name: string, usual: string) =>
    secondsOf(directivesIn(block, name)[0]?.args[0] ?? usual)[0] ?? 0;
  // What nginx takes when it is not said.
  return Math.max(
    0,
    ...blocks.map((block) => time(block, 'keepalive_time', '1h') + time(block, 'keepalive_timeout', '60s')),
  );
}

function secondsOf(text: string | undefined): number[] {
  return text !== undefined && /^(\d+(ms|s|m|h))+$/.test(text) ? [parseDuration(text) / 1000] : [];
}

function checkSleep(object: ManifestObject, { least, until }: Sleep): Diagnostic[] {
  const pod = podOf(object);
  const { terminationGracePeriodSeconds: grace = 30 } = (pod ?? {}) as {
    terminationGracePeriodSeconds?: number;
  };
  // A function's grace can be the user's own, and shorter than it takes.
  const needed = object.namespace === 'openfaas-fn' ? Math.min(least, grace - 1) : least;
  const at = { artifact: placeOf(object) };
  return (pod?.containers ?? []).flatMap((container) => {
    const sleep = sleepOf(container);
    const own = { object: titleOf(object), container: container.name, sleep };
    return [
      ...(sleep >= needed ? [] : [report('verify/calls-cut', [], { ...own, needed, until }, at)]),
      ...(sleep < grace ? [] : [report('verify/killed-in-sleep', [], { ...own, grace }, at)]),
    ];
  });
}

function sleepOf({ lifecycle }: Container): number {
  return lifecycle?.preStop?.sleep?.seconds ?? 0;
}

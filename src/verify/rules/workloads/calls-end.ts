import { report } from '../../../diagnostics/report.ts';
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
        if (namespace === 'openfaas-fn') return problemsOf(object, functionSleep(dist, object));
        if (namespace !== 'openfaas') return [];
        if (name === 'gateway') return problemsOf(object, gatewaySleep(dist, object));
        return name === 'queue-worker'
          ? problemsOf(object, { least: 1, why: 'its successor takes calls' })
          : [];
      }),
};

/** Seconds, and what is over then. */
interface Sleep {
  readonly least: number;
  readonly why: string;
}

/** A second is enough for the provider, which goes by addresses; nginx goes by connections. */
function functionSleep(dist: Dist, { namespace, name }: ManifestObject): Sleep {
  const service = dist.objects.find(
    (object) => object.kind === 'Service' && object.namespace === namespace && object.name === name,
  );
  const address = service && serviceSpec(service)?.clusterIP;
  return {
    least: 1 + (address === undefined ? 0 : connectionsOf(dist, address)),
    why: 'its callers have left',
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
    why: 'the last call through it has its answer',
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

function problemsOf(object: ManifestObject, { least, why }: Sleep) {
  const pod = podOf(object);
  const grace = (pod as { terminationGracePeriodSeconds?: number } | undefined)
    ?.terminationGracePeriodSeconds;
  const problems = (pod?.containers ?? []).flatMap((container) => {
    const sleep = sleepOf(container);
    // A function's grace can be the user's own, and shorter than it takes.
    const wanted = object.namespace === 'openfaas-fn' ? Math.min(least, (grace ?? 30) - 1) : least;
    return [
      ...(sleep >= wanted ? [] : [`${container.name} stops after ${sleep} s, but ${why} after ${wanted} s`]),
      ...(sleep < (grace ?? 30) ? [] : [`${container.name} sleeps for ${sleep} s of ${grace ?? 30} s`]),
    ];
  });
  return problems.map((problem) =>
    report('verify/calls-cut', [], { object: titleOf(object), problem }, { artifact: placeOf(object) }),
  );
}

function sleepOf({ lifecycle }: Container): number {
  return lifecycle?.preStop?.sleep?.seconds ?? 0;
}

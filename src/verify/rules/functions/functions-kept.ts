import { isDeepStrictEqual } from 'node:util';
import type { FunctionAccess } from '../../../artifacts/intent.ts';
import { type Params, report } from '../../../diagnostics/report.ts';
import { parseDuration } from '../../../units/amounts.ts';
import type { ManifestObject } from '../../dist.ts';
import { type Container, type PodSpec, placeOf, podOf, variable } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/**
 * A function's server takes a call and its answer for longer than the call may take; its pod is asked by one path how
 * it is, and says how long it may take to go. It can write to /tmp, and finds its secrets.
 */
export const functionsKept: Rule = {
  name: 'functions-kept',
  harm: 'lost calls',
  loss: "A function's server would end calls that may still run, or its pod would be stopped while it answers.",
  check: ({ objects, lock }) =>
    objects
      .filter(({ kind, namespace }) => kind === 'Deployment' && namespace === 'openfaas-fn')
      .flatMap((object) => {
        const at = { artifact: placeOf(object) };
        return [
          ...timesOutOfOrder(object).map((pair) => report('verify/durations-out-of-order', [], pair, at)),
          ...wrongSettings(object, lock.intent.functions[object.name]).map((setting) =>
            report('verify/function-setting-wrong', [], { name: object.name, ...setting }, at),
          ),
        ];
      }),
};

type Setting = Omit<Params<'verify/function-setting-wrong'>, 'name'>;

function timesOutOfOrder(object: ManifestObject): Params<'verify/durations-out-of-order'>[] {
  const [container] = podOf(object)?.containers ?? [];
  const text = (name: string) => variable(container, name);
  const titled = (name: string) => `${name} of function ${object.name} (${text(name) ?? 'missing'})`;
  return ['read_timeout', 'write_timeout']
    .filter((name) => !(timeOf(text(name)) > timeOf(text('exec_timeout'))))
    .map((name) => ({ shorter: titled('exec_timeout'), longer: titled(name) }));
}

/** Milliseconds. What is missing is not a number, and so is in no order with any. */
function timeOf(text: string | undefined): number {
  return text !== undefined && /^(\d+(ms|s|m|h))+$/.test(text) ? parseDuration(text) : Number.NaN;
}

function wrongSettings(object: ManifestObject, meant: Start = {}): Setting[] {
  const pod = podOf(object);
  const [container] = pod?.containers ?? [];
  const interval = variable(container, 'healthcheck_interval');
  const { terminationGracePeriodSeconds: grace } = (pod ?? {}) as { terminationGracePeriodSeconds?: number };
  return [
    ...(timeOf(interval) > 0
      ? []
      : [{ setting: 'healthcheck_interval', found: interval, wanted: 'a duration above 0' }]),
    ...wrongProbes(container),
    ...wrongStart(pod, meant),
    ...wrongMounts(pod),
    ...wrongScale(object),
    // How long it is let be is for the user to say; that it is said is not.
    ...(grace === undefined
      ? [{ setting: 'terminationGracePeriodSeconds', found: undefined, wanted: 'set' }]
      : []),
  ];
}

/** What a function runs; nothing where its image says it. */
type Start = Pick<FunctionAccess, 'command' | 'args'>;

/** Its image says what it runs, or the config does, as the lock file has it. */
function wrongStart(pod: PodSpec | undefined, meant: Start): Setting[] {
  const containers = pod?.containers ?? [];
  return [
    ...(containers.length === 1
      ? []
      : [{ setting: 'the number of containers', found: String(containers.length), wanted: '1' }]),
    ...containers.flatMap(({ name, command, args }) =>
      Object.entries({ command, args }).flatMap(([key, words]) =>
        isDeepStrictEqual(words, meant[key as keyof Start])
          ? []
          : [{ setting: `${key} of ${name}`, found: shown(words), wanted: shown(meant[key as keyof Start]) }],
      ),
    ),
  ];
}

function shown(words: readonly string[] | undefined): string {
  return words === undefined ? "its image's own" : `"${words.join(' ')}"`;
}

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

function wrongProbes(container: Container | undefined): Setting[] {
  const paths = probes.map((key) => container?.[key]?.httpGet?.path);
  const [first] = paths;
  return probes.flatMap((key, index): Setting[] => {
    const found = paths[index];
    if (found === undefined) return [{ setting: key, found, wanted: 'a path' }];
    return first === undefined || found === first
      ? []
      : [{ setting: `the path of ${key}`, found, wanted: `${first}, as of ${probes[0]}` }];
  });
}

function wrongMounts(pod: PodSpec | undefined): Setting[] {
  const mounts = pod?.containers[0]?.volumeMounts ?? [];
  const at = (path: string) => mounts.find((mount) => mount.mountPath === path);
  const temporary = pod?.volumes?.find(({ emptyDir }) => emptyDir !== undefined);
  const secrets = pod?.volumes?.find(({ projected }) => projected !== undefined);
  const scratch = at('/tmp');
  const isScratch = scratch !== undefined && scratch.name === temporary?.name && scratch.readOnly !== true;
  const ofSecrets = at('/var/openfaas/secrets')?.name;
  return [
    ...(isScratch
      ? []
      : [{ setting: 'the mount at /tmp', found: scratch?.name, wanted: 'a volume to write to' }]),
    ...(secrets === undefined || ofSecrets === secrets.name
      ? []
      : [{ setting: 'the mount at /var/openfaas/secrets', found: ofSecrets, wanted: secrets.name }]),
  ];
}

/** The gateway scales by these labels, which are numbers in it. */
function wrongScale({ body }: ManifestObject): Setting[] {
  const { template } = body.spec as {
    template: { metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> } };
  };
  const { labels = {}, annotations = {} } = template.metadata ?? {};
  const [min, max] = [labels['com.openfaas.scale.min'], labels['com.openfaas.scale.max']];
  const scraped = annotations['prometheus.io.scrape'];
  return [
    ...(Number(min) >= 1 ? [] : [{ setting: 'com.openfaas.scale.min', found: min, wanted: '1 or more' }]),
    ...(Number(max) >= Number(min ?? 1)
      ? []
      : [{ setting: 'com.openfaas.scale.max', found: max, wanted: `${min} or more` }]),
    ...(scraped === 'false' || scraped === 'true'
      ? []
      : [{ setting: 'prometheus.io.scrape', found: scraped, wanted: '"true" or "false"' }]),
  ];
}

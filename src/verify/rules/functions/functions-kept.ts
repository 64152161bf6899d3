import { report } from '../../../diagnostics/report.ts';
import { parseDuration } from '../../../units/amounts.ts';
import type { ManifestObject } from '../../dist.ts';
import { type Container, type PodSpec, placeOf, podOf, titleOf, variable } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/**
 * A function's server takes a call and its answer for longer than the call may take; its pod is asked by one path how
 * it is, and says how long it may take to go. It can write to /tmp, and finds its secrets.
 */
export const functionsKept: Rule = {
  name: 'functions-kept',
  harm: 'lost calls',
  loss: "A function's server would end calls that may still run, or its pod would be stopped while it answers.",
  check: ({ objects }) =>
    objects
      .filter(({ kind, namespace }) => kind === 'Deployment' && namespace === 'openfaas-fn')
      .flatMap((object) => {
        const pod = podOf(object);
        const [container] = pod?.containers ?? [];
        const time = (name: string) => {
          const value = variable(container, name);
          return value !== undefined && /^(\d+(ms|s|m|h))+$/.test(value) ? parseDuration(value) : Number.NaN;
        };
        const call = time('exec_timeout');
        const { terminationGracePeriodSeconds: grace } = (pod ?? {}) as {
          terminationGracePeriodSeconds?: number;
        };
        const problems = [
          ...['read_timeout', 'write_timeout']
            .filter((name) => !(time(name) > call))
            .map((name) => `its ${name} is not longer than its exec_timeout`),
          ...(time('healthcheck_interval') > 0 ? [] : ['it says no healthcheck_interval']),
          ...probeProblems(container),
          ...startProblems(pod),
          ...mountProblems(pod),
          ...scaleProblems(object),
          // How long it is let be is for the user to say; that it is said is not.
          ...(grace === undefined ? ['it says no terminationGracePeriodSeconds'] : []),
        ];
        return problems.map((problem) =>
          report(
            'verify/workload-incomplete',
            [],
            { object: titleOf(object), problem },
            { artifact: placeOf(object) },
          ),
        );
      }),
};

/** Its image says what it runs. */
function startProblems(pod: PodSpec | undefined): string[] {
  const containers = pod?.containers ?? [];
  return [
    ...(containers.length === 1 ? [] : [`it has ${containers.length} containers, and a function has one`]),
    ...containers
      .filter(({ command, args }) => (command ?? args) !== undefined)
      .map(({ name }) => `${name} starts something else than its image does`),
  ];
}

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

function probeProblems(container: Container | undefined): string[] {
  const paths = probes.map((key) => container?.[key]?.httpGet?.path);
  return [
    ...probes.filter((_, index) => paths[index] === undefined).map((key) => `it has no ${key}`),
    ...(new Set(paths).size > 1 ? [`it is asked by several paths: ${paths.join(', ')}`] : []),
  ];
}

function mountProblems(pod: PodSpec | undefined): string[] {
  const mounts = pod?.containers[0]?.volumeMounts ?? [];
  const isAt = (path: string, name: string | undefined) =>
    mounts.find((mount) => mount.mountPath === path && mount.name === name);
  const temporary = pod?.volumes?.find(({ emptyDir }) => emptyDir !== undefined);
  const scratch = isAt('/tmp', temporary?.name);
  const secrets = pod?.volumes?.find(({ projected }) => projected !== undefined);
  return [
    ...(scratch !== undefined && scratch.readOnly !== true
      ? []
      : ['nothing that can be written to is at its /tmp']),
    ...(secrets === undefined || isAt('/var/openfaas/secrets', secrets.name)
      ? []
      : ['its secrets are not where functions look for them']),
  ];
}

/** The gateway scales by these labels, which are numbers in it. */
function scaleProblems({ body }: ManifestObject): string[] {
  const { template } = body.spec as { template: { metadata?: { labels?: Record<string, string> } } };
  const labels = template.metadata?.labels ?? {};
  const [min, max] = ['min', 'max'].map((end) => Number(labels[`com.openfaas.scale.${end}`]));
  const { 'prometheus.io.scrape': scraped } =
    (template.metadata as { annotations?: Record<string, string> }).annotations ?? {};
  return [
    ...(min !== undefined && max !== undefined && min >= 1 && min <= max
      ? []
      : [`it is scaled between ${min} and ${max} copies`]),
    ...(scraped === 'false' || scraped === 'true' ? [] : [`its prometheus.io.scrape is ${scraped}`]),
  ];
}

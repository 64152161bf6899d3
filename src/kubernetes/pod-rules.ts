import { pointerPart, type SchemaProblem } from '../diagnostics/schema-problem.ts';
import type { Container, PodSpec } from './object.ts';
import { quantityValue } from './quantity.ts';

/**
 * What the fields of a Pod ask of each other, as the API server checks them (`pkg/apis/core/validation`).
 * `at` is the pointer of the spec; `claims` are the names of a StatefulSet's volume claims, which are volumes too.
 */
export function podProblems(pod: PodSpec, at: string, claims: readonly string[]): SchemaProblem[] {
  const containers = [
    ...(pod.initContainers ?? []).map((container, index) => ({
      container,
      at: `${at}/initContainers/${index}`,
    })),
    ...pod.containers.map((container, index) => ({ container, at: `${at}/containers/${index}` })),
  ];
  const volumes = pod.volumes ?? [];
  const volumeNames = new Set([...volumes.map(({ name }) => name), ...claims]);
  return [
    ...repeats(
      containers.map((one) => ({ value: one.container.name, pointer: `${one.at}/name` })),
      'another container is called',
    ),
    ...repeats(
      volumes.map(({ name }, index) => ({ value: name, pointer: `${at}/volumes/${index}/name` })),
      'another volume is called',
    ),
    ...volumes.flatMap(({ name: _, ...sources }, index) =>
      atMostOne(sources, `${at}/volumes/${index}`, 'source of the volume'),
    ),
    ...containers.flatMap((one) => containerProblems(one.container, one.at, volumeNames)),
  ];
}

function containerProblems(container: Container, at: string, volumes: ReadonlySet<string>): SchemaProblem[] {
  const { image, env = [], ports = [], volumeMounts = [] } = container;
  return [
    ...(image === undefined ? [{ pointer: at, message: 'the key "image" is missing' }] : []),
    ...env.flatMap(({ value, valueFrom }, index) => [
      ...(value && valueFrom
        ? [{ pointer: `${at}/env/${index}`, message: '"value" and "valueFrom" exclude each other' }]
        : []),
      ...exactlyOne(valueFrom, `${at}/env/${index}/valueFrom`, 'source of the value'),
    ]),
    ...repeats(
      ports.map(({ name }, index) => ({ value: name, pointer: `${at}/ports/${index}/name` })),
      'another port is called',
    ),
    ...repeats(
      volumeMounts.map(({ mountPath }, index) => ({
        value: mountPath,
        pointer: `${at}/volumeMounts/${index}/mountPath`,
      })),
      'another mount is at',
    ),
    ...volumeMounts.flatMap(({ name }, index) =>
      volumes.has(name)
        ? []
        : [{ pointer: `${at}/volumeMounts/${index}/name`, message: `the Pod has no volume "${name}"` }],
    ),
    ...resourceProblems(container, at),
    ...probeProblems(container, at),
    ...exactlyOne(container.lifecycle?.preStop, `${at}/lifecycle/preStop`, 'handler'),
    ...exactlyOne(container.lifecycle?.postStart, `${at}/lifecycle/postStart`, 'handler'),
  ];
}

function resourceProblems({ resources = {} }: Container, at: string): SchemaProblem[] {
  const { limits = {}, requests = {} } = resources;
  const negative = [limits, requests].flatMap((list, index) =>
    Object.entries(list).flatMap(([name, value]) =>
      quantityValue(value) < 0
        ? [
            {
              pointer: `${at}/resources/${index === 0 ? 'limits' : 'requests'}/${pointerPart(name)}`,
              message: `${value} is negative`,
            },
          ]
        : [],
    ),
  );
  const above = Object.entries(requests).flatMap(([name, request]) => {
    const limit = limits[name];
    if (limit === undefined || quantityValue(request) <= quantityValue(limit)) return [];
    return [
      {
        pointer: `${at}/resources/requests/${pointerPart(name)}`,
        message: `the request ${request} is above the limit ${limit}`,
      },
    ];
  });
  return [...negative, ...above];
}

const probeHandlers = ['exec', 'grpc', 'httpGet', 'tcpSocket'];

function probeProblems(container: Container, at: string): SchemaProblem[] {
  return (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((key) => {
    const probe = container[key];
    if (!probe) return [];
    const handlers = Object.fromEntries(
      Object.entries(probe).filter(([name]) => probeHandlers.includes(name)),
    );
    const once = key === 'readinessProbe' || (probe.successThreshold ?? 1) === 1;
    return [
      ...exactlyOne(handlers, `${at}/${key}`, 'handler'),
      ...(once ? [] : [{ pointer: `${at}/${key}/successThreshold`, message: `must be 1 for a ${key}` }]),
    ];
  });
}

/** The entries whose value an earlier one has already; `another` begins the sentence that says so. */
export function repeats(
  entries: readonly { readonly value: string | undefined; readonly pointer: string }[],
  another: string,
): SchemaProblem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ value, pointer }) => {
    if (value === undefined) return [];
    if (seen.has(value)) return [{ pointer, message: `${another} "${value}" too` }];
    seen.add(value);
    return [];
  });
}

function exactlyOne(choices: object | undefined, pointer: string, what: string): SchemaProblem[] {
  if (choices && Object.keys(choices).length === 0) return [{ pointer, message: `the ${what} is missing` }];
  return atMostOne(choices, pointer, what);
}

function atMostOne(choices: object | undefined, pointer: string, what: string): SchemaProblem[] {
  const names = Object.keys(choices ?? {}).sort();
  return names.length > 1 ? [{ pointer, message: `more than one ${what}: ${names.join(', ')}` }] : [];
}

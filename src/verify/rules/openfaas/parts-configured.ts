import { createHash } from 'node:crypto';
import { report } from '../../../diagnostics/report.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { type Container, podOf, variable } from '../../kubernetes/body.ts';
import { type Pod, podsIn } from '../../kubernetes/pod.ts';
import { configData } from '../../kubernetes/told-addresses.ts';
import { checkOwnSchema, type OwnSchema } from '../../read/own-schema.ts';
import { readYaml } from '../../read/yaml.ts';
import type { Rule } from '../rule.ts';

/** What OpenFaaS' parts read at start, by the name that it has in a ConfigMap. */
const configs: Readonly<Record<string, OwnSchema>> = {
  'prometheus.yml': 'prometheus',
  'alert.rules.yml': 'alert-rules',
  'alertmanager.yml': 'alertmanager',
};

/**
 * Each of OpenFaaS' own parts is started with the variables and arguments that its program knows, finds the files that
 * these name, reads a configuration that is in order, and starts again when that changes.
 */
export const partsConfigured: Rule = {
  name: 'parts-configured',
  harm: 'reachability',
  loss: 'A part of OpenFaaS would not start, or would not notice its new configuration.',
  check: (dist) =>
    podsIn(dist)
      .filter(({ kind, namespace }) => /^(Deployment|CronJob)$/.test(kind) && namespace === 'openfaas')
      .flatMap((part) =>
        [
          ...part.spec.containers.flatMap((container) => [
            ...startProblems(container),
            ...fileProblems(dist, part, container),
          ]),
          ...configProblems(dist, part),
        ].map((problem) => report('verify/part-misconfigured', [], { part: part.owner, problem })),
      ),
};

function startProblems({ name, command, args, env, volumeMounts = [], ...container }: Container): string[] {
  const variables = env && Object.fromEntries(env.map((entry) => [entry.name, entry.value]));
  const probes = (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((key) => {
    const path = container[key]?.httpGet?.path;
    return path === undefined ? [] : [[key, path]];
  });
  const started = {
    mounts: volumeMounts.map(({ mountPath }) => mountPath).sort(),
    probes: Object.fromEntries(probes),
    readOnlyRootFilesystem: container.securityContext?.readOnlyRootFilesystem,
    ...(command && { command }),
    ...(args && { args }),
    ...(variables && { env: variables }),
  };
  return checkOwnSchema('openfaas-parts', { [name]: started }).map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  );
}

/** Files below its mounts that arguments, variables and configurations name. */
function fileProblems(dist: Dist, { spec, namespace }: Pod, container: Container): string[] {
  const { args = [], volumeMounts = [] } = container;
  const files = [
    ...args.flatMap((text) => /^--config\.file=(\S+)$/.exec(text)?.[1] ?? []),
    ...(variable(container, 'secret_mount_path') === undefined
      ? []
      : [`${variable(container, 'secret_mount_path')}/basic-auth-password`]),
    ...configsOf(dist, spec, namespace).flatMap(([, text]) =>
      [...text.matchAll(/password_file: (\S+)/g)].map(([, file = '']) => file),
    ),
  ];
  return files.flatMap((file) => {
    const [, folder = '', name = ''] = /^(.*)\/([^/]+)$/.exec(file) ?? [];
    const mount = volumeMounts.find(({ mountPath }) => mountPath === folder);
    const volume = spec.volumes?.find((one) => one.name === mount?.name);
    const held = configsOf(dist, { ...spec, volumes: volume ? [volume] : [] }, namespace).map(([key]) => key);
    return volume?.secret !== undefined || held.includes(name)
      ? []
      : [`${container.name} reads ${file}, which nothing mounts there`];
  });
}

function configProblems(dist: Dist, { owner, spec, namespace }: Pod): string[] {
  const own = configsOf(dist, spec, namespace);
  if (own.length === 0) return [];
  const names = own.map(([name]) => name);
  const digest = createHash('sha256').update(JSON.stringify(own)).digest('hex');
  return [
    ...own.flatMap(([name, text]) => contentProblems(name, text, names)),
    ...(checksumOf(dist, owner) === digest
      ? []
      : ['its checksum/config is not that of its ConfigMap, so a change of this would not roll its pods']),
  ];
}

function contentProblems(name: string, text: string, files: readonly string[]): string[] {
  const schema = configs[name];
  if (schema === undefined) return [`it knows no file ${name}`];
  const { documents, problems } = readYaml(text);
  const found = [...problems, ...(problems.length > 0 ? [] : checkOwnSchema(schema, documents[0]))];
  if (found.length > 0) return found.map(({ pointer, message }) => `${name} ${pointer}: ${message}`);
  const {
    rule_files = [],
    route,
    receivers = [],
  } = documents[0] as {
    rule_files?: readonly string[];
    route?: { receiver: string };
    receivers?: readonly { name: string }[];
  };
  return [
    ...rule_files
      .filter((file) => !files.includes(file))
      .map((file) => `${name} names ${file}, which is not beside it`),
    ...(route === undefined || receivers.some((one) => one.name === route.receiver)
      ? []
      : [`${name} sends to ${route.receiver}, which is none of its receivers`]),
  ];
}

/** The texts of the ConfigMaps that a pod mounts, sorted by name. */
function configsOf({ objects }: Dist, { volumes = [] }: Pod['spec'], namespace: string): [string, string][] {
  const names = volumes.flatMap(({ configMap }) => configMap?.name ?? []);
  return objects
    .filter((object) => object.kind === 'ConfigMap' && object.namespace === namespace)
    .filter(({ name }) => names.includes(name))
    .flatMap((object) => Object.entries(configData(object)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function checksumOf({ objects }: Dist, owner: string): unknown {
  const deployment = objects.find((object) => isDeployment(object, owner));
  const { template } = (deployment?.body.spec ?? {}) as {
    template?: { metadata?: { annotations?: Readonly<Record<string, string>> } };
  };
  return template?.metadata?.annotations?.['checksum/config'];
}

function isDeployment(object: ManifestObject, name: string): boolean {
  return object.name === name && object.namespace === 'openfaas' && podOf(object) !== undefined;
}

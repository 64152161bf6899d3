import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
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
      .flatMap((part) => [
        ...[...(part.spec.initContainers ?? []), ...part.spec.containers].flatMap((container) => [
          ...checkStart(part, container),
          ...checkFiles(dist, part, container),
        ]),
        ...checkConfigs(dist, part),
      ]),
};

function checkStart(
  { owner }: Pod,
  { name, command, args, env, volumeMounts = [], ...container }: Container,
): Diagnostic[] {
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
  return checkOwnSchema('openfaas-parts', { [name]: started }).map(({ pointer, message }) =>
    report('verify/part-misconfigured', [], { part: owner, pointer, message }),
  );
}

/** Files below its mounts that arguments, variables and configurations name. */
function checkFiles(dist: Dist, { owner, spec, namespace }: Pod, container: Container): Diagnostic[] {
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
      : [report('verify/part-file-missing', [], { part: owner, container: container.name, file })];
  });
}

function checkConfigs(dist: Dist, { owner, spec, namespace }: Pod): Diagnostic[] {
  const own = configsOf(dist, spec, namespace);
  if (own.length === 0) return [];
  const names = own.map(([name]) => name);
  const checksum = checksumOf(dist, owner);
  const wanted = createHash('sha256').update(JSON.stringify(own)).digest('hex');
  return [
    ...own.flatMap(([file, text]) => checkContent(owner, file, text, names)),
    ...(checksum === wanted
      ? []
      : [report('verify/part-config-rolls-nothing', [], { part: owner, checksum, wanted })]),
  ];
}

function checkContent(part: string, file: string, text: string, files: readonly string[]): Diagnostic[] {
  const schema = configs[file];
  if (schema === undefined) return [report('verify/part-config-unknown', [], { part, file })];
  const { documents, problems } = readYaml(text);
  const found = [...problems, ...(problems.length > 0 ? [] : checkOwnSchema(schema, documents[0]))];
  if (found.length > 0) {
    return found.map(({ pointer, message }) =>
      report('verify/part-config-invalid', [], { part, file, pointer, message }),
    );
  }
  const {
    rule_files = [],
    route,
    receivers = [],
  } = documents[0] as {
    rule_files?: readonly string[];
    route?: { receiver: string };
    receivers?: readonly { name: string }[];
  };
  const namesNothing = (kind: 'rule file' | 'receiver', name: string) =>
    report('verify/part-config-names-nothing', [], { part, file, kind, name });
  return [
    ...rule_files.filter((name) => !files.includes(name)).map((name) => namesNothing('rule file', name)),
    ...(route === undefined || receivers.some(({ name }) => name === route.receiver)
      ? []
      : [namesNothing('receiver', route.receiver)]),
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

function checksumOf({ objects }: Dist, owner: string): string | undefined {
  const deployment = objects.find((object) => isDeployment(object, owner));
  const { template } = (deployment?.body.spec ?? {}) as {
    template?: { metadata?: { annotations?: Readonly<Record<string, string>> } };
  };
  return template?.metadata?.annotations?.['checksum/config'];
}

function isDeployment(object: ManifestObject, name: string): boolean {
  return object.name === name && object.namespace === 'openfaas' && podOf(object) !== undefined;
}

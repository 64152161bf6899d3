import { isDeepStrictEqual } from 'node:util';
import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { podOf } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/** What stack.yaml and the manifests both say of a function, by the names that stack.yaml has. */
interface Said {
  readonly image?: unknown;
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly limits?: Readonly<Record<string, unknown>>;
  readonly requests?: Readonly<Record<string, unknown>>;
  readonly readonly_root_filesystem?: unknown;
  readonly secrets?: readonly unknown[];
}

/** faas-cli builds, pushes and calls what runs: stack.yaml says of each function what its manifest says. */
export const stackAsDeployed: Rule = {
  name: 'stack-as-deployed',
  harm: 'ownership',
  loss: 'The next faas-cli deploy would change functions into something else than what runs.',
  check: ({ stack, objects, nginx }) => {
    const names = nginx
      .flatMap(({ statements }) => directivesBelow(statements, 'server_name'))
      .flatMap(({ args }) => args);
    const { gateway } = stack.provider;
    const differs = (name: string, what: string, listed: unknown, deployed: unknown) =>
      report(
        'verify/stack-differs',
        [],
        { name, what, listed: shown(listed), deployed: shown(deployed) },
        { artifact: { path: 'stack.yaml' } },
      );
    return [
      ...(names.some((name) => gateway === `https://${name}`)
        ? []
        : [
            differs(
              'the gateway',
              'the address',
              gateway,
              names.filter((name) => name !== '_'),
            ),
          ]),
      ...Object.entries(stack.functions).flatMap(([name, listed]) => {
        const deployed = deployedAs(objects, name);
        if (deployed === undefined) return [];
        return keys
          .filter((key) => !isDeepStrictEqual(inOrder(listed[key]), inOrder(deployed[key])))
          .map((key) => differs(name, key, listed[key], deployed[key]));
      }),
    ];
  },
};

const keys = ['image', 'environment', 'limits', 'requests', 'readonly_root_filesystem', 'secrets'] as const;

function inOrder(value: unknown): unknown {
  if (value === undefined) return {};
  return Array.isArray(value) ? Object.fromEntries(value.map((entry) => [entry, true])) : value;
}

function shown(value: unknown): string {
  return value === undefined ? 'not said' : JSON.stringify(value);
}

function deployedAs(objects: Dist['objects'], name: string): Said | undefined {
  const own = objects.find(
    (object) =>
      object.name === name &&
      object.namespace === 'openfaas-fn' &&
      /^(Deployment|Function)$/.test(object.kind),
  );
  if (own === undefined) return undefined;
  return own.kind === 'Function' ? ofResource(own) : ofDeployment(own);
}

function ofResource({ body }: ManifestObject): Said {
  const { readOnlyRootFilesystem, ...spec } = body.spec as Said & { readOnlyRootFilesystem?: boolean };
  return { ...spec, readonly_root_filesystem: readOnlyRootFilesystem };
}

function ofDeployment(object: ManifestObject): Said {
  const pod = podOf(object);
  const { image, env = [], resources, securityContext } = (pod?.containers[0] ?? {}) as FunctionContainer;
  const secrets = (pod?.volumes ?? []).flatMap(({ projected }) =>
    (projected?.sources ?? []).flatMap(({ secret }) => secret?.name ?? []),
  );
  return {
    image,
    environment: Object.fromEntries(env.map(({ name, value }) => [name, withoutEscapes(value ?? '')])),
    limits: withoutDisk(resources?.limits),
    requests: withoutDisk(resources?.requests),
    readonly_root_filesystem: securityContext?.readOnlyRootFilesystem,
    ...(secrets.length > 0 && { secrets }),
  };
}

interface FunctionContainer {
  readonly image?: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources?: { readonly limits?: Amounts; readonly requests?: Amounts };
  readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean };
}

type Amounts = Readonly<Record<string, unknown>>;

/** faas-cli knows nothing of disks. */
function withoutDisk({ 'ephemeral-storage': _, ...amounts }: Amounts = {}): Amounts {
  return amounts;
}

/** Kubernetes takes one of two $ away. */
function withoutEscapes(value: string): string {
  return value.replaceAll('$$', () => '$');
}

import type { ArtifactLocation, ConfigPath } from '../../../diagnostics/diagnostic.ts';
import type { Dist } from '../../dist.ts';
import type { NamedFlow } from '../flow.ts';
import { hostsInVariable } from '../hosts-in-text.ts';
import { ofObject, placeIn, sourcesOf } from '../mentions.ts';
import type { IsOwnHost } from '../own-hosts.ts';
import { functionNamespace } from './software.ts';

/** What functions, other pods and parts of OpenFaaS call. */
export function callerFlows(dist: Dist, isOwn: IsOwnHost): NamedFlow[] {
  return [...functions(dist, isOwn), ...ownManifests(dist, isOwn), ...anywhere(dist), ...startCheck(dist)];
}

interface Named {
  readonly host: string;
  readonly path: ConfigPath;
  readonly where: string;
  readonly from: string;
  readonly artifact: ArtifactLocation;
}

function functions(dist: Dist, isOwn: IsOwnHost): NamedFlow[] {
  const named = dist.lock.functions.flatMap(({ name }): Named[] => {
    const at = ['functions', name];
    const { environment = {} } = dist.stack.functions[name] ?? {};
    const { command = [], args = [], callbacks = [] } = dist.lock.intent.functions[name] ?? {};
    const file = (host: string) => ({ from: name, artifact: placeIn(dist, 'stack.yaml', host) });
    const lines = [...command.map((word) => ['command', word]), ...args.map((word) => ['args', word])];
    return [
      ...Object.entries(environment).flatMap(([key, value]) =>
        hostsInVariable(key, value).map((host) => ({
          host,
          path: [...at, 'env', key],
          where: `env.${key}`,
          ...file(host),
        })),
      ),
      ...lines.flatMap(([key = '', word = '']) =>
        hostsInVariable('', word).map((host) => ({ host, path: [...at, key], where: key, ...file(host) })),
      ),
      ...callbacks.flatMap((url) =>
        hostsInVariable('', url).map((host) => ({
          host,
          path: [...at, 'callbacks'],
          where: 'callbacks',
          from: 'queue-worker',
          artifact: { path: 'nginx/openfaas.conf' },
        })),
      ),
    ];
  });
  const outside = named.filter(({ host }) => !isOwn(host));
  const ids = new Map(outside.map((one) => [`functions/${String(one.path[1])}/${one.host}`, one]));
  return [...ids].map(([id, { host, path, where, from, artifact }]) => ({
    id,
    to: host,
    isHost: true,
    from: from === 'queue-worker' ? 'the queue worker' : `pods of ${from}`,
    data: from === 'queue-worker' ? 'the answers of the function' : 'whatever the function sends',
    carries: 'personal',
    when: 'when the function is called',
    why: `${where} of function '${String(path[1])}' names it`,
    avoid: 'use a service inside, or say where this one is in sovereignty.hosts',
    enforced: false,
    path,
    artifact,
  }));
}

/** Objects of the user's own can name hosts anywhere in them. */
function ownManifests(dist: Dist, isOwn: IsOwnHost): NamedFlow[] {
  const images = dist.ownObjects.flatMap((object) => imagesOf(object.body));
  const registries = new Set(images.flatMap((image) => sourcesOf(image, dist)));
  const mentions = dist.ownObjects
    .flatMap((object) => ofObject(object, dist).map((mention) => ({ ...mention, object })))
    .filter(({ host }) => !isOwn(host) && !registries.has(host));
  const hosts = new Map(mentions.toReversed().map((one) => [one.host, one]));
  return [...hosts.values()].map(({ host, object, artifact }) => ({
    id: `manifests/${host}`,
    to: host,
    isHost: true,
    from: `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`,
    data: 'whatever the pods send',
    carries: 'personal',
    when: 'not known',
    why: 'a manifest of yours names it',
    avoid: 'use a service inside, or say where this one is in sovereignty.hosts',
    enforced: false,
    path: ['delivery', 'manifests'],
    artifact,
  }));
}

function imagesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'image' && typeof inner === 'string' ? [inner] : imagesOf(inner),
  );
}

/** Functions may call all that is public, whether it is named or not. */
function anywhere(dist: Dist): NamedFlow[] {
  const namespace = functionNamespace(dist);
  const policy = dist.objects.find(
    ({ kind, namespace: own, body }) =>
      kind === 'NetworkPolicy' && own === namespace && JSON.stringify(body).includes('"cidr":"0.0.0.0/0"'),
  );
  if (policy === undefined) return [];
  return [
    {
      id: 'functions/anywhere',
      to: 'any public address',
      isHost: false,
      from: 'pods of functions',
      data: 'whatever their code sends; addresses in Secrets are not visible to Fjord',
      carries: 'personal',
      when: 'when their code does so',
      why: 'the NetworkPolicy lets functions call the internet',
      avoid: 'a NetworkPolicy of yours in delivery.manifests cannot take it away: read the code',
      enforced: false,
      path: ['functions'],
      artifact: { path: policy.path, ...(policy.line && { line: policy.line }) },
    },
  ];
}

/** The community edition's provider ends at its start without an answer: faas-netes, pkg/config/connectivity.go. */
function startCheck({ lock }: Dist): NamedFlow[] {
  if (lock.openfaas.edition !== 'community') return [];
  return [
    {
      id: 'start-check/checkip.amazonaws.com',
      to: 'checkip.amazonaws.com',
      isHost: true,
      from: 'the gateway pod',
      data: 'the public address of the node',
      carries: 'request',
      when: 'at each start of the gateway',
      why: 'the community edition does not start without an answer',
      avoid: "write openfaas.edition: 'pro'",
      enforced: false,
      path: ['openfaas', 'startCheck'],
    },
  ];
}

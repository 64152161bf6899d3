import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { PlatformConfig } from '../../../../src/config/platform-config.ts';
import type { Dist, DistNode } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { dnsFromItsPlace } from '../../../../src/verify/rules/k3s/dns-from-its-place.ts';
import { joinedAtFirstServer } from '../../../../src/verify/rules/k3s/joined-at-first-server.ts';
import { k3sKeysKnown } from '../../../../src/verify/rules/k3s/keys-known.ts';
import { manifestsOnOneNode } from '../../../../src/verify/rules/k3s/manifests-on-one-node.ts';
import { serversAgree } from '../../../../src/verify/rules/k3s/servers-agree.ts';
import { tokensInTheirPlace } from '../../../../src/verify/rules/k3s/tokens-in-their-place.ts';
import { embeddedAsBeside } from '../../../../src/verify/rules/platform/embedded-as-beside.ts';
import { imagesFromAllowed } from '../../../../src/verify/rules/platform/images-from-allowed.ts';
import { ownedOnce } from '../../../../src/verify/rules/platform/owned-once.ts';
import type { Rule } from '../../../../src/verify/rules/rule.ts';
import { fiveServersAndAgents } from '../../../cases/five-servers-and-agents.ts';
import { gitops } from '../../../cases/gitops.ts';

function distOf(config: PlatformConfig): { dist: Dist; texts: Map<string, string> } {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const texts = new Map(artifacts.map(({ path, text }) => [path, text]));
  const [dist, diagnostics] = readDist(texts);
  if (dist === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { dist, texts };
}

const { dist: five, texts: fiveTexts } = distOf(fiveServersAndAgents);
const { dist: git } = distOf(gitops);

/** The same with one node changed. */
function withNode(dist: Dist, name: string, change: (node: DistNode) => Partial<DistNode>): Dist {
  return {
    ...dist,
    nodes: dist.nodes.map((node) => (node.name === name ? { ...node, ...change(node) } : node)),
  };
}

/** The same with another value of one key of a node's K3s configuration, or without it. */
function withKey(dist: Dist, name: string, key: string, value: unknown): Dist {
  return withNode(dist, name, ({ k3sConfig }) => ({
    k3sConfig: Object.fromEntries(
      Object.entries({ ...k3sConfig, [key]: value }).filter(([, each]) => each !== undefined),
    ),
  }));
}

function withFile(dist: Dist, name: string, path: string, text: string): Dist {
  return withNode(dist, name, ({ files }) => ({
    files: new Map([...files, [path, { text, permissions: '0600' }]]),
  }));
}

function withoutFile(dist: Dist, name: string, path: string): Dist {
  return withNode(dist, name, ({ files }) => ({
    files: new Map([...files].filter(([each]) => each !== path)),
  }));
}

const manifests = '/var/lib/rancher/k3s/server/manifests/fjord.yaml';
const serverToken = '/etc/rancher/k3s/server-token';

describe('rules of clusters', () => {
  const rules = [
    embeddedAsBeside,
    imagesFromAllowed,
    joinedAtFirstServer,
    dnsFromItsPlace,
    k3sKeysKnown,
    manifestsOnOneNode,
    ownedOnce,
    serversAgree,
    tokensInTheirPlace,
  ];
  it.each([
    ['five servers', five],
    ['delivery by Git', git],
  ])('accept %s', (_, dist) => expect(rules.flatMap((rule) => rule.check(dist))).toEqual([]));

  const faults: [string, Rule, Dist, string[]][] = [
    [
      'a node that joins elsewhere',
      joinedAtFirstServer,
      withKey(five, 'work-1', 'server', 'https://10.20.0.2:6443'),
      ['verify/joins-elsewhere'],
    ],
    [
      'a first server without an address',
      joinedAtFirstServer,
      withKey(five, 'rule-1', 'node-ip', undefined),
      [...Array(6).fill('verify/joins-elsewhere'), ...Array(5).fill('verify/certificate-lacks')],
    ],
    [
      'two first servers',
      joinedAtFirstServer,
      withKey(five, 'rule-2', 'server', undefined),
      ['verify/not-one-first'],
    ],
    [
      'no first server',
      joinedAtFirstServer,
      withKey(five, 'rule-1', 'server', 'https://10.20.0.2:6443'),
      ['verify/not-one-first'],
    ],
    [
      'a certificate for other addresses',
      joinedAtFirstServer,
      withKey(five, 'rule-3', 'tls-san', ['10.20.0.3']),
      ['verify/certificate-lacks'],
    ],
    [
      'a node whose K3s looks for DNS servers itself',
      dnsFromItsPlace,
      withKey(five, 'work-2', 'resolv-conf', undefined),
      ['verify/dns-not-said'],
    ],
    [
      'a node that takes DNS servers from elsewhere',
      dnsFromItsPlace,
      withKey(five, 'rule-2', 'resolv-conf', '/tmp/resolv.conf'),
      ['verify/dns-not-said'],
    ],
    [
      'servers that differ',
      serversAgree,
      withKey(five, 'rule-4', 'cluster-cidr', '10.44.0.0/16'),
      ['verify/servers-differ'],
    ],
    [
      'a server without a token for agents',
      serversAgree,
      withKey(five, 'rule-5', 'agent-token-file', undefined),
      ['verify/servers-differ'],
    ],
    [
      'parts that one server keeps on',
      serversAgree,
      withKey(five, 'rule-5', 'disable', ['traefik']),
      ['verify/servers-differ'],
    ],
    [
      'an agent with a place for the server token',
      tokensInTheirPlace,
      withNode(five, 'work-1', () => ({ tokens: ['agent', 'server'] })),
      ['verify/server-token-on-agent'],
    ],
    [
      'an agent whose files name the server token',
      tokensInTheirPlace,
      withFile(five, 'work-1', '/etc/rancher/k3s/agent-token', '@FJORD_SERVER_TOKEN@'),
      ['verify/server-token-on-agent'],
    ],
    [
      'a token that has no place',
      tokensInTheirPlace,
      withoutFile(five, 'rule-2', serverToken),
      ['verify/token-without-place'],
    ],
    [
      'manifests on two servers',
      manifestsOnOneNode,
      withFile(five, 'rule-2', manifests, ''),
      ['verify/manifests-misplaced'],
    ],
    [
      'manifests on no server',
      manifestsOnOneNode,
      withoutFile(five, 'rule-1', manifests),
      ['verify/manifests-misplaced'],
    ],
    [
      'manifests that are not as beside',
      embeddedAsBeside,
      withFile(git, 'node-1', manifests, ''),
      ['verify/embedded-differs'],
    ],
    [
      'a source that is not as beside',
      embeddedAsBeside,
      withFile(git, 'node-1', '/var/lib/rancher/k3s/server/manifests/fjord-source.yaml', ''),
      ['verify/embedded-differs'],
    ],
    [
      'an object of two owners',
      ownedOnce,
      withNode(git, 'node-1', ({ objects }) => ({
        objects: [
          ...objects,
          ...git.objects.filter(({ kind, name }) => kind === 'Service' && name === 'gateway'),
        ],
      })),
      ['verify/owned-twice'],
    ],
    [
      'images from a place that the lock file does not allow',
      imagesFromAllowed,
      { ...five, lock: { ...five.lock, allowedRegistries: ['10.20.2.1:5000', 'docker.io'] } },
      // Each node, its mirror of docker.io and of all others: images of functions, of OpenFaaS and of K3s.
      Array(7 * 7).fill('verify/registry-not-allowed'),
    ],
    [
      'a node without the mirrors',
      imagesFromAllowed,
      withoutFile(five, 'work-2', '/etc/rancher/k3s/registries.yaml'),
      Array(6).fill('verify/registry-not-allowed'),
    ],
    [
      'a node that asks the registries themselves',
      imagesFromAllowed,
      withKey(five, 'work-1', 'disable-default-registry-endpoint', undefined),
      Array(6).fill('verify/registry-not-allowed'),
    ],
    [
      'a key from the future',
      k3sKeysKnown,
      withKey(five, 'rule-1', 'write-kubeconfig-name', 'x'),
      ['verify/k3s-key-too-new'],
    ],
    [
      'a wildcard from the future',
      k3sKeysKnown,
      {
        ...withKey(five, 'rule-1', 'tls-san', ['*.example.no']),
        lock: { ...five.lock, k3s: { ...five.lock.k3s, version: 'v1.35.9+k3s1' } },
      },
      ['verify/k3s-key-too-new'],
    ],
  ];
  it.each(faults)('catch %s', (_, rule, dist, expected) => {
    expect(rule.check(dist).map(({ code }) => code)).toEqual(expected);
  });

  it('let delivery by Git and by user-data overlap only in nothing', () => {
    expect(ownedOnce.check(withNode(five, 'rule-1', () => ({ objects: five.objects })))).toEqual([]);
  });

  it('see a token that someone wrote into dist', () => {
    const path = 'cloud-init/work-1.yaml';
    const texts = new Map(fiveTexts);
    texts.set(path, texts.get(path)?.replace('@FJORD_AGENT_TOKEN@', 'a-real-token-of-ours') ?? '');
    expect(readDist(texts)[1].map(({ code, message }) => [code, message])).toEqual([
      ['verify/schema', 'must be a placeholder, and not a token'],
    ]);
  });

  it.each([
    ['a key that K3s does not know', /^node-name/m, 'nodename: x\nnode-name'],
    ['a token in the open', /^node-name/m, 'token: a-real-token-of-ours\nnode-name'],
  ])('see %s', (_, from, to) => {
    const texts = new Map(fiveTexts);
    const script = texts.get('nodes/work-1/apply.sh')?.replace(from, to) ?? '';
    const content = gzipSync(script).toString('base64');
    const path = 'cloud-init/work-1.yaml';
    texts.set(path, texts.get(path)?.replace(/content: .*/, `content: "${content}"`) ?? '');
    const [, diagnostics] = readDist(texts);
    expect(diagnostics.map(({ code, message }) => [code, message.includes('unknown key')])).toEqual([
      ['verify/schema', true],
    ]);
  });
});
